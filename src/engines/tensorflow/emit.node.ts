/**
 * One layer of a network as TensorFlow operations, with the operations of its gradient. Formulas are those of
 * `compile/forward.ts`; a test holds the two against each other, layer by layer.
 */
import type { Layer } from '../../network/network.ts';
import type { OpAttrs, OpKind } from '../../network/ops/index.ts';
import { batchNormTrain } from './batch-norm.node.ts';
import type { Output } from './c-api.node.ts';
import { conv2d } from './convolution.node.ts';
import type { Operations } from './operations.node.ts';
import type { Plan } from './plan.ts';

/** A tensor in a graph, [n, ...]: every shape is known while the graph is built. */
export interface Value {
  readonly out: Output;
  readonly shape: readonly number[];
}

export interface Context {
  readonly ops: Operations;
  readonly traits: Traits;
  weight(layer: Layer, name: string): Output;
  /** Says what a weight's gradient is; one of which nothing is said has none, exactly. */
  gradient(layer: Layer, name: string, value: Output): void;
  /** Says what a running statistic becomes. */
  update(layer: Layer, name: string, value: Output): void;
  /** Numbers that the host makes anew for every step. */
  random(layer: Layer, shape: readonly number[]): Output;
  readonly plan: Plan;
}

/** What the library at hand can do; asked of it once. */
export interface Traits {
  /** Convolutions and both their gradients take a kernel of [kh, kw, c / groups, filters]. */
  readonly groups: boolean;
  /** Convolutions with dilation have both their gradients. */
  readonly dilation: boolean;
  /** `_FusedConv2D` with a bias. */
  readonly fusedConv2d: boolean;
}

export interface Emitted {
  readonly y: Value;
  /**
   * Gradients of the inputs from that of the output; of those that are not `needed`, none may be made. Says those of
   * weights to the context.
   */
  readonly backward: (dy: Output, needed: readonly boolean[]) => readonly (Output | undefined)[];
}

type Emit<K extends OpKind> = (
  inputs: readonly Value[],
  attrs: OpAttrs<K>,
  layer: Layer,
  context: Context,
) => Emitted;

const first = (inputs: readonly Value[]) => inputs[0] as Value;
const same = (y: Value): Emitted => ({ y, backward: (dy) => [dy] });
const countOf = (inputs: readonly Value[]) => first(inputs).shape[0] as number;
const allButLast = (shape: readonly number[]) => shape.slice(0, -1).map((_, i) => i);

/** For each activation: y of x, and dx of (dy, x, y). */
const activations: Record<
  OpAttrs<'activation'>['function'],
  {
    y: (o: Operations, x: Output) => Output;
    dx: (o: Operations, dy: Output, x: Output, y: Output) => Output;
  }
> = {
  relu: { y: (o, x) => o.plain('Relu', x), dx: (o, dy, _, y) => o.plain('ReluGrad', dy, y) },
  sigmoid: { y: (o, x) => o.plain('Sigmoid', x), dx: (o, dy, _, y) => o.plain('SigmoidGrad', y, dy) },
  tanh: { y: (o, x) => o.plain('Tanh', x), dx: (o, dy, _, y) => o.plain('TanhGrad', y, dy) },
  leakyRelu: {
    y: (o, x) => o.graph.op('LeakyRelu', [x], { alpha: ['float', 0.2] }),
    dx: (o, dy, x) => o.graph.op('LeakyReluGrad', [dy, x], { alpha: ['float', 0.2] }),
  },
  silu: {
    y: (o, x) => o.mul(x, o.plain('Sigmoid', x)),
    dx(o, dy, x) {
      const s = o.plain('Sigmoid', x);
      return o.mul(dy, o.mul(s, o.add(o.scalar(1), o.mul(x, o.sub(o.scalar(1), s)))));
    },
  },
  // x·Φ(x) with the exact error function: Hendrycks & Gimpel 2016; its derivative is Φ(x) + x·φ(x).
  gelu: {
    y: (o, x) => o.mul(x, normalCdf(o, x)),
    dx(o, dy, x) {
      const density = o.scale(
        o.plain('Exp', o.scale(o.plain('Square', x), -0.5)),
        1 / Math.sqrt(2 * Math.PI),
      );
      return o.mul(dy, o.add(normalCdf(o, x), o.mul(x, density)));
    },
  },
  softmax: {
    y: (o, x) => o.plain('Softmax', x),
    dx: (o, dy, _, y) => o.mul(y, o.sub(dy, o.sum(o.mul(dy, y), [-1], true))),
  },
};

function normalCdf(o: Operations, x: Output): Output {
  return o.scale(o.add(o.plain('Erf', o.scale(x, Math.SQRT1_2)), o.scalar(1)), 0.5);
}

