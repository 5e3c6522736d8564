/** A network with its weights on a tf.js backend: steps of training, and answers. */
import type { Batch } from '../data/pipeline.ts';
import { type Network, weightsOf } from '../network/network.ts';
import type { HostTensor, Weights } from '../weights/tensors.ts';
import { forward } from './forward.ts';
import type { Observation } from './observation.ts';
import { Optimizer } from './optimizer.ts';
import type { SessionOptions, SessionState, StepOptions } from './session.ts';
import type { TensorOps } from './tensor-ops.ts';
import { type Tensor, tf, type Variable } from './tf.ts';
import { Watch } from './watch.ts';

export interface StepResult {
  /** Mean softmax cross entropy of the batch, before the step. */
  readonly loss: number;
  /** How many of the batch's pictures were right. */
  readonly correct: number;
  /** What bringing the weights forward took of the step, where that can be told. */
  readonly updateMs?: number;
  /** Where it was asked for and the engine can tell. */
  readonly observed?: Observation;
}

type Gradients = Readonly<Record<string, Tensor>>;

/** And disposes of it. Engines on a GPU cannot be read without waiting for them. */
async function readNumber(tensor: Tensor): Promise<number> {
  try {
    return (await tensor.data())[0] as number;
  } finally {
    tensor.dispose();
  }
}

/** Whether an op is done when its call returns; one that is only handed over takes its time later. */
const computesAtOnce = () => ['wasm', 'cpu'].includes(tf.getBackend());

/** WebGPU's tensors can only be waited for, which is not possible within a step. */
const readsAtOnce = () => tf.getBackend() !== 'webgpu';

export class Trainable {
  readonly network: Network;
  readonly #ops: TensorOps;
  readonly #seed: number;
  readonly #all = new Map<string, Variable>();
  readonly #trained = new Map<string, Variable>();
  readonly #optimizer: Optimizer;

  constructor(network: Network, weights: Weights, ops: TensorOps, options: SessionOptions) {
    this.network = network;
    this.#ops = ops;
    this.#seed = options.seed;
    this.#optimizer = new Optimizer(options, options.from);
    for (const { path, trainable, shape } of weightsOf(network)) {
      const tensor = weights.get(path);
      if (!tensor || tensor.shape.join() !== shape.join())
        throw new Error(
          `Stemma's own mistake: weight ${path} should be [${shape.join()}], received [${tensor?.shape.join()}]`,
        );
      const variable = tf.tidy(() => tf.variable(tf.tensor(tensor.data, [...shape]), trainable));
      this.#all.set(path, variable);
      if (trainable) this.#trained.set(path, variable);
    }
  }

  /** One step of training; `step` counts from 0. */
  async step(
    batch: Batch,
    step: number,
    rate: number,
    { observe = false }: StepOptions = {},
  ): Promise<StepResult> {
    const watch = observe && readsAtOnce() ? new Watch() : undefined;
    const { loss, correct, gradients } = this.#backward(batch, step, watch);
    watch?.gradients(this.#trained, gradients);
    const began = performance.now();
    this.#optimizer.apply(this.#trained, gradients, rate);
    const updateMs = performance.now() - began;
    tf.dispose(gradients);
    // Read at the end: an engine on a GPU is then given the whole step before anyone waits for it.
    return {
      ...{ loss: await readNumber(loss), correct: await readNumber(correct) },
      ...(computesAtOnce() && { updateMs }),
      ...(watch && { observed: watch.observation(this.network, this.#trained) }),
    };
  }

  /** Loss, and gradients by variable name; running statistics are brought forward. The caller disposes. */
  async gradients(batch: Batch, step: number): Promise<StepResult & { gradients: Gradients }> {
    const { loss, correct, gradients } = this.#backward(batch, step);
    return { loss: await readNumber(loss), correct: await readNumber(correct), gradients };
  }

  #backward(
    batch: Batch,
    step: number,
    watch?: Watch,
  ): { loss: Tensor; correct: Tensor; gradients: Gradients } {
    const updates: { path: string; value: Tensor }[] = [];
    let right: Tensor | undefined;
    const { value, grads } = tf.tidy(() => {
      const x = tf.tensor(batch.images, [batch.count, ...batch.shape]);
      const labels = tf.tensor1d(batch.labels, 'int32');
      const wanted = tf.oneHot(labels, this.network.layers[this.network.output]?.shape[0] ?? 0);
      return tf.variableGrads(() => {
        const made = forward(this.network, this.#all, x, {
          training: true,
          ops: this.#ops,
          seed: this.#seed,
          step,
          watch,
        });
        for (const { path, value } of made.updates) updates.push({ path, value: tf.keep(value) });
        right = tf.keep(tf.sum(tf.equal(tf.argMax(made.logits, -1), labels)));
        return tf.neg(tf.mean(tf.sum(tf.mul(wanted, tf.logSoftmax(made.logits)), -1))) as never;
      }, [...this.#trained.values()]);
    });
    for (const { path, value } of updates) {
      this.#all.get(path)?.assign(value);
      value.dispose();
    }
    return { loss: value, correct: right as unknown as Tensor, gradients: grads };
  }

  /** Gradients of the last call by path: names of variables are tf.js' own. */
  variableOf(path: string): Variable | undefined {
    return this.#all.get(path);
  }

  /** Logits [n, classes] with running statistics, as float32. */
  async predict(images: Float32Array, count: number): Promise<Float32Array> {
    const logits = tf.tidy(() => {
      const shape = this.network.layers[this.network.input]?.shape ?? [];
      const x = tf.tensor(images, [count, ...shape]);
      const options = { training: false, ops: this.#ops, seed: this.#seed, step: 0 };
      return forward(this.network, this.#all, x, options).logits;
    });
    try {
      return (await logits.data()) as Float32Array;
    } finally {
      logits.dispose();
    }
  }

  /** A copy of every weight. */
  async weights(): Promise<Weights> {
    const read = [...this.#all].map(async ([path, variable]): Promise<[string, HostTensor]> => {
      return [path, { shape: variable.shape, data: Float32Array.from(await variable.data()) }];
    });
    return new Map(await Promise.all(read));
  }

  async state(): Promise<SessionState> {
    return { weights: await this.weights(), averages: new Map(), ...(await this.#optimizer.state()) };
  }

  dispose(): void {
    this.#optimizer.dispose();
    for (const variable of this.#all.values()) variable.dispose();
  }
}
