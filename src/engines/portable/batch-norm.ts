/** Batch normalisation in training, fused: one kernel forward, one backward. Ioffe & Szegedy 2015. */
import type { TensorInfo } from '@tensorflow/tfjs';
import type { BatchNormResult } from '../../compile/tensor-ops.ts';
import { type Tensor, type Tensor1D, tf } from '../../compile/tf.ts';
import { offsetOf, register, type Side } from './side.ts';

export function registerBatchNorm(side: Side): void {
  register('StemmaBatchNormStatistics', (inputs, _, backend) => {
    const x = inputs.x as TensorInfo;
    const c = x.shape.at(-1) as number;
    const rows = x.shape.reduce((a, b) => a * b, 1) / c;
    const mean = backend.makeOutput([c], 'float32');
    const variance = backend.makeOutput([c], 'float32');
    side.batch_norm_statistics(
      offsetOf(backend, x),
      offsetOf(backend, mean),
      offsetOf(backend, variance),
      rows,
      c,
    );
    return [mean, variance];
  });
  register('StemmaBatchNormApply', (inputs, _, backend) => {
    const x = inputs.x as TensorInfo;
    const c = x.shape.at(-1) as number;
    const y = backend.makeOutput(x.shape, 'float32');
    const at = (['x', 'mean', 'inverse', 'gamma', 'beta'] as const).map((name) =>
      offsetOf(backend, inputs[name] as TensorInfo),
    );
    side.batch_norm_apply(...at, offsetOf(backend, y), x.shape.reduce((a, b) => a * b, 1) / c, c);
    return y;
  });
  register('StemmaBatchNormGradient', (inputs, _, backend) => {
    const x = inputs.x as TensorInfo;
    const c = x.shape.at(-1) as number;
    const outputs = [x.shape, [c], [c]].map((shape) => backend.makeOutput(shape, 'float32'));
    const at = (['x', 'dy', 'mean', 'inverse', 'gamma'] as const).map((name) =>
      offsetOf(backend, inputs[name] as TensorInfo),
    );
    const rows = x.shape.reduce((a, b) => a * b, 1) / c;
    side.batch_norm_gradient(...at, ...outputs.map((out) => offsetOf(backend, out)), rows, c);
    return outputs;
  });
}

/** [..., c]: y with gradients through the statistics; mean and biased variance of the batch without. */
export function batchNormTrain(x: Tensor, gamma: Tensor1D, beta: Tensor1D, epsilon: number): BatchNormResult {
  const run = (name: string, inputs: Record<string, Tensor>) => tf.engine().runKernel(name, inputs);
  // Outside of the differentiated function: as inputs of it they would be asked for gradients.
  const [mean, variance] = run('StemmaBatchNormStatistics', { x }) as unknown as [Tensor1D, Tensor1D];
  const inverse = tf.rsqrt(tf.add(variance, epsilon));
  const y = tf.customGrad((a, g, b, save) => {
    const [ta, tg, tb] = [a, g, b] as [Tensor, Tensor, Tensor];
    (save as (tensors: Tensor[]) => void)([ta, tg, mean, inverse]);
    return {
      value: run('StemmaBatchNormApply', { x: ta, mean, inverse, gamma: tg, beta: tb }) as Tensor,
      gradFunc: ((dy: Tensor, saved: Tensor[]) => {
        const [sx, sg, sm, si] = saved as [Tensor, Tensor, Tensor, Tensor];
        return run('StemmaBatchNormGradient', { x: sx, dy, mean: sm, inverse: si, gamma: sg });
      }) as unknown as (dy: Tensor, saved: Tensor[]) => Tensor,
    };
  })(x, gamma, beta);
  return { y, mean, variance };
}
