import { expect, test } from 'vitest';
import { expose, removeUnusedBlocks, setBlockMeta, unexpose } from '../document/block-edits.ts';
import { addNode, applyEdit, connect, type Edit, removeNode, rename, setParams } from '../document/edits.ts';
import { readDocument, writeDocument } from '../document/file.ts';
import { groupNodes } from '../document/group.ts';
import { insideOf, intoBlock } from '../document/inside.ts';
import type { StemmaDocument } from '../document/model.ts';
import { renamePath } from '../document/renames.ts';
import { findTemplate } from '../templates/index.ts';
import { chainDocument } from '../templates/resnet.ts';
import { defaultOptions } from '../templates/template.ts';
import { diagnose, lower, networkOf, schemaOf } from './index.ts';
import { diagnoseInside, fixesInside, shapesOfFirstUse, whereInside } from './inside.ts';

const apply = (document: StemmaDocument, edit: Edit) => {
  const { document: after, inverse } = applyEdit(document, edit);
  expect(applyEdit(after, inverse).document).toEqual(document);
  const text = writeDocument(after);
  expect(writeDocument(readDocument(text, 'f', (type) => schemaOf(type, []) !== undefined))).toBe(text);
  return after;
};
const step = (type: string, name: string, params = {}) => ({ type, name, params });
const chain = chainDocument('t', [
  step('input', 'input', { shape: [16, 16, 3] }),
  step('conv2d', 'c', { filters: 8 }),
  step('batchNorm', 'n'),
  step('activation', 'r'),
  step('head', 'head'),
  step('output', 'output'),
]);
/** custom/pair of c and n, used twice: b, and repeated three times as b2. */
const once = apply(chain, groupNodes(chain, ['c', 'n'], { name: 'pair' }));
const use = addNode(once, { type: 'custom/pair', name: 'b2', id: 'b2', params: { repeat: 3 }, x: 300, y: 0 });
const wired = [
  connect({ node: 'r', port: 'out' }, { node: 'b2', port: 'in' }),
  connect({ node: 'b2', port: 'out' }, { node: 'head', port: 'in' }),
];
const twice = wired.reduce(apply, apply(once, use));
const type = 'custom/pair';
const open = (document: StemmaDocument) => insideOf(document, type, shapesOfFirstUse(lower(document), type));
/** An edit of the inside, put into the document. */
const inside = (document: StemmaDocument, edit: (inner: StemmaDocument) => Edit) => {
  const inner = open(document);
  const outer = intoBlock(document, type, inner, edit(inner));
  return { outer, after: apply(document, outer) };
};

test('the inside is a drawing with the shapes of the first use', () => {
  const lowered = lower(open(twice));
  expect(diagnoseInside(lowered)).toEqual([]);
  expect(lowered.nodes.get('n')?.fragment.outputs[0]?.shape).toEqual([16, 16, 8]);
  const loose = { ...twice, wires: [] };
  const unknown = lower(open(loose));
  expect(diagnoseInside(unknown)).toEqual([]);
  expect(unknown.nodes.get('n')?.fragment.outputs[0]?.shape).toBeNull();
});

test('an inside within an inside knows its shapes too', () => {
  const around = apply(
    twice,
    groupNodes(twice, [twice.nodes.find((n) => n.name === 'pair')?.id ?? '', 'r'], { name: 'outer' }),
  );
  const hidden = apply(around, removeNode(around, 'b2', true));
  expect(shapesOfFirstUse(lower(hidden), type)).toEqual([[16, 16, 3]]);
});

test('an edit inside is one edit of the drawing, and every use follows', () => {
  const { after } = inside(twice, (d) => setParams(d, 'c', { filters: 4 }));
  expect(diagnose(lower(after))).toEqual([]);
  expect(
    networkOf(after)
      .layers.filter((l) => l.op === 'conv2d')
      .map((l) => l.shape[2]),
  ).toEqual([4, 4, 4, 4]);
  expect(after.nodes).toEqual(twice.nodes);
  const moved = inside(twice, (d) => setParams(d, 'in', { shape: [8, 8, 8] }));
  expect(moved.outer.changes).toEqual([]);
});

test('a renamed layer is followed by the weights of every copy', () => {
  const { outer, after } = inside(twice, (d) => rename(d, 'c', 'conv'));
  const renamed = networkOf(twice).layers.map((l) => renamePath(l.path, outer.renamed ?? []));
  expect(networkOf(after).layers.map((l) => l.path)).toEqual(renamed);
  expect(renamed).toContain('b2/2/conv');
});

test('a node that is called as if it were inside stays where it is', () => {
  const other = apply(twice, addNode(twice, { type: 'conv2d', name: 'b2/0/c/x', params: {}, x: 0, y: 0 }));
  const { outer } = inside(other, (d) => rename(d, 'c', 'conv'));
  expect(renamePath('b2/0/c/kernel', outer.renamed ?? [])).toBe('b2/0/conv/kernel');
  expect(renamePath('b2/0/c/x/kernel', outer.renamed ?? [])).toBe('b2/0/c/x/kernel');
});

