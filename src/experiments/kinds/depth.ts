import type { Kind } from './kind.ts';

const templates: Readonly<Record<number, string>> = { 18: 'resnet18', 34: 'resnet34', 50: 'resnet50' };

/** A quarter of the papers' widths, with the stem for small pictures, so that three depths take minutes. */
const drawing = (depth: number, width: number) => {
  const blocks = depth === 18 ? [2, 2, 2, 2] : [3, 4, 6, 3];
  const stages = blocks.map((count, i) => [count, width * 2 ** i]);
  const set = { stages, stem: 'cifar', stemFilters: width };
  return { template: templates[depth] ?? 'resnet18', flavour: 'torchvision' as const, set };
};

/** He et al. 2015, table 1: ResNet-18, -34 and -50. */
export const depth: Kind = {
  id: 'depth',
  title: 'Depth',
  question: 'Does a deeper network learn better?',
  help: 'ResNet-18, -34 and -50, a quarter as wide as in the paper, all trained alike. The deeper ones cost more; see what they give for it.',
  source: 'https://arxiv.org/abs/1512.03385',
  axis: {
    fact: 'depth',
    title: 'Depths',
    help: '18, 34 or 50.',
    defaults: [18, 34, 50],
    problem: (value) => (templates[value] ? undefined : `A depth here is 18, 34 or 50; received ${value}.`),
  },
  size: 16,
  recipe: {
    batch: 64,
    limit: 3200,
    epochs: 4,
    learningRate: 0.05,
    optimizer: 'momentum',
    schedule: 'cosine',
  },
  seeds: 3,
  variants: ({ values }) =>
    values.map((value) => ({
      id: `resnet-${value}`,
      label: `ResNet-${value}`,
      facts: { depth: value },
      drawing: drawing(value, 16),
      recipe: {},
      how: { kind: 'train' as const },
    })),
};
