/**
 * TensorFlow's operations as we use them, on float32 in NHWC. Names, attributes and shapes are those of
 * tensorflow/core/ops; https://www.tensorflow.org/api_docs/python/tf/raw_ops
 */
import type { Output } from './c-api.node.ts';
import type { Graph, Input } from './graph.node.ts';
import { type Attributes, DType } from './runtime.node.ts';

const FLOAT: Attributes = { T: ['type', DType.float32] };

export interface ConvolutionShape {
  readonly strides: readonly number[];
  readonly dilationRate: readonly number[];
  /** Or zeros before and after height and width: [top, bottom, left, right]. */
  readonly padding: 'same' | 'valid' | readonly number[];
}

export interface PoolShape {
  readonly poolSize: readonly number[];
  readonly strides: readonly number[];
  readonly padding: 'same' | 'valid';
}

function convolution({ strides, dilationRate, padding }: ConvolutionShape): Attributes {
  const explicit = typeof padding !== 'string';
  return {
    ...FLOAT,
    strides: ['ints', [1, ...strides, 1]],
    dilations: ['ints', [1, ...dilationRate, 1]],
    padding: ['string', explicit ? 'EXPLICIT' : padding.toUpperCase()],
    ...(explicit && { explicit_paddings: ['ints', [0, 0, ...padding, 0, 0]] }),
  };
}

const pool = ({ poolSize, strides, padding }: PoolShape): Attributes => ({
  ...FLOAT,
  ksize: ['ints', [1, ...poolSize, 1]],
  strides: ['ints', [1, ...strides, 1]],
  padding: ['string', padding.toUpperCase()],
});

export class Operations {
  readonly graph: Graph;

  constructor(graph: Graph) {
    this.graph = graph;
  }

  /** An elementwise or otherwise plain operation on floats, with no attribute but their type. */
  plain(type: string, ...inputs: Input[]): Output {
    return this.graph.op(type, inputs, FLOAT);
  }

  scalar(value: number): Output {
    return this.graph.constant(DType.float32, [], Float32Array.of(value));
  }

  ints(values: readonly number[]): Output {
    return this.graph.constant(DType.int32, [values.length], Int32Array.from(values));
  }

  add = (a: Output, b: Output) => this.plain('AddV2', a, b);
  sub = (a: Output, b: Output) => this.plain('Sub', a, b);
  mul = (a: Output, b: Output) => this.plain('Mul', a, b);
  scale = (a: Output, by: number) => this.mul(a, this.scalar(by));

  sum(x: Output, axes: readonly number[], keep = false): Output {
    return this.graph.op('Sum', [x, this.ints(axes)], { ...FLOAT, keep_dims: ['bool', keep] });
  }

  mean(x: Output, axes: readonly number[], keep = false): Output {
    return this.graph.op('Mean', [x, this.ints(axes)], { ...FLOAT, keep_dims: ['bool', keep] });
  }

  reshape(x: Output, shape: readonly number[]): Output {
    return this.plain('Reshape', x, this.ints(shape));
  }

  broadcast(x: Output, shape: readonly number[]): Output {
    return this.plain('BroadcastTo', x, this.ints(shape));
  }

  conv2d(x: Output, kernel: Output, shape: ConvolutionShape): Output {
    return this.graph.op('Conv2D', [x, kernel], convolution(shape));
  }

  /** @param extents of the input, [n, h, w, c] */
  conv2dInputGradient(
    extents: readonly number[],
    kernel: Output,
    dy: Output,
    shape: ConvolutionShape,
  ): Output {
    return this.graph.op('Conv2DBackpropInput', [this.ints(extents), kernel, dy], convolution(shape));
  }

  /** @param extents of the kernel, [kh, kw, c / groups, filters] */
  conv2dKernelGradient(x: Output, extents: readonly number[], dy: Output, shape: ConvolutionShape): Output {
    return this.graph.op('Conv2DBackpropFilter', [x, this.ints(extents), dy], convolution(shape));
  }

  /** y = fused(conv2d(x, kernel)): BiasAdd, then perhaps Relu. */
  fusedConv2d(
    x: Output,
    kernel: Output,
    bias: Output,
    ops: readonly string[],
    shape: ConvolutionShape,
  ): Output {
    return this.graph.op('_FusedConv2D', [x, kernel, [bias], []], {
      ...convolution(shape),
      TArgs: ['types', [DType.float32]],
      num_args: ['int', 1],
      num_host_args: ['int', 0],
      fused_ops: ['strings', ops],
    });
  }

