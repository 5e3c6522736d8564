/** Batch norm as TensorFlow's fused operation, which wants [n, h, w, c]. */
import type { Layer } from '../../network/network.ts';
import type { OpAttrs } from '../../network/ops/index.ts';
import type { Output } from './c-api.node.ts';
import type { Context, Emitted, Value } from './emit.node.ts';

const four = (shape: readonly number[]) => {
  const channels = shape.at(-1) as number;
  return shape.length === 4 ? shape : [shape.slice(0, -1).reduce((a, b) => a * b, 1), 1, 1, channels];
};

export function batchNormTrain(
  x: Value,
  { epsilon, momentum, runningVariance }: OpAttrs<'batchNorm'>,
  layer: Layer,
  context: Context,
): Emitted {
  const { ops, plan } = context;
  const [gamma, beta] = [context.weight(layer, 'gamma'), context.weight(layer, 'beta')];
  const shape = four(x.shape);
  const isFour = shape === x.shape;
  const as = (value: Output, to: readonly number[]) => (isFour ? value : ops.reshape(value, to));
  const flat = as(x.out, shape);
  const { y, mean, variance, kept } = ops.batchNormTrain(flat, gamma, beta, epsilon);
  const rows = shape.slice(0, -1).reduce((a, b) => a * b, 1);
  // TensorFlow divides by n − 1, and by 1 where there is one row only.
  const counted =
    runningVariance === 'biased' && rows > 1 ? ops.scale(variance, (rows - 1) / rows) : variance;
  const blend = (name: string, batch: Output) => {
    const old = ops.scale(context.weight(layer, name), momentum);
    context.update(layer, name, ops.add(old, ops.scale(batch, 1 - momentum)));
  };
  const bias = plan.biasOf(layer);
  blend('movingMean', bias ? ops.add(mean, context.weight(bias, 'bias')) : mean);
  blend('movingVariance', counted);
  return {
    y: { out: as(y, x.shape), shape: x.shape },
    backward(dy) {
      const made = ops.batchNormTrainGradient(as(dy, shape), flat, gamma, kept, epsilon);
      context.gradient(layer, 'gamma', made.dgamma);
      context.gradient(layer, 'beta', made.dbeta);
      return [as(made.dx, x.shape)];
    },
  };
}
