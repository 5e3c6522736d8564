/** For tests: any drawing at all, as edits by hand could make it, whether or not a file could hold it. */
import fc from 'fast-check';
import {
  type CustomBlock,
  type DocNode,
  emptyDocument,
  type Note,
  type StemmaDocument,
  type Wire,
} from '../document/model.ts';
import type { ParamValue } from '../schema/params.ts';
import { portsOf } from './node-types.ts';

const types = [
  ...['conv2d', 'conv2d', 'dense', 'batchNorm', 'activation', 'maxPool', 'avgPool', 'globalAvgPool'],
  ...['add', 'add', 'multiply', 'concat', 'zeroPadding', 'flatten', 'reshape'],
  ...['residual', 'bottleneck', 'resnext', 'residual-stage', 'resnext-stage', 'stem', 'head'],
  ...['custom/a', 'custom/a', 'custom/b', 'custom/b'],
];
/** What breaks a drawing wherever it is, or inside a block. */
const broken = ['input', 'output', 'gone', 'block-input', 'block-output', 'custom/c'];

/** Which of the step's parameters a type takes. */
const used: Readonly<Record<string, readonly string[]>> = {
  conv2d: ['filters', 'strides', 'groups', 'padding', 'dilationRate'],
  maxPool: ['strides', 'padding'],
  avgPool: ['strides', 'padding'],
  residual: ['filters', 'strides', 'shortcut'],
  bottleneck: ['filters', 'strides', 'shortcut'],
  resnext: ['filters', 'strides', 'groups', 'shortcut'],
  'residual-stage': ['filters', 'strides', 'shortcut', 'count'],
  'resnext-stage': ['filters', 'count'],
  stem: ['filters'],
  add: ['inputs'],
  concat: ['inputs'],
  'custom/a': ['repeat'],
  'custom/b': ['repeat'],
};

const anyStep = fc.record({
  type: fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom(...types) },
    { weight: 1, arbitrary: fc.constantFrom(...broken) },
  ),
  name: fc.oneof(
    { weight: 8, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: fc.constantFrom('s', 's/0', 's/0/conv1', 's/0/b', 'in') },
  ),
  params: fc.record({
    filters: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(16, 32, 64, -1, 0.5, 1e9, Number.NaN)),
    strides: fc.integer({ min: 1, max: 3 }),
    groups: fc.integer({ min: 1, max: 4 }),
    padding: fc.constantFrom('same', 'valid', 'other'),
    dilationRate: fc.constantFrom(1, 1, 2),
    shortcut: fc.constantFrom('auto', 'identity', 'projection', 'none'),
    inputs: fc.integer({ min: 2, max: 3 }),
    repeat: fc.constantFrom(1, 1, 2, 3),
    count: fc.integer({ min: 1, max: 2 }),
  }),
  keep: fc.integer({ min: 0, max: 511 }),
  sources: fc.array(fc.nat(20), { minLength: 3, maxLength: 3 }),
  wired: fc.nat(12),
});
type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never;

/** Nodes after `before`, mostly wired to nodes before them. */
function draw(before: readonly DocNode[], steps: readonly Step[], blocks: readonly CustomBlock[]) {
  const nodes = [...before];
  steps.forEach(({ type, name, params, keep }, i) => {
    const kept = (used[type] ?? []).filter((_, k) => (keep >> k) & 1);
    const given = Object.fromEntries(kept.map((key) => [key, params[key as keyof typeof params]]));
    nodes.push({ id: `n${i}`, type, name: name || `n${i}`, params: given, x: 0, y: i * 100 });
  });
  const wires: Wire[] = [];
  steps.forEach(({ sources, wired }, i) => {
    const at = i + before.length;
    const node = nodes[at] as DocNode;
    const ports = [...portsOf(node, blocks).inputs.slice(0, 3), ...(wired === 12 ? ['nope'] : [])];
    ports.forEach((port, k) => {
      if (wired === k) return;
      // Sometimes from anywhere, itself too: cycles belong to the game.
      const source = nodes[(sources[k] ?? 0) % (wired === 9 ? nodes.length : Math.max(1, at))] as DocNode;
      const out = wired === 11 ? 'nope' : (portsOf(source, blocks).outputs[0] ?? 'out');
      wires.push({ from: { node: source.id, port: out }, to: { node: node.id, port } });
    });
  });
  return { nodes, wires };
}

const end = (id: string, type: string, params: Readonly<Record<string, ParamValue>> = {}): DocNode => ({
  ...{ id, type, name: id, params, x: 0, y: 1000 },
});

/** Custom blocks a, which may use b and itself, and b; 'custom/c' is there for nobody. */
const anyBlocks = fc
  .array(fc.array(anyStep, { maxLength: 3 }), { minLength: 2, maxLength: 2 })
  .map(([a = [], b = []]) => {
    const blocks: CustomBlock[] = [];
    for (const [name, steps] of [
      ['b', b],
      ['a', a],
    ] as const) {
      const { nodes, wires } = draw([end('in', 'block-input')], steps, blocks);
      const last = nodes.findLast((n) => portsOf(n, blocks).outputs.length > 0) as DocNode;
      const port = portsOf(last, blocks).outputs[0] as string;
      nodes.push(end('out', 'block-output'));
      wires.push({ from: { node: last.id, port }, to: { node: 'out', port: 'in' } });
      const exposed = steps.slice(0, 1).flatMap((s) =>
        (used[s.type] ?? []).slice(0, 1).map((param) => ({
          ...{ name: param, node: 'n0', param, firstOnly: true },
        })),
      );
      blocks.unshift({ type: `custom/${name}`, title: name, repeat: 1, exposed, nodes, wires });
    }
    return blocks;
  });

const place = { x: -20, y: 50, width: 400, height: 300 };
const notes: readonly Note[] = [
  { id: 'note:1', kind: 'frame', text: 'around', ...place },
  { id: 'note:2', kind: 'comment', text: 'beside', ...place, x: 300 },
];

/** Odd wires, cycles, ports and types that are gone, absurd parameters, equal paths, blocks with a broken inside. */
export const anyDrawing: fc.Arbitrary<StemmaDocument> = fc
  .record({
    size: fc.tuple(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 6 }),
    ),
    steps: fc.array(anyStep, { maxLength: 8 }),
    blocks: anyBlocks,
    last: fc.nat(20),
    ends: fc.boolean(),
  })
  .map(({ size, steps, blocks, last, ends }) => {
    const { nodes, wires } = draw([{ ...end('in', 'input', { shape: size }), y: 0 }], steps, blocks);
    if (ends) {
      const from = nodes[last % nodes.length] as DocNode;
      const port = portsOf(from, blocks).outputs[0] ?? 'out';
      wires.push({ from: { node: from.id, port }, to: { node: 'out', port: 'in' } });
      nodes.push(end('out', 'output'));
    }
    return { ...emptyDocument(), nodes, wires, blocks, notes };
  });
