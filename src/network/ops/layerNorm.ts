import { number } from '../../schema/params.ts';
import { defineOp } from '../op.ts';

/** [..., c] → the same. Ba et al. 2016. Statistics of each position over its channels. */
export const layerNorm = defineOp({
  title: 'Layer norm',
  help: 'Brings each position to mean 0 and variance 1 over its channels; needs no batch.',
  source: 'https://arxiv.org/abs/1607.06450',
  category: 'normalisation',
  arity: 1,
  params: {
    epsilon: number({
      min: 1e-12,
      max: 1,
      default: 1e-6,
      help: 'Added to the variance before the root.',
      advanced: true,
    }),
  },
  infer: ([input]) => ({ shape: input as readonly number[] }),
  weights([input]) {
    const shape = [(input as readonly number[]).at(-1) as number];
    return [
      { name: 'gamma', shape, initializer: 'ones', trainable: true },
      { name: 'beta', shape, initializer: 'zeros', trainable: true },
    ];
  },
});
