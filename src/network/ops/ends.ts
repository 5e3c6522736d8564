import { intList } from '../../schema/params.ts';
import { defineOp } from '../op.ts';

/** → shape: where pictures enter. */
export const input = defineOp({
  title: 'Input',
  help: 'Where pictures enter: height, width, channels.',
  source: 'https://keras.io/api/layers/core_layers/input/',
  category: 'ends',
  arity: 0,
  params: {
    shape: intList({
      min: 1,
      max: 65536,
      maxLength: 3,
      default: [96, 96, 1],
      help: '[height, width, channels]',
    }),
  },
  infer: (_, { shape }) => ({ shape }),
});

/** Any shape → the same: what the network answers, as logits (before softmax; the loss applies it). */
export const output = defineOp({
  title: 'Output',
  help: 'What the network answers: one number a class (logits).',
  source: 'https://www.tensorflow.org/api_docs/python/tf/nn/softmax_cross_entropy_with_logits',
  category: 'ends',
  arity: 1,
  params: {},
  infer: ([x]) => ({ shape: x as readonly number[] }),
  activationBytes: () => 0,
});
