import { bool, choice, int } from '../../schema/params.ts';
import { defineOp, initializerNames, needsRank } from '../op.ts';

/** [features] → [units] */
export const dense = defineOp({
  title: 'Dense',
  help: 'Joins every input to every output (fully connected, linear).',
  source: 'https://keras.io/api/layers/core_layers/dense/',
  category: 'layers',
  arity: 1,
  params: {
    units: int({ min: 1, max: 1_000_000, default: 10, help: 'Outputs.' }),
    useBias: bool({ default: true, help: 'Add a learned number to each output.' }),
    kernelInitializer: choice({
      options: initializerNames,
      default: 'lecunNormal',
      help: 'Distribution of the first weights.',
      advanced: true,
    }),
  },
  infer([input], { units }) {
    const rank = needsRank(1, input as readonly number[]);
    return rank ? { shape: [units], problem: rank } : { shape: [units] };
  },
  weights([input], { units, useBias, kernelInitializer }) {
    const [features] = input as [number];
    const kernel = {
      name: 'kernel',
      shape: [features, units],
      initializer: kernelInitializer,
      trainable: true,
    };
    return useBias
      ? [kernel, { name: 'bias', shape: [units], initializer: 'zeros', trainable: true }]
      : [kernel];
  },
  macs: ([input], { units }) => (input as readonly [number])[0] * units,
});
