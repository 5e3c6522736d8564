import type { StemmaDocument } from '../../document/model.ts';
import { findTemplate } from '../../templates/index.ts';
import { drawingOf } from '../drawings.ts';
import type { Kind, KindOptions } from './kind.ts';

const BLOCKS = 2;
const STAGES = 3;
const STEM = 16;
const FILTERS = 64;
/** Channels of the 3×3 convolution where there is one group; of those that suit 1 to 32 groups the best: within 2 %. */
const WIDTH = 57;

/**
 * Multiply-adds of all blocks, per pixel of the first stage, as far as they change with the width of the first stage's
 * grouped convolution. Each stage is twice as wide on a quarter of the pixels.
 */
function costOf(width: number, groups: number): number {
  let [cost, channels] = [0, STEM];
  for (let stage = 0; stage < STAGES; stage++) {
    const pixels = 4 ** -stage;
    const [inner, filters] = [width * 2 ** stage, FILTERS * 2 ** stage];
    for (let block = 0; block < BLOCKS; block++) {
      const before = block === 0 && stage > 0 ? 4 * pixels : pixels;
      cost += before * channels * inner + pixels * ((9 * inner ** 2) / groups + inner * filters);
      channels = filters;
    }
  }
  return cost;
}

/** Xie et al. 2017, table 2: the multiple of the groups at which they cost most nearly what one group of `WIDTH` does. */
export function widthFor(groups: number): number {
  const aim = costOf(WIDTH, 1);
  let width = groups;
  while (costOf(width + groups, groups) <= aim) width += groups;
  const [below, above] = [aim - costOf(width, groups), costOf(width + groups, groups) - aim];
  return above < below ? width + groups : width;
}

function drawing({ input, classes }: KindOptions, groups: number, width: number): StemmaDocument {
  const stages = Array.from({ length: STAGES }, (_, i) => [BLOCKS, FILTERS * 2 ** i]);
  const set = { stages, groups, stem: 'cifar', stemFilters: STEM };
  const built = findTemplate('resnext50_32x4d').build({ input, classes, flavour: 'torchvision', set });
  const nodes = built.nodes.map((node) =>
    node.type === 'resnext-stage'
      ? { ...node, params: { ...node.params, bottleneckMultiplier: width / FILTERS } }
      : node,
  );
  return { ...built, nodes, title: labelOf(groups, width) };
}

const labelOf = (groups: number, width: number) => `${groups} × ${width / groups}d`;

/** Xie et al. 2017, section 5.1: more paths at equal cost. */
export const cardinality: Kind = {
  id: 'cardinality',
  title: 'Cardinality',
  question: 'Many narrow paths, or one wide one?',
  help: 'ResNeXt blocks with more and more groups. With more groups a block becomes cheaper, so it is made wider until it costs the same again; the table says by how much they differ.',
  source: 'https://arxiv.org/abs/1611.05431',
  axis: {
    fact: 'groups',
    title: 'Groups',
    help: 'Paths beside each other in a block.',
    defaults: [1, 2, 4, 8, 16, 32],
    problem: (value) =>
      Number.isInteger(value) && value >= 1 && value <= 64
        ? undefined
        : `A number of groups is whole, from 1 to 64; received ${value}.`,
  },
  size: 8,
  recipe: {
    batch: 64,
    limit: 3200,
    epochs: 4,
    learningRate: 0.05,
    optimizer: 'momentum',
    schedule: 'cosine',
  },
  seeds: 3,
  variants: (options) =>
    options.values.map((groups) => {
      const width = widthFor(groups);
      return {
        id: `groups-${groups}`,
        label: labelOf(groups, width),
        facts: { groups, width },
        drawing: drawingOf(drawing(options, groups, width)),
        recipe: {},
        how: { kind: 'train' as const },
      };
    }),
};