test('renamed ports are followed, a port that is gone is told, a new one is there', () => {
  const { after } = inside(twice, (d) => rename(d, 'in', 'picture'));
  const both = inside(after, (d) => rename(d, 'out', 'result')).after;
  expect(diagnose(lower(both))).toEqual([]);
  expect(networkOf(both).params).toBe(networkOf(twice).params);
  expect(both.wires.map((w) => w.to.port)).toContain('picture');
  const gone = inside(twice, (d) => removeNode(d, 'in')).after;
  expect(gone.wires).toHaveLength(twice.wires.length);
  expect(new Set(diagnose(lower(gone)).map((d) => d.code))).toContain('graph/unknown-port');
  const more = inside(twice, (d) =>
    addNode(d, { type: 'input', name: 'second', params: {}, x: 0, y: 0 }),
  ).after;
  expect(lower(more).nodes.get('b2')?.ports.inputs).toEqual(['in', 'second']);
  const without = inside(twice, (d) => removeNode(d, 'out'));
  expect(diagnoseInside(lower(open(without.after))).map((d) => d.code)).toContain('block/no-output');
});

test('a block cannot come to contain itself, and may group its inside', () => {
  const itself = (d: StemmaDocument) => addNode(d, { type, params: {}, x: 0, y: 0 });
  expect(() => inside(twice, itself)).toThrow("Block 'pair' would contain itself.");
  const { outer, after } = inside(twice, (d) => groupNodes(d, ['c'], { name: 'pair' }));
  expect(after.blocks.map((b) => b.type)).toEqual([type, 'custom/pair2']);
  const renamed = networkOf(twice).layers.map((l) => renamePath(l.path, outer.renamed ?? []));
  expect(networkOf(after).layers.map((l) => l.path)).toEqual(renamed);
});

test('parameters are exposed, set by a use, and lost with what they set', () => {
  const exposed = apply(twice, expose(twice, type, 'c', 'filters', { firstOnly: true }));
  expect(schemaOf(type, exposed.blocks)?.filters?.default).toBe(8);
  const set = apply(exposed, setParams(exposed, 'b2', { filters: 5 }));
  expect(
    networkOf(set)
      .layers.filter((l) => l.op === 'conv2d')
      .map((l) => l.shape[2]),
  ).toEqual([8, 5, 8, 8]);
  expect(() => expose(set, type, 'c', 'filters')).toThrow(
    "filters of 'c' is a parameter already: 'filters'.",
  );
  const second = apply(set, expose(set, type, 'c', 'repeat'));
  expect(second.blocks[0]?.exposed.at(-1)?.name).toBe('c-repeat');
  const back = apply(set, unexpose(set, type, 'filters'));
  expect(back.nodes.find((n) => n.id === 'b2')?.params).toEqual({ repeat: 3 });
  const { after } = inside(set, (d) => removeNode(d, 'c', true));
  expect(after.blocks[0]?.exposed).toEqual([]);
  expect(diagnose(lower(after))).toEqual([]);
});

test('title and repeat of a block; weights follow; what nobody uses goes', () => {
  const edit = setBlockMeta(twice, type, { title: 'Two', repeat: 2 });
  const after = apply(twice, edit);
  const paths = networkOf(after).layers.map((l) => l.path);
  const name = twice.nodes.find((n) => n.type === type)?.name;
  expect(edit.renamed).toEqual([[{ from: name, to: `${name}/0` }]]);
  expect(paths).toContain(`${name}/1/c`);
  const back = setBlockMeta(after, type, { repeat: 1 });
  expect(back.renamed).toEqual([[{ from: `${name}/0`, to: name }]]);
  expect(() => setBlockMeta(twice, type, { repeat: 0 })).toThrow("Block 'pair': repeat");
  expect(removeUnusedBlocks(twice).changes).toEqual([]);
  const loose = { ...chain, blocks: twice.blocks };
  expect(apply(loose, removeUnusedBlocks(loose)).blocks).toEqual([]);
});

test('a problem inside a block says where to open it, and its fix is an edit inside', () => {
  const broken = inside(twice, (d) => setParams(d, 'c', { groups: 5 })).after;
  const around = apply(broken, groupNodes(broken, ['b2'], { name: 'outer', repeat: 2 }));
  const problem = diagnose(lower(around)).find((d) => d.layer?.startsWith('0/b2/0/'));
  expect(whereInside(around, problem ?? {})).toEqual({ type, nodeId: 'c' });
  expect(whereInside(around, { nodeId: 'c', layer: 'x' })).toBeUndefined();
  const inner = lower(open(broken));
  const [told] = diagnoseInside(inner);
  const [fix] = fixesInside(inner, told ?? expect.fail());
  expect(fix?.title).toBe('Set groups to 1');
  const mended = apply(broken, intoBlock(broken, type, inner.document, fix?.edit ?? expect.fail()));
  expect(diagnose(lower(mended))).toEqual([]);
});

test('an input in the inside of a small picture is not offered a larger one', () => {
  const drawing = findTemplate('resnet18').build(defaultOptions);
  const small = apply(drawing, setParams(drawing, 'input', { shape: [8, 8, 1] }));
  const valid = apply(small, groupNodes(small, ['stem'], { name: 'pair' }));
  const inner = inside(valid, (d) =>
    addNode(d, {
      type: 'conv2d',
      id: 'k',
      name: 'k',
      params: { padding: 'valid', kernelSize: 9 },
      x: 0,
      y: 0,
    }),
  ).after;
  const wiredUp = inside(inner, () => connect({ node: 'in', port: 'out' }, { node: 'k', port: 'in' })).after;
  const lowered = lower(open(wiredUp));
  const told = diagnoseInside(lowered).find((d) => d.code === 'shape/too-small');
  const titles = fixesInside(lowered, told ?? expect.fail()).map((f) => f.title);
  expect(titles).toEqual(["Set padding of 'k' to same", "Remove 'k'"]);
});
