import { expect, test } from 'vitest';
import { isKnownType } from '../services/documents.node.ts';
import { findTemplate } from '../templates/index.ts';
import { defaultOptions } from '../templates/template.ts';
import { applyEdit, move } from './edits.ts';
import { readDocument, writeDocument } from './file.ts';
import { STEP_Y } from './layout.ts';
import { emptyDocument } from './model.ts';
import { addNote, insideFrame, removeNote, setNote } from './notes.ts';
import { makeRoom, roomAt } from './room.ts';

const resnet = findTemplate('resnet18').build(defaultOptions);
const frame = { kind: 'frame', text: 'Stages', x: -20, y: 2 * STEP_Y - 20, width: 248, height: 300 } as const;
const framed = applyEdit(resnet, addNote(resnet, frame)).document;
const noted = applyEdit(
  framed,
  addNote(framed, { kind: 'comment', text: 'here', x: 0, y: 300, width: 10, height: 10 }),
).document;

test('notes are added, changed, moved with nodes, and removed', () => {
  expect(noted.notes.map((n) => n.id)).toEqual(['note:1', 'note:2']);
  const inner = insideFrame(noted, 'note:1');
  expect(inner).toEqual(['stage1', 'stage2', 'note:2']);
  expect(insideFrame(noted, 'note:1', new Map([['stage2', { width: 208, height: 400 }]]))).toEqual([
    ...['stage1', 'note:2'],
  ]);
  const at = new Map([...noted.nodes, ...noted.notes].map((n) => [n.id, n]));
  const places = ['note:1', ...inner].map((id) => [id, { x: 1000, y: at.get(id)?.y ?? 0 }] as const);
  const { document: moved, inverse } = applyEdit(noted, move(noted, new Map(places)));
  expect(moved.notes.map((n) => n.x)).toEqual([1000, 1000]);
  expect(moved.nodes.filter((n) => n.x === 1000).map((n) => n.id)).toEqual(['stage1', 'stage2']);
  expect(applyEdit(moved, inverse).document).toEqual(noted);
  const { document: text } = applyEdit(noted, setNote(noted, 'note:2', { text: 'there' }));
  expect(text.notes[1]?.text).toBe('there');
  expect(applyEdit(text, removeNote(text, 'note:1')).document.notes).toHaveLength(1);
});

test('a frame grows with what it goes round; a note below moves down', () => {
  const [stage] = noted.nodes.filter((n) => n.id === 'stage1');
  const changes = makeRoom(noted, roomAt(stage ?? expect.fail(), 0, 500));
  const { notes } = applyEdit(noted, { label: 'x', changes }).document;
  expect(notes[0]).toMatchObject({ y: frame.y, height: 800, width: 248 });
  expect(notes[1]).toMatchObject({ y: 300 });
  const lower = makeRoom(noted, roomAt({ x: 0, y: 200 }, 0, 500));
  expect(applyEdit(noted, { label: 'x', changes: lower }).document.notes[1]).toMatchObject({ y: 800 });
});

test('what no file can hold is refused in words', () => {
  expect(() => addNote(resnet, { ...frame, width: 0 })).toThrow('The frame: width');
  expect(() => setNote(noted, 'note:2', { text: 'x'.repeat(10_001) })).toThrow('The comment: text');
  const text = writeDocument(noted);
  expect(() => readDocument(text.replace('note:2', 'stage1'), 'f', isKnownType)).toThrow(
    'f: notes[1].id "stage1" is the id of another note or a node.',
  );
  expect(writeDocument(emptyDocument())).toContain('"notes": []');
});
