import { cifarDrawing, depthProblem } from './cifar-layout.ts';
import type { Kind } from './kind.ts';

/** Smith 2017, section 3.3, with a rate that grows by one factor a step. */
export const learningRateRange: Kind = {
  id: 'learning-rate-range',
  title: 'Learning rate range test',
  question: 'How long may a step be?',
  help: 'One short training in which the learning rate grows at every step. At first the loss hardly moves, then it falls, then it breaks out. A good rate lies where it falls.',
  source: 'https://arxiv.org/abs/1506.01186',
  axis: {
    fact: 'depth',
    title: 'Depths',
    help: 'Layers with weights, 6n + 2.',
    defaults: [20],
    problem: depthProblem,
  },
  size: 8,
  recipe: { batch: 64, limit: 6400, optimizer: 'momentum' },
  seeds: 3,
  variants: ({ values }) =>
    values.map((depth) => ({
      id: `range-${depth}`,
      label: `Residual, ${depth} layers`,
      facts: { depth },
      drawing: cifarDrawing(depth, 8, 'auto'),
      recipe: {},
      how: { kind: 'range' as const, from: 1e-5, to: 10, steps: 120 },
    })),
};
