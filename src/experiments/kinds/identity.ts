import { invariant } from '../../base/errors.ts';
import type { DocNode, StemmaDocument } from '../../document/model.ts';
import { findTemplate } from '../../templates/index.ts';
import { drawingOf } from '../drawings.ts';
import type { ExperimentVariant } from '../experiment.ts';
import { blocksOf, cifarStages, depthProblem } from './cifar-layout.ts';
import type { Kind, KindOptions } from './kind.ts';

const WIDTH = 8;
export const INSERTED = 'inserted';

function trained({ input, classes }: KindOptions, depth: number): StemmaDocument {
  const set = { stages: cifarStages(blocksOf(depth), WIDTH), stemFilters: WIDTH, detail: 'blocks' };
  const built = findTemplate('resnet20-cifar').build({ input, classes, flavour: 'torchvision', set });
  return { ...built, title: 'Trained network' };
}

/** A block like the last of the second stage, behind it. */
function withBlock(
  document: StemmaDocument,
  depth: number,
  shortcut: 'identity' | 'none',
  title: string,
): StemmaDocument {
  const before = document.nodes.find((node) => node.name === `stage2/${blocksOf(depth) - 1}`);
  const wire = document.wires.find(({ from }) => from.node === before?.id);
  invariant(before && wire, 'a second stage in the template');
  const block: DocNode = {
    ...before,
    ...{ id: INSERTED, name: INSERTED, x: before.x + 320 },
    params: { ...before.params, strides: [1, 1], shortcut },
  };
  const wires = document.wires.flatMap((w) =>
    w === wire
      ? [
          { from: wire.from, to: { node: INSERTED, port: 'in' } },
          { from: { node: INSERTED, port: 'out' }, to: wire.to },
        ]
      : [w],
  );
  return { ...document, title, nodes: [...document.nodes, block], wires };
}

function inserted(
  base: StemmaDocument,
  depth: number,
  id: string,
  label: string,
  shortcut: 'identity' | 'none',
  zero: boolean,
): ExperimentVariant {
  return {
    ...{ id: `${id}-${depth}`, label },
    facts: { depth, inserted: shortcut === 'none' ? 'plain' : 'residual', zero },
    drawing: drawingOf(withBlock(base, depth, shortcut, label)),
    recipe: {},
    // With a scale of 0 the last batch norm answers 0 whatever it is given: f(x) = 0.
    how: {
      kind: 'insert',
      base: `trained-${depth}`,
      zero: zero ? [`${INSERTED}/bn2/gamma`, `${INSERTED}/bn2/beta`] : [],
    },
  };
}

/** He et al. 2015, section 1: added layers can be an identity. Zero-initialised branches: Goyal et al. 2017, section 5.1. */
export const identity: Kind = {
  id: 'identity',
  title: 'Identity',
  question: 'What does a block do before it has learned anything?',
  help: 'A network is trained, then one more block is put into it, untrained. A residual block whose branch is zero passes on what it is given: no answer changes. A plain block passes on only what its own convolutions make of it.',
  source: 'https://arxiv.org/abs/1706.02677',
  axis: {
    fact: 'depth',
    title: 'Depths',
    help: 'Layers with weights of the trained network, 6n + 2.',
    defaults: [20],
    problem: depthProblem,
  },
  size: 8,
  recipe: { batch: 64, limit: 3200, epochs: 3, learningRate: 0.1, optimizer: 'momentum' },
  seeds: 3,
  variants: (options) =>
    options.values.flatMap((depth) => {
      const base = trained(options, depth);
      return [
        {
          ...{ id: `trained-${depth}`, label: 'As trained', facts: { depth, inserted: 'none', zero: false } },
          ...{ drawing: drawingOf(base), recipe: {}, how: { kind: 'train' as const } },
        },
        inserted(base, depth, 'residual-zero', 'With a residual block, branch zero', 'identity', true),
        inserted(base, depth, 'residual-random', 'With a residual block, branch random', 'identity', false),
        inserted(base, depth, 'plain-random', 'With a plain block', 'none', false),
      ];
    }),
};