  biasAdd = (x: Output, bias: Output) => this.plain('BiasAdd', x, bias);
  biasAddGradient = (dy: Output) => this.plain('BiasAddGrad', dy);

  matMul(a: Output, b: Output, { transposeA = false, transposeB = false } = {}): Output {
    const attributes: Attributes = { transpose_a: ['bool', transposeA], transpose_b: ['bool', transposeB] };
    return this.graph.op('MatMul', [a, b], { ...FLOAT, ...attributes });
  }

  /**
   * Of a batch. `variance` is divided by n − 1; `kept` is for the gradient.
   * @param x [n, h, w, c]
   */
  batchNormTrain(x: Output, gamma: Output, beta: Output, epsilon: number) {
    const empty = this.graph.constant(DType.float32, [0], new Float32Array(0));
    const { oper } = this.graph.op('FusedBatchNormV3', [x, gamma, beta, empty, empty], {
      ...FLOAT,
      U: ['type', DType.float32],
      epsilon: ['float', epsilon],
      exponential_avg_factor: ['float', 1],
      is_training: ['bool', true],
    });
    const out = (index: number): Output => ({ oper, index });
    return { y: out(0), mean: out(1), variance: out(2), kept: [out(3), out(4), out(5)] as const };
  }

  batchNormTrainGradient(
    dy: Output,
    x: Output,
    gamma: Output,
    kept: readonly Output[],
    epsilon: number,
  ): { dx: Output; dgamma: Output; dbeta: Output } {
    const { oper } = this.graph.op('FusedBatchNormGradV3', [dy, x, gamma, ...kept], {
      ...FLOAT,
      U: ['type', DType.float32],
      epsilon: ['float', epsilon],
      is_training: ['bool', true],
    });
    return { dx: { oper, index: 0 }, dgamma: { oper, index: 1 }, dbeta: { oper, index: 2 } };
  }

  maxPool = (x: Output, shape: PoolShape) => this.graph.op('MaxPool', [x], pool(shape));
  maxPoolGradient = (x: Output, y: Output, dy: Output, shape: PoolShape) =>
    this.graph.op('MaxPoolGrad', [x, y, dy], pool(shape));
  avgPool = (x: Output, shape: PoolShape) => this.graph.op('AvgPool', [x], pool(shape));
  avgPoolGradient = (extents: readonly number[], dy: Output, shape: PoolShape) =>
    this.graph.op('AvgPoolGrad', [this.ints(extents), dy], pool(shape));

  concat(inputs: readonly Output[], axis: number): Output {
    const at = this.graph.constant(DType.int32, [], Int32Array.of(axis));
    return this.graph.op('ConcatV2', [inputs, at], { ...FLOAT, N: ['int', inputs.length] });
  }

  /** A new first axis of so many tensors of one shape. */
  pack(inputs: readonly Output[]): Output {
    return this.graph.op('Pack', [inputs], { ...FLOAT, N: ['int', inputs.length] });
  }

  sumOf(inputs: readonly Output[]): Output {
    const [only, ...others] = inputs as readonly [Output, ...Output[]];
    return others.length === 0
      ? only
      : this.graph.op('AddN', [inputs], { ...FLOAT, N: ['int', inputs.length] });
  }

  stridedSlice(x: Output, begin: readonly number[], end: readonly number[], step: readonly number[]): Output {
    const inputs = [x, this.ints(begin), this.ints(end), this.ints(step)];
    return this.graph.op('StridedSlice', inputs, { ...FLOAT, Index: ['type', DType.int32] });
  }

  /** `dy` in its place in zeros of a shape. */
  stridedSliceGradient(
    shape: readonly number[],
    begin: readonly number[],
    end: readonly number[],
    step: readonly number[],
    dy: Output,
  ): Output {
    const inputs = [this.ints(shape), this.ints(begin), this.ints(end), this.ints(step), dy];
    return this.graph.op('StridedSliceGrad', inputs, { ...FLOAT, Index: ['type', DType.int32] });
  }

  slice(x: Output, begin: readonly number[], size: readonly number[]): Output {
    return this.plain('Slice', x, this.ints(begin), this.ints(size));
  }

  /** @param around [before, after] of every axis */
  pad(x: Output, around: readonly (readonly [number, number])[], fill: number): Output {
    const paddings = this.graph.constant(DType.int32, [around.length, 2], Int32Array.from(around.flat()));
    return fill === 0 ? this.plain('Pad', x, paddings) : this.plain('PadV2', x, paddings, this.scalar(fill));
  }
}
