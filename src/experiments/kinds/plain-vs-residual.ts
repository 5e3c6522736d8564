import { cifarDrawing, depthProblem } from './cifar-layout.ts';
import type { Kind } from './kind.ts';

const WIDTH = 8;

/** He et al. 2015, figure 6, on pictures that a processor learns in minutes. */
export const plainVsResidual: Kind = {
  id: 'plain-vs-residual',
  title: 'Plain against residual',
  question: 'Why does the plain net fail?',
  help: 'The same network with and without its skips, at growing depth. Deeper should never be worse on the pictures that it is trained on: it could leave the added layers idle. Watch the training loss.',
  source: 'https://arxiv.org/abs/1512.03385',
  axis: {
    fact: 'depth',
    title: 'Depths',
    help: 'Layers with weights, 6n + 2.',
    defaults: [20, 32, 56],
    problem: depthProblem,
  },
  size: 8,
  recipe: { batch: 64, limit: 3200, epochs: 5, learningRate: 0.1, optimizer: 'momentum' },
  seeds: 3,
  variants: ({ values }) =>
    values.flatMap((depth) =>
      (['none', 'auto'] as const).map((shortcut) => ({
        id: `${shortcut === 'none' ? 'plain' : 'residual'}-${depth}`,
        label: `${shortcut === 'none' ? 'Plain' : 'Residual'}, ${depth} layers`,
        facts: { depth, shortcut },
        drawing: cifarDrawing(depth, WIDTH, shortcut),
        recipe: {},
        how: { kind: 'train' as const },
      })),
    ),
};
