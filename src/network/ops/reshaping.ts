import { intList, number } from '../../schema/params.ts';
import { defineOp, problem } from '../op.ts';
import { elementsOf, showShape } from '../shape.ts';

/** [a, b, …] → [a·b·…], row-major, as Keras flattens. */
export const flatten = defineOp({
  title: 'Flatten',
  help: 'Lays all numbers in one row.',
  source: 'https://keras.io/api/layers/reshaping_layers/flatten/',
  category: 'shape',
  arity: 1,
  params: {},
  infer: ([input]) => ({ shape: [elementsOf(input as readonly number[])] }),
  activationBytes: () => 0,
});

/** Any shape → targetShape with as many numbers. */
export const reshape = defineOp({
  title: 'Reshape',
  help: 'The same numbers in another shape.',
  source: 'https://keras.io/api/layers/reshaping_layers/reshape/',
  category: 'shape',
  arity: 1,
  params: {
    targetShape: intList({
      min: 1,
      maxLength: 3,
      default: [1, 1, 64],
      help: 'The new shape, without the batch.',
    }),
  },
  infer([input], { targetShape }) {
    const x = input as readonly number[];
    if (elementsOf(x) === elementsOf(targetShape)) return { shape: targetShape };
    return {
      shape: targetShape,
      problem: problem(
        'shape/reshape',
        `${elementsOf(targetShape)} numbers`,
        `${elementsOf(x)} numbers`,
        `reshapes ${showShape(x)} into ${showShape(targetShape)}, which holds ${elementsOf(targetShape)} numbers, not ${elementsOf(x)}.`,
      ),
    };
  },
  activationBytes: () => 0,
});

/** Any shape → the same; in training a share of numbers is set to 0 and the rest scaled by 1/(1 − rate). */
export const dropout = defineOp({
  title: 'Dropout',
  help: 'In training, sets a random share of numbers to zero so that none is relied upon.',
  source: 'https://jmlr.org/papers/v15/srivastava14a.html',
  category: 'activation',
  arity: 1,
  params: { rate: number({ min: 0, max: 0.99, default: 0.5, help: 'Share set to zero.' }) },
  infer: ([input]) => ({ shape: input as readonly number[] }),
});
