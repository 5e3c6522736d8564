import { choice, number } from '../../schema/params.ts';
import { defineOp } from '../op.ts';

/** [..., c] → the same. Ioffe & Szegedy 2015. Statistics over the batch and all axes but the last. */
export const batchNorm = defineOp({
  title: 'Batch norm',
  help: 'Brings each channel to mean 0 and variance 1 over the batch, then scales and shifts it by learned numbers.',
  source: 'https://arxiv.org/abs/1502.03167',
  category: 'normalisation',
  arity: 1,
  params: {
    momentum: number({
      min: 0,
      max: 1,
      default: 0.9,
      help: 'Share of the old running statistics kept at each step (0.99 makes short runs look broken at evaluation).',
      advanced: true,
    }),
    epsilon: number({
      min: 1e-12,
      max: 1,
      default: 1e-5,
      help: 'Added to the variance before the root.',
      advanced: true,
    }),
    runningVariance: choice({
      options: ['biased', 'unbiased'],
      default: 'biased',
      help: 'biased divides by n (Flax, Keras); unbiased by n − 1 (PyTorch).',
      advanced: true,
    }),
  },
  infer: ([input]) => ({ shape: input as readonly number[] }),
  weights([input]) {
    const shape = [(input as readonly number[]).at(-1) as number];
    return [
      { name: 'gamma', shape, initializer: 'ones', trainable: true },
      { name: 'beta', shape, initializer: 'zeros', trainable: true },
      { name: 'movingMean', shape, initializer: 'zeros', trainable: false },
      { name: 'movingVariance', shape, initializer: 'ones', trainable: false },
    ];
  },
});
