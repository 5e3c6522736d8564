import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyEdit, type Edit, removeNode } from '../document/edits.ts';
import { groupNodes } from '../document/group.ts';
import type { DocNode, StemmaDocument } from '../document/model.ts';
import { anyDrawing } from '../lower/any-drawing.ts';
import { findTemplate } from '../templates/index.ts';
import { defaultOptions } from '../templates/template.ts';
import { drawingChanges } from './changes.ts';
import { documentDifference, isSameDrawing } from './document-difference.ts';
import { applied } from './testing-apply.ts';

const template = (id: string, set = {}) => findTemplate(id).build({ ...defaultOptions, set });
const words = (before: StemmaDocument, after: StemmaDocument) =>
  drawingChanges(documentDifference(before, after), before, after).map((c) => `${c.kind} ${c.text}`);

test('a drawing does not differ from itself, wherever its nodes lie', () => {
  fc.assert(
    fc.property(anyDrawing, (drawing) => {
      const moved = { ...drawing, nodes: drawing.nodes.map((n) => ({ ...n, x: n.x + 50, y: -n.y })) };
      for (const other of [drawing, moved]) {
        const difference = documentDifference(drawing, other);
        expect(isSameDrawing(difference)).toBe(true);
        expect(difference.recipe).toEqual([]);
        expect(drawingChanges(difference, drawing, other)).toEqual([]);
      }
    }),
  );
});

/** One thing that a person does, on the node that a number points at. */
const anyAct = fc.record({
  act: fc.constantFrom('remove', 'add', 'set', 'rename', 'wire', 'cut'),
  at: fc.nat(30),
  other: fc.nat(30),
  value: fc.integer({ min: 100, max: 10_000 }),
});

function editOf(
  { nodes, wires }: StemmaDocument,
  { act, at, other, value }: typeof anyAct extends fc.Arbitrary<infer T> ? T : never,
  i: number,
): Edit {
  const node = nodes[at % Math.max(1, nodes.length)] as DocNode | undefined;
  const wire = wires[at % Math.max(1, wires.length)];
  const put = (id: string, value: DocNode | null): Edit => ({
    label: act,
    changes: [{ put: 'node', id, value }],
  });
  const id = `new${i}`;
  if (act === 'add') return put(id, { id, name: id, type: 'conv2d', params: { filters: value }, x: 0, y: 0 });
  if (act === 'cut' && wire) return { label: act, changes: [{ put: 'wire', to: wire.to, value: null }] };
  if (!node) return { label: act, changes: [] };
  if (act === 'remove') return put(node.id, null);
  if (act === 'rename') return put(node.id, { ...node, name: id });
  if (act === 'set') return put(node.id, { ...node, params: { ...node.params, filters: value } });
  const from = nodes[other % nodes.length] as DocNode;
  const to = { node: node.id, port: 'in' };
  return { label: act, changes: [{ put: 'wire', to, value: { from: { node: from.id, port: 'out' }, to } }] };
}

const shownNode = ({ id, name, type, params }: DocNode) => ({ id, name, type, params });

test('what was edited is told: the first drawing with the difference is the second', () => {
  fc.assert(
    fc.property(anyDrawing, fc.array(anyAct, { maxLength: 8 }), (before, acts) => {
      const after = acts.reduce((d, act, i) => applyEdit(d, editOf(d, act, i)).document, before);
      const result = applied(before, documentDifference(before, after));
      const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
      const meant = after.nodes.map(shownNode);
      // A parameter written out that is what the other takes by default is no difference.
      expect(result.nodes.sort(byId).map(({ id, name, type }) => ({ id, name, type }))).toEqual(
        meant.sort(byId).map(({ id, name, type }) => ({ id, name, type })),
      );
      expect(result.wires).toEqual(applied(after, documentDifference(after, after)).wires);
    }),
  );
});

test('and nothing else: what kept its id is told as changed only where it is', () => {
  fc.assert(
    fc.property(anyDrawing, fc.array(anyAct, { maxLength: 3 }), (before, acts) => {
      const after = acts.reduce((d, act, i) => applyEdit(d, editOf(d, act, i)).document, before);
      const kept = before.nodes.filter((n) => after.nodes.some((m) => m.id === n.id));
      fc.pre(kept.length * 2 >= Math.min(before.nodes.length, after.nodes.length));
      const { added, removed, changed, matches } = documentDifference(before, after);
      const idsOf = (nodes: readonly DocNode[]) => nodes.map((n) => n.id).sort();
      // Names that were doubled before the edits leave it open which node is which.
      fc.pre(new Set(before.nodes.map((n) => n.name)).size === before.nodes.length);
      expect(idsOf(removed)).toEqual(idsOf(before.nodes.filter((n) => !kept.includes(n))));
      expect(idsOf(added)).toEqual(
        idsOf(after.nodes.filter((n) => !before.nodes.some((m) => m.id === n.id))),
      );
      expect([...matches].every(([a, b]) => a === b)).toBe(true);
      const touched = kept.filter((n) => after.nodes.find((m) => m.id === n.id) !== n);
      expect(idsOf(changed.map((c) => c.before))).toEqual(idsOf(touched));
    }),
  );
});

