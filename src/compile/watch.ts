/** Looks at a step that runs op by op, on a backend whose tensors can be read at once. Changes no number of it. */
import type { Layer, Network } from '../network/network.ts';
import {
  type ActivationLook,
  distanceOf,
  histogramOf,
  isLookedAt,
  isRelu,
  lengthOf,
  lookAt,
  type Observation,
  strideOf,
  trainedOf,
  type WeightLook,
} from './observation.ts';
import { type Tensor, tf, type Variable } from './tf.ts';

const now = () => performance.now();
const read = (tensor: Tensor) => tensor.dataSync() as Float32Array;

export class Watch {
  readonly #activations: Record<string, ActivationLook> = {};
  readonly #layerMs: Record<string, number> = {};
  readonly #before = new Map<string, Float32Array>();
  readonly #gradients = new Map<string, number>();
  #backward: { path: string; since: number } | undefined;

  /** What a layer has made, and in which time; what it gives is to be used in place of it. */
  made(layer: Layer, y: Tensor, forwardMs: number): Tensor {
    this.#layerMs[layer.path] = forwardMs;
    if (isLookedAt(layer))
      this.#activations[layer.path] = lookAt(read(y), y.shape.at(-1) as number, isRelu(layer));
    // Its gradient is asked for when that of the layer begins.
    return tf.customGrad((x) => ({
      value: (x as Tensor).clone(),
      gradFunc: (dy) => {
        this.#backwardOf(layer.path);
        return dy.clone();
      },
    }))(y);
  }

  #backwardOf(path: string | undefined): void {
    const at = now();
    const last = this.#backward;
    if (last) this.#layerMs[last.path] = (this.#layerMs[last.path] ?? 0) + at - last.since;
    this.#backward = path === undefined ? undefined : { path, since: at };
  }

  /** When all gradients are there, and the weights as they were. */
  gradients(trained: ReadonlyMap<string, Variable>, gradients: Readonly<Record<string, Tensor>>): void {
    this.#backwardOf(undefined);
    for (const [path, variable] of trained) {
      const gradient = gradients[variable.name];
      this.#gradients.set(path, gradient ? lengthOf(read(gradient)) : 0);
      this.#before.set(path, Float32Array.from(read(variable)));
    }
  }

  /** When the weights are brought forward. */
  observation(network: Network, trained: ReadonlyMap<string, Variable>): Observation {
    const weights: Record<string, WeightLook> = {};
    for (const { path, shape } of trainedOf(network)) {
      const [before, variable] = [this.#before.get(path), trained.get(path)];
      if (!before || !variable) continue;
      weights[path] = {
        ...{ norm: lengthOf(before), gradient: this.#gradients.get(path) ?? 0 },
        update: distanceOf(read(variable), before),
        histogram: histogramOf(before, strideOf(before.length, shape.at(-1) as number)),
      };
    }
    return { activations: this.#activations, weights, layerMs: this.#layerMs };
  }
}
