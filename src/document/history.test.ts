import { expect, test } from 'vitest';
import { addNode, applyEdit, type Change, connect, move, removeNode, setTitle } from './edits.ts';
import { writeDocument } from './file.ts';
import { type History, perform, redo, startHistory, undo } from './history.ts';
import { type DocNode, emptyDocument, type StemmaDocument } from './model.ts';

const many: StemmaDocument = {
  ...emptyDocument(),
  nodes: Array.from(
    { length: 1000 },
    (_, i): DocNode => ({ id: `n${i}`, type: 'flatten', name: `n${i}`, params: {}, x: i, y: 0 }),
  ),
};

const drag = (history: History, key: string, frames: number) => {
  let current = history;
  for (let f = 1; f <= frames; f++) {
    const places = new Map(current.document.nodes.map((n) => [n.id, { x: n.x + 1, y: f }]));
    current = perform(current, move(current.document, places), { merge: key });
  }
  return current;
};

test('a drag of sixty frames is one entry of one change a node', () => {
  const history = drag(startHistory(many), 'drag 1', 60);
  expect(history.past).toHaveLength(1);
  expect(history.past[0]?.changes).toHaveLength(1000);
  const back = undo(history);
  expect(back.document).toEqual(many);
  expect(redo(back).document).toEqual(history.document);
});

test('a drag joins neither what came before it nor another drag', () => {
  let history = perform(startHistory(many), addNode(many, { type: 'flatten', params: {}, x: 0, y: 0 }));
  const added = history.document;
  history = drag(drag(history, 'drag 1', 3), 'drag 2', 3);
  expect(history.past).toHaveLength(3);
  expect(undo(undo(history)).document).toEqual(added);
});

test('after an undo a gesture does not grow into the redone entry', () => {
  const history = redo(undo(drag(startHistory(many), 'drag 1', 2)));
  expect(drag(history, 'drag 1', 1).past).toHaveLength(2);
});

test('what was put in, moved, wired and taken out in one gesture is undone byte for byte', () => {
  const steps = [
    (d: StemmaDocument) => move(d, new Map([['n5', { x: 9, y: 9 }]])),
    (d: StemmaDocument) => addNode(d, { id: 'new', type: 'flatten', params: {}, x: 0, y: 0 }),
    (d: StemmaDocument) => move(d, new Map([['new', { x: 7, y: 7 }]])),
    () => connect({ node: 'n1', port: 'out' }, { node: 'new', port: 'in' }),
    () => connect({ node: 'n2', port: 'out' }, { node: 'new', port: 'in' }),
    (d: StemmaDocument) => removeNode(d, 'n5'),
    (d: StemmaDocument) => addNode(d, { id: 'n5', type: 'dense', params: {}, x: 0, y: 0 }),
    () => setTitle('one'),
    () => setTitle('two'),
  ];
  let history = startHistory(many);
  for (const step of steps) history = perform(history, step(history.document), { merge: 'g' });
  expect(history.past).toHaveLength(1);
  const back = undo(history);
  expect(writeDocument(back.document)).toBe(writeDocument(many));
  expect(writeDocument(redo(back).document)).toBe(writeDocument(history.document));
});

test('an edit of all nodes, taken out and put back among others, keeps the order', () => {
  const changes = many.nodes.map(
    (n, i): Change =>
      i % 3 === 0
        ? { put: 'node', id: n.id, value: null }
        : { put: 'node', id: n.id, value: { ...n, x: -1 } },
  );
  const more: Change[] = [{ put: 'node', id: 'n0', value: many.nodes[0] as DocNode, at: 10 }];
  const { document, inverse } = applyEdit(many, { label: 'x', changes: [...changes, ...more, ...changes] });
  expect(document.nodes).toHaveLength(666);
  expect(applyEdit(document, inverse).document).toEqual(many);
});
