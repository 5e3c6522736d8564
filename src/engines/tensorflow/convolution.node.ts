/** Convolutions with their bias, whole or cut into groups. */
import type { Layer } from '../../network/network.ts';
import type { OpAttrs } from '../../network/ops/index.ts';
import type { Output } from './c-api.node.ts';
import type { Context, Emitted, Value } from './emit.node.ts';
import type { ConvolutionShape, Operations } from './operations.node.ts';
import { byTaps } from './taps.node.ts';

export function conv2d(x: Value, attrs: OpAttrs<'conv2d'>, layer: Layer, context: Context): Emitted {
  const { ops, plan } = context;
  const { y, backward } = convolve(x, shapeOf(layer, context), layer, context);
  if (!attrs.useBias || plan.biasInto.has(layer.path)) return { y, backward };
  return {
    y: { ...y, out: ops.biasAdd(y.out, context.weight(layer, 'bias')) },
    backward(dy, needed) {
      context.gradient(layer, 'bias', ops.biasAddGradient(dy));
      return backward(dy, needed);
    },
  };
}

/** Everything of a convolution but its numbers; zeros that a padding before it left to it are its own. */
export function shapeOf(layer: Layer, { plan }: Context): Shape {
  const attrs = layer.attrs as OpAttrs<'conv2d'>;
  return {
    ...attrs,
    padding: plan.padding.get(layer.path) ?? attrs.padding,
    kernel: layer.result.weights[0]?.shape as readonly number[],
  };
}

interface Shape extends ConvolutionShape {
  readonly groups: number;
  /** [kh, kw, c / groups, filters] */
  readonly kernel: readonly number[];
}
type Linear = (x: Value, shape: Shape, layer: Layer, context: Context) => Emitted;

/** A convolution without its bias, the fastest way. */
export const convolve: Linear = (x, shape, layer, context) => {
  const { traits } = context;
  if (isProducts(layer, shape)) return byTaps(x, shape, layer, context, shape.kernel);
  const way = shape.groups > 1 && !traits.groups ? inGroups : whole;
  if (traits.dilation || Math.max(...shape.dilationRate) === 1) return way(x, shape, layer, context);
  const spread = spreadOut(shape, context);
  return way(x, spread.shape, layer, spread.context);
};

/** For libraries without oneDNN: what dilation means, a kernel with zeros between its taps. */
function spreadOut(shape: Shape, context: Context): { shape: Shape; context: Context } {
  const { ops } = context;
  const [kh = 0, kw = 0, depth = 0, filters = 0] = shape.kernel;
  const [dh = 1, dw = 1] = shape.dilationRate;
  const kernel = [(kh - 1) * dh + 1, (kw - 1) * dw + 1, depth, filters];
  const [begin, step] = [
    [0, 0, 0, 0],
    [dh, dw, 1, 1],
  ];
  return {
    shape: { ...shape, kernel, dilationRate: [1, 1] },
    context: {
      ...context,
      weight: (layer, name) =>
        ops.stridedSliceGradient(kernel, begin, kernel, step, context.weight(layer, name)),
      gradient: (layer, name, value) =>
        context.gradient(layer, name, ops.stridedSlice(value, begin, kernel, step)),
    },
  };
}

/** Output pixels up to which a convolution by taps is the faster one. */
const SMALL = 16;

/** Whether it is done as matrix products, one a tap. */
export function isProducts(layer: Layer, { groups, kernel: [kh = 0, kw = 0] }: Shape): boolean {
  const [oh = 0, ow = 0] = layer.shape;
  return groups === 1 && kh * kw <= 25 && oh * ow <= SMALL;
}

const whole: Linear = (x, shape, layer, context) => {
  const { ops } = context;
  const kernel = context.weight(layer, 'kernel');
  return {
    y: { out: ops.conv2d(x.out, kernel, shape), shape: [x.shape[0] as number, ...layer.shape] },
    backward(dy, [needed]) {
      context.gradient(layer, 'kernel', kernelGradient(x, shape, dy, ops));
      return [needed ? ops.conv2dInputGradient(x.shape, kernel, dy, shape) : undefined];
    },
  };
};

/** Of a pointwise convolution it is a matrix product, and that is the faster one at every size. */
function kernelGradient(x: Value, shape: Shape, dy: Output, ops: Operations): Output {
  const extents = shape.kernel;
  const [kh, kw, c = 0, filters = 0] = extents;
  const isProduct =
    kh === 1 &&
    kw === 1 &&
    shape.groups === 1 &&
    typeof shape.padding === 'string' &&
    Math.max(...shape.strides) === 1;
  if (!isProduct) return ops.conv2dKernelGradient(x.out, extents, dy, shape);
  const rows = x.shape.slice(0, 3).reduce((a, b) => a * b, 1);
  const product = ops.matMul(ops.reshape(x.out, [rows, c]), ops.reshape(dy, [rows, filters]), {
    transposeA: true,
  });
  return ops.reshape(product, extents);
}

/** For libraries without oneDNN: each group is a convolution of its own. */
const inGroups: Linear = (x, shape, layer, context) => {
  const { ops } = context;
  const kernel = context.weight(layer, 'kernel');
  const [kh = 0, kw = 0, depth = 0, filters = 0] = shape.kernel;
  const [n = 0, h = 0, w = 0] = x.shape;
  const [oh = 0, ow = 0] = layer.shape;
  const each = filters / shape.groups;
  const groups = Array.from({ length: shape.groups }, (_, i) => i);
  const part = (of: Output, lead: readonly number[], i: number, size: number) =>
    ops.slice(of, [...lead.map(() => 0), i * size], [...lead, size]);
  const xs = groups.map((i) => part(x.out, [n, h, w], i, depth));
  const kernels = groups.map((i) => part(kernel, [kh, kw, depth], i, each));
  const ys = groups.map((i) => ops.conv2d(xs[i] as Output, kernels[i] as Output, shape));
  return {
    y: { out: ops.concat(ys, 3), shape: [n, oh, ow, filters] },
    backward(dy, [needed]) {
      const dys = groups.map((i) => part(dy, [n, oh, ow], i, each));
      const extents = [kh, kw, depth, each];
      const kernelGradients = groups.map((i) =>
        ops.conv2dKernelGradient(xs[i] as Output, extents, dys[i] as Output, shape),
      );
      context.gradient(layer, 'kernel', ops.concat(kernelGradients, 3));
      if (!needed) return [undefined];
      const gradients = groups.map((i) =>
        ops.conv2dInputGradient([n, h, w, depth], kernels[i] as Output, dys[i] as Output, shape),
      );
      return [ops.concat(gradients, 3)];
    },
  };
};
