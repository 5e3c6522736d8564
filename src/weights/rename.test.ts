import { expect, test } from 'vitest';
import { applyEdit, chain, connect, type Edit, rename, setParams } from '../document/edits.ts';
import { groupNodes } from '../document/group.ts';
import { perform, startHistory, undo } from '../document/history.ts';
import { type DocNode, emptyDocument, type StemmaDocument } from '../document/model.ts';
import { networkOf } from '../lower/index.ts';
import { initialise } from './initialise.ts';
import { renameWeights } from './rename.ts';
import type { Weights } from './tensors.ts';

const node = (id: string, type: string, params: DocNode['params'] = {}): DocNode => ({
  id,
  type,
  name: id,
  params,
  x: 0,
  y: 0,
});
const nodes = [
  node('in', 'input', { shape: [4, 4, 2] }),
  node('b', 'residual', { filters: 2 }),
  node('b/x', 'residual', { filters: 2 }),
  node('c', 'residual', { filters: 2 }),
  node('head', 'head'),
  node('out', 'output'),
];
const drawing = nodes.slice(1).reduce<StemmaDocument>(
  (d, to, i) => {
    const from = { node: nodes[i]?.id ?? '', port: 'out' };
    return applyEdit(d, connect(from, { node: to.id, port: 'in' })).document;
  },
  { ...emptyDocument(), nodes },
);

/** Weights follow an edit: what the new drawing's paths find are the tensors of the old one, in the same places. */
function follow(document: StemmaDocument, weights: Weights, edit: Edit): [StemmaDocument, Weights] {
  const { document: after, inverse } = applyEdit(document, edit);
  const moved = renameWeights(weights, edit.renamed);
  expect([...moved.keys()].sort()).toEqual([...initialise(networkOf(after), 1).keys()].sort());
  expect([...renameWeights(moved, inverse.renamed)]).toEqual([...weights]);
  return [after, moved];
}

const start = initialise(networkOf(drawing), 1);
const values = (weights: Weights) => [...weights.values()];

test('weights of a renamed node follow, and those of a node named like a part of it stay', () => {
  const [, moved] = follow(drawing, start, rename(drawing, 'b', 'd'));
  expect(values(moved)).toEqual(values(start));
  expect(moved.get('d/conv1/kernel')).toBe(start.get('b/conv1/kernel'));
  expect(moved.get('b/x/conv1/kernel')).toBe(start.get('b/x/conv1/kernel'));
  follow(drawing, start, rename(drawing, 'c', 'b/x/y'));
});

test('weights of two nodes that swap their names are swapped', () => {
  const swap = chain(drawing, 'Swap', [
    (d) => rename(d, 'b', 'spare'),
    (d) => rename(d, 'c', 'b'),
    (d) => rename(d, 'b', 'c'),
  ]);
  const [, moved] = follow(drawing, start, swap);
  expect(moved.get('c/conv1/kernel')).toBe(start.get('b/conv1/kernel'));
  expect(moved.get('b/conv1/kernel')).toBe(start.get('c/conv1/kernel'));
});

test('weights of a grouped drawing follow, where the block is called as a node in it too', () => {
  const [grouped, moved] = follow(drawing, start, groupNodes(drawing, ['b', 'b/x', 'c'], { name: 'b' }));
  expect(values(moved)).toEqual(values(start));
  expect(moved.get('b/b/x/conv1/kernel')).toBe(start.get('b/x/conv1/kernel'));
  const [, back] = follow(
    grouped,
    moved,
    applyEdit(drawing, groupNodes(drawing, ['b', 'b/x', 'c'], { name: 'b' })).inverse,
  );
  expect([...back]).toEqual([...start]);
});

test('the first copy keeps its weights when a block is repeated, and when it is not any more', () => {
  const grouped = applyEdit(drawing, groupNodes(drawing, ['b/x', 'c'], { name: 'g' })).document;
  const once = initialise(networkOf(grouped), 1);
  const edit = setParams(grouped, 'g', { repeat: 2 });
  const twice = applyEdit(grouped, edit).document;
  const moved = renameWeights(once, edit.renamed);
  const wanted = initialise(networkOf(twice), 1);
  expect([...moved.keys()].every((path) => wanted.has(path))).toBe(true);
  expect(moved.get('g/0/c/conv1/kernel')).toBe(once.get('g/c/conv1/kernel'));
  const back = renameWeights(wanted, setParams(twice, 'g', { repeat: 1 }).renamed);
  expect(back.get('g/c/conv1/kernel')).toBe(wanted.get('g/0/c/conv1/kernel'));
  expect(setParams(twice, 'g', { repeat: 3 }).renamed).toBeUndefined();
  const repeated = groupNodes(drawing, ['b/x', 'c'], { name: 'g', repeat: 2 });
  expect(renameWeights(start, repeated.renamed).has('g/0/c/conv1/kernel')).toBe(true);
});

test('a merged gesture and its undo lead there and back', () => {
  let history = startHistory(drawing);
  let weights: Weights = start;
  for (const name of ['d', 'e', 'f']) {
    const edit = rename(history.document, 'b', name);
    weights = renameWeights(weights, edit.renamed);
    history = perform(history, edit, { merge: 'typing' });
  }
  expect(history.past).toHaveLength(1);
  expect([...renameWeights(weights, history.past[0]?.renamed)]).toEqual([...start]);
  expect(undo(history).document).toEqual(drawing);
});

test('weights of a node that is gone give way', () => {
  const old = new Map([...start, ['d/conv1/kernel', { shape: [1], data: Float32Array.of(7) }]]);
  const moved = renameWeights(old, rename(drawing, 'b', 'd').renamed);
  expect(moved.get('d/conv1/kernel')).toBe(start.get('b/conv1/kernel'));
});
