/** What an observed step tells beside its loss: figures and samples of activations and weights, in one vector. */
import {
  histogramOf,
  isLookedAt,
  isRelu,
  type Observation,
  strideOf,
  type WeightLook,
} from '../../compile/observation.ts';
import type { Layer, NamedWeight } from '../../network/network.ts';
import { elementsOf } from '../../network/shape.ts';
import type { Output, Pointer } from './c-api.node.ts';
import type { Context, Value } from './emit.node.ts';
import type { Graph } from './graph.node.ts';
import type { Operations } from './operations.node.ts';
import { type Attributes, DType } from './runtime.node.ts';
import type { WeightsInGraph } from './weights-in-graph.node.ts';

const FLOAT: Attributes = { dtype: ['type', DType.float32] };

/** Takes what is its own from the vector's next numbers. */
type Take = (count: number) => Float32Array;
type Found = Pick<Observation, 'activations' | 'weights'>;

interface Mutable {
  readonly activations: Record<string, Found['activations'][string]>;
  readonly weights: Record<string, WeightLook>;
}

export class Looks {
  readonly #graph: Graph;
  readonly #ops: Operations;
  readonly #outputs: Output[] = [];
  readonly #readers: ((take: Take, found: Mutable) => void)[] = [];

  constructor(graph: Graph, ops: Operations) {
    this.#graph = graph;
    this.#ops = ops;
  }

  activation(layer: Layer, { out, shape }: Value, context: Context): void {
    if (!isLookedAt(layer)) return;
    const ops = this.#ops;
    const size = elementsOf(shape);
    const channels = shape.at(-1) as number;
    const whole = context.plan.biasInto.has(layer.path)
      ? ops.biasAdd(out, context.weight(layer, 'bias'))
      : out;
    const flat = ops.reshape(whole, [size]);
    const mean = ops.mean(flat, [0]);
    const variance = ops.mean(ops.plain('SquaredDifference', flat, mean), [0]);
    const relu = isRelu(layer);
    this.#tell(mean, ops.plain('Sqrt', variance), ...(relu ? this.#zeros(flat, size, channels) : []));
    const taken = this.#sample(flat, size, channels);
    this.#readers.push((take, { activations }) => {
      const [average = 0, std = 0, zeros = 0, dead = 0] = take(relu ? 4 : 2);
      const histogram = histogramOf(take(taken));
      activations[layer.path] = { mean: average, std, ...(relu && { zeros, dead }), histogram };
    });
  }

  /** Of a ReLU's output: the share of zeros, and of channels without anything else. */
  #zeros(flat: Output, size: number, channels: number): Output[] {
    const ops = this.#ops;
    const share = (x: Output) => {
      const equal = this.#graph.op('Equal', [x, ops.scalar(0)], { T: ['type', DType.float32] });
      const attributes: Attributes = { SrcT: ['type', DType.bool], DstT: ['type', DType.float32] };
      return ops.mean(this.#graph.op('Cast', [equal], attributes), [0]);
    };
    const rows = ops.reshape(flat, [size / channels, channels]);
    const largest = this.#graph.op('Max', [rows, ops.ints([0])], { T: ['type', DType.float32] });
    return [share(flat), share(largest)];
  }

  /**
   * Of a weight as it is before its updates, which must be made by `update` alone: they wait for whoever reads it then,
   * and find that what they change is still wanted.
   * @param gradient undefined where it is 0
   */
  weight(
    { path, shape }: NamedWeight,
    gradient: Output | undefined,
    weights: WeightsInGraph,
    update: () => readonly Pointer[],
  ): readonly Pointer[] {
    const ops = this.#ops;
    const size = elementsOf(shape);
    const before = ops.reshape(weights.value(path), [size]);
    const updates = update();
    const length = (x: Output) => ops.plain('Sqrt', ops.scale(ops.plain('L2Loss', x), 2));
    const after =
      updates.length > 0
        ? this.#graph.add('ReadVariableOp', [weights.handle(path)], FLOAT, { after: updates })
        : undefined;
    const changed = after && ops.sub(ops.reshape({ oper: after, index: 0 }, [size]), before);
    const zero = ops.scalar(0);
    this.#tell(length(before), gradient ? length(gradient) : zero, changed ? length(changed) : zero);
    const taken = this.#sample(before, size, shape.at(-1) as number);
    this.#readers.push((take, found) => {
      const [norm = 0, gradientNorm = 0, changedBy = 0] = take(3);
      const histogram = histogramOf(take(taken));
      found.weights[path] = { norm, gradient: gradientNorm, update: changedBy, histogram };
    });
    return updates;
  }

  #tell(...scalars: readonly Output[]): void {
    this.#outputs.push(this.#ops.pack(scalars));
  }

  #sample(flat: Output, size: number, channels: number): number {
    const stride = strideOf(size, channels);
    this.#outputs.push(stride === 1 ? flat : this.#ops.stridedSlice(flat, [0], [size], [stride]));
    return Math.ceil(size / stride);
  }

  /** All of it, one number after another, behind what is told anyway. */
  after(told: Output): Output {
    return this.#ops.concat([told, ...this.#outputs], 0);
  }

  read(values: Float32Array): Observation {
    let at = 0;
    const take: Take = (count) => {
      const part = values.subarray(at, at + count);
      at += count;
      return part;
    };
    const found: Mutable = { activations: {}, weights: {} };
    for (const reader of this.#readers) reader(take, found);
    return found;
  }
}