const emitters: { [K in OpKind]: Emit<K> } = {
  input: (inputs) => same(first(inputs)),
  output: (inputs) => same(first(inputs)),
  conv2d: (inputs, attrs, layer, context) => conv2d(first(inputs), attrs, layer, context),
  batchNorm: (inputs, attrs, layer, context) => batchNormTrain(first(inputs), attrs, layer, context),
  dense(inputs, { useBias }, layer, context) {
    const { ops } = context;
    const { out: x } = first(inputs);
    const kernel = context.weight(layer, 'kernel');
    const y = ops.matMul(x, kernel);
    return {
      y: yOf(inputs, layer, useBias ? ops.biasAdd(y, context.weight(layer, 'bias')) : y),
      backward(dy, [needed]) {
        if (useBias) context.gradient(layer, 'bias', ops.biasAddGradient(dy));
        context.gradient(layer, 'kernel', ops.matMul(x, dy, { transposeA: true }));
        return [needed ? ops.matMul(dy, kernel, { transposeB: true }) : undefined];
      },
    };
  },
  layerNorm(inputs, { epsilon }, layer, context) {
    const { ops } = context;
    const { out: x, shape } = first(inputs);
    const [gamma, beta] = [context.weight(layer, 'gamma'), context.weight(layer, 'beta')];
    const centred = ops.sub(x, ops.mean(x, [-1], true));
    const variance = ops.mean(ops.plain('Square', centred), [-1], true);
    const inverse = ops.plain('Rsqrt', ops.add(variance, ops.scalar(epsilon)));
    const hat = ops.mul(centred, inverse);
    return {
      y: yOf(inputs, layer, ops.add(ops.mul(hat, gamma), beta)),
      backward(dy) {
        const lead = allButLast(shape);
        context.gradient(layer, 'gamma', ops.sum(ops.mul(dy, hat), lead));
        context.gradient(layer, 'beta', ops.sum(dy, lead));
        const dhat = ops.mul(dy, gamma);
        const along = ops.mul(hat, ops.mean(ops.mul(dhat, hat), [-1], true));
        return [ops.mul(inverse, ops.sub(ops.sub(dhat, ops.mean(dhat, [-1], true)), along))];
      },
    };
  },
  activation(inputs, attrs, layer, { ops }) {
    const { out: x } = first(inputs);
    const { y: of, dx } = activations[attrs.function];
    const y = of(ops, x);
    return { y: yOf(inputs, layer, y), backward: (dy) => [dx(ops, dy, x, y)] };
  },
  dropout(inputs, { rate }, layer, context) {
    const x = first(inputs);
    if (rate === 0) return same(x);
    const mask = context.random(layer, x.shape);
    return {
      y: yOf(inputs, layer, context.ops.mul(x.out, mask)),
      backward: (dy) => [context.ops.mul(dy, mask)],
    };
  },
  maxPool(inputs, attrs, layer, { ops }) {
    const { out: x } = first(inputs);
    const y = ops.maxPool(x, attrs);
    return { y: yOf(inputs, layer, y), backward: (dy) => [ops.maxPoolGradient(x, y, dy, attrs)] };
  },
  avgPool(inputs, attrs, layer, { ops }) {
    const { out: x, shape } = first(inputs);
    const y = yOf(inputs, layer, ops.avgPool(x, attrs));
    return { y, backward: (dy) => [ops.avgPoolGradient(shape, dy, attrs)] };
  },
  globalAvgPool(inputs, _, layer, { ops }) {
    const { out: x, shape } = first(inputs);
    const [n = 0, h = 0, w = 0, c = 0] = shape;
    return {
      y: yOf(inputs, layer, ops.mean(x, [1, 2])),
      backward: (dy) => [ops.broadcast(ops.reshape(ops.scale(dy, 1 / (h * w)), [n, 1, 1, c]), shape)],
    };
  },
  add: (inputs, _, layer, { ops }) => ({
    y: yOf(inputs, layer, joined(inputs, ops.add)),
    backward: (dy) => inputs.map(() => dy),
  }),
  multiply(inputs, _, layer, { ops }) {
    const y = yOf(inputs, layer, joined(inputs, ops.mul));
    return {
      y,
      backward: (dy, needed) =>
        inputs.map(({ shape }, i) => {
          if (!needed[i]) return undefined;
          const others = inputs.filter((_other, j) => j !== i);
          const dx = others.reduce((a, { out }) => ops.mul(a, out), dy);
          // One number a channel that scaled a whole picture.
          return shape.join() === y.shape.join() ? dx : ops.sum(dx, [1, 2], true);
        }),
    };
  },
  concat(inputs, _, layer, { ops }) {
    const axis = layer.shape.length;
    const outs = inputs.map(({ out }) => out);
    return {
      y: yOf(inputs, layer, ops.concat(outs, axis)),
      backward(dy, needed) {
        let at = 0;
        return inputs.map(({ shape }, i) => {
          const begin = shape.map((_extent, k) => (k === axis ? at : 0));
          at += shape[axis] as number;
          return needed[i] ? ops.slice(dy, begin, shape) : undefined;
        });
      },
    };
  },
  zeroPadding(inputs, { padding, fill }, layer, { ops, plan }) {
    const x = first(inputs);
    if (plan.absorbed.has(layer.path)) return same(x);
    const [top = 0, bottom = 0, left = 0, right = 0] = padding;
    const around = [[0, 0] as const, [top, bottom] as const, [left, right] as const, [0, 0] as const];
    const y = ops.pad(x.out, around, fill === 'lowest' ? Number.NEGATIVE_INFINITY : 0);
    return {
      y: yOf(inputs, layer, y),
      backward: (dy) => [ops.slice(dy, [0, top, left, 0], x.shape)],
    };
  },
  flatten: reshaped,
  reshape: reshaped,
};

function yOf(inputs: readonly Value[], layer: Layer, out: Output): Value {
  return { out, shape: [countOf(inputs), ...layer.shape] };
}

function joined(inputs: readonly Value[], join: (a: Output, b: Output) => Output): Output {
  return inputs.map(({ out }) => out).reduce((a, b) => join(a, b));
}

function reshaped(inputs: readonly Value[], _: unknown, layer: Layer, { ops }: Context): Emitted {
  const { out, shape } = first(inputs);
  const to = [countOf(inputs), ...layer.shape];
  return { y: { out: ops.reshape(out, to), shape: to }, backward: (dy) => [ops.reshape(dy, shape)] };
}

/** A layer in training. */
export function emitTraining(layer: Layer, inputs: readonly Value[], context: Context): Emitted {
  const emit = emitters[layer.op] as Emit<OpKind>;
  return emit(inputs, layer.attrs as never, layer, context);
}