test('templates by their names: what stages have more, or other blocks', () => {
  expect(words(template('resnet18'), template('resnet34'))).toEqual([
    'changed stage1: count 2 → 3',
    'changed stage2: count 2 → 4',
    'changed stage3: count 2 → 6',
    'changed stage4: count 2 → 3',
  ]);
  expect(words(template('resnet50'), template('resnext50_32x4d'))[0]).toMatch(
    /^changed stage1: Residual stage → ResNeXt stage, .*filters 64 → 256, .*groups – → 32/,
  );
  expect(words(template('resnet18'), template('resnet18', { shortcut: 'none' }))).toHaveLength(4);
});

test('a default that is written out is no difference', () => {
  const { nodes, ...rest } = template('resnet18');
  const bare = { ...rest, nodes: nodes.map((n) => (n.type === 'stem' ? { ...n, params: {} } : n)) };
  const written = documentDifference({ ...rest, nodes }, bare).changed.flatMap((c) => c.params);
  expect(written.every((c) => c.key !== 'filters')).toBe(true);
});

test('drawings from elsewhere by their structure', () => {
  const before = template('resnet18', { detail: 'blocks' });
  const called = (id: string) => `x-${id.replace('/', '-')}`;
  const after: StemmaDocument = {
    ...before,
    nodes: before.nodes.map((n) => ({ ...n, id: called(n.id), name: `${called(n.name)}b` })),
    wires: before.wires.map(({ from, to }) => ({
      from: { ...from, node: called(from.node) },
      to: { ...to, node: called(to.node) },
    })),
  };
  const { matches, added, removed, wiresAdded } = documentDifference(before, after);
  expect([added, removed, wiresAdded]).toEqual([[], [], []]);
  expect([...matches].every(([a, b]) => b === called(a))).toBe(true);
  const [, second] = after.nodes.filter((n) => n.type === 'residual') as [DocNode, DocNode];
  const without = applyEdit(after, removeNode(after, second.id, true)).document;
  expect(documentDifference(before, without).removed.map((n) => n.type)).toEqual(['residual']);
});

test('blocks of one’s own: what changed inside is told once', () => {
  const base = template('resnet18', { detail: 'blocks' });
  const grouped = applyEdit(base, groupNodes(base, ['stage1/0', 'stage1/1'], { name: 'Pair' })).document;
  const [block] = grouped.blocks;
  if (!block) throw new Error('no block was made');
  const wider = {
    ...block,
    repeat: 2,
    nodes: block.nodes.map((n) =>
      n.type === 'residual' ? { ...n, params: { ...n.params, filters: 32 } } : n,
    ),
  };
  expect(words(grouped, { ...grouped, blocks: [wider] })).toEqual([
    'changed Block Pair: repeat 1 → 2',
    expect.stringMatching(/^changed In block Pair: .*: filters 64 → 32$/),
    expect.stringMatching(/^changed In block Pair: .*: filters 64 → 32$/),
  ]);
});

test('a wire between nodes that stay is told; one of a node that went is not', () => {
  const before = template('resnet18');
  const [, , second] = before.nodes.map((n) => n.id);
  const nodes = before.nodes.filter((n) => n.id !== 'stage2');
  const bypass = { from: { node: 'stage1', port: 'out' }, to: { node: 'stage3', port: 'in' } };
  const wires = before.wires.filter((w) => w.from.node !== 'stage2' && w.to.node !== 'stage2');
  expect(second).toBe('stage1');
  expect(words(before, { ...before, nodes, wires: [...wires, bypass] })).toEqual([
    'removed stage2 (Residual stage)',
    'added Wire stage1 → stage3',
  ]);
});

test('recipes by what they mean', () => {
  const drawing = template('resnet18');
  const given = { ...drawing, recipe: { learningRate: 0.01, batch: 64 } };
  expect(documentDifference(drawing, given).recipe).toEqual([{ key: 'batch', before: 32, after: 64 }]);
});
