import { beforeEach, expect, test } from 'vitest';
import { applyEdit } from '../../src/document/edits.ts';
import { findTemplate } from '../../src/templates/index.ts';
import { defaultOptions } from '../../src/templates/template.ts';
import { attempt, openDocument, selectNodes, shownNow, undoEdit, useEditor } from '../state/editor.ts';
import { addAtWire, freeSpot, insertWithRoom, placeOnWire, placeType } from './place.ts';

const resnet = findTemplate('resnet18').build(defaultOptions);
const named = (name: string) => {
  const node = shownNow().nodes.find((n) => n.name === name);
  if (!node) throw new Error(`no node ${name}`);
  return node;
};
const feeds = (from: string, to: string) =>
  shownNow().wires.some((w) => w.from.node === named(from).id && w.to.node === named(to).id);
const overlaps = () => {
  const { nodes } = shownNow();
  return nodes.some((a, i) =>
    nodes.slice(i + 1).some((b) => Math.abs(a.x - b.x) < 208 && Math.abs(a.y - b.y) < 72),
  );
};

beforeEach(() => openDocument(resnet));

test('a free spot is the place itself, or right of what stands there', () => {
  expect(freeSpot([], { x: 3, y: 5 })).toEqual({ x: 0, y: 8 });
  expect(freeSpot([{ x: 0, y: 0 }], { x: 0, y: 0 })).toEqual({ x: 248, y: 0 });
});

test('a new node follows the selected one on its wire, and what is below makes room', () => {
  selectNodes([named('stage1').id]);
  placeType('dropout');
  expect(feeds('stage1', 'dropout') && feeds('dropout', 'stage2')).toBe(true);
  expect(feeds('stage1', 'stage2')).toBe(false);
  expect(overlaps()).toBe(false);
  expect([...useEditor.getState().selection.nodes]).toEqual([named('dropout').id]);
  undoEdit();
  expect(shownNow()).toEqual(resnet);
});

test('at a place nothing is connected', () => {
  selectNodes([named('stage1').id]);
  placeType('dropout', { x: 1000, y: 500 });
  const { x, y, id } = named('dropout');
  expect([x, y]).toEqual([896, 464]);
  expect(shownNow().wires.some((w) => w.from.node === id || w.to.node === id)).toBe(false);
});

test('a node at the end of a wire is one entry of the history', () => {
  addAtWire('conv2d', 'in', { node: named('stage2').id, port: 'out' }, 'forward', { x: 700, y: 500 });
  expect(feeds('stage2', 'conv2d')).toBe(true);
  expect(useEditor.getState().history.past).toHaveLength(1);
});

test('a node that was dropped on a wire stands between its ends, new or not', () => {
  const order = () => [...shownNow().nodes].sort((a, b) => a.y - b.y).map((n) => n.name);
  const wire = shownNow().wires.find((w) => w.to.node === named('stage3').id);
  if (!wire) throw new Error('no wire');
  const { x, y } = named('stage2');
  placeOnWire('dropout', wire, { x: x + 104, y: y + 100 });
  expect(order().slice(3, 6)).toEqual(['stage2', 'dropout', 'stage3']);
  expect(overlaps()).toBe(false);
  undoEdit();
  placeType('dropout', { x: 1000, y: 100 });
  const { id } = named('dropout');
  attempt((d) => insertWithRoom(d, wire, { id }));
  expect(order().slice(3, 6)).toEqual(['stage2', 'dropout', 'stage3']);
  expect(overlaps()).toBe(false);
});

test('a node stands in the column of the wire that it is put on', () => {
  const wire = shownNow().wires.find((w) => w.to.node === named('stage2').id);
  if (!wire) throw new Error('no wire');
  const edit = insertWithRoom(shownNow(), wire, { type: 'dropout', x: 30, y: 300 });
  const { nodes } = applyEdit(shownNow(), edit).document;
  expect(nodes.find((n) => n.type === 'dropout')?.x).toBe(named('stage1').x);
});
