/** Convolutions with their bias, whole or cut into groups. */
import type { Layer } from '../../network/network.ts';
import type { OpAttrs } from '../../network/ops/index.ts';
import type { Output } from './c-api.node.ts';
import type { Context, Emitted, Value } from './emit.node.ts';
import type { ConvolutionShape, Operations } from './operations.node.ts';
import { byTaps } from './taps.node.ts';

export function conv2d(x: Value, attrs: OpAttrs<'conv2d'>, layer: Layer, context: Context): Emitted {
  const { ops, plan } = context;
  const shape = { ...attrs, padding: plan.padding.get(layer.path) ?? attrs.padding };
  const linear =
    attrs.groups === 1 && isSmall(layer)
      ? tapwise
      : attrs.groups > 1 && !context.traits.groups
        ? inGroups
        : whole;
  const { y, backward } = linear(x, shape, layer, context);
  if (!attrs.useBias || plan.biasInto.has(layer.path)) return { y, backward };
  return {
    y: { ...y, out: ops.biasAdd(y.out, context.weight(layer, 'bias')) },
    backward(dy, needed) {
      context.gradient(layer, 'bias', ops.biasAddGradient(dy));
      return backward(dy, needed);
    },
  };
}

type Linear = (
  x: Value,
  shape: ConvolutionShape & { readonly groups: number },
  layer: Layer,
  context: Context,
) => Emitted;

/** [kh, kw, c / groups, filters] */
const kernelShape = (layer: Layer) => layer.result.weights[0]?.shape as readonly number[];

const tapwise: Linear = (x, shape, layer, context) => byTaps(x, shape, layer, context, kernelShape(layer));

/** Output pixels up to which a convolution by taps is the faster one. */
const SMALL = 16;

function isSmall(layer: Layer): boolean {
  const [oh = 0, ow = 0] = layer.shape;
  const [kh = 0, kw = 0] = kernelShape(layer);
  return kh * kw <= 25 && oh * ow <= SMALL;
}

const whole: Linear = (x, shape, layer, context) => {
  const { ops } = context;
  const kernel = context.weight(layer, 'kernel');
  return {
    y: { out: ops.conv2d(x.out, kernel, shape), shape: [x.shape[0] as number, ...layer.shape] },
    backward(dy, [needed]) {
      context.gradient(layer, 'kernel', kernelGradient(x, shape, layer, dy, ops));
      return [needed ? ops.conv2dInputGradient(x.shape, kernel, dy, shape) : undefined];
    },
  };
};

/** Of a pointwise convolution it is a matrix product, and that is the faster one at every size. */
function kernelGradient(
  x: Value,
  shape: Parameters<Linear>[1],
  layer: Layer,
  dy: Output,
  ops: Operations,
): Output {
  const extents = kernelShape(layer);
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
  const [kh = 0, kw = 0, depth = 0, filters = 0] = kernelShape(layer);
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
