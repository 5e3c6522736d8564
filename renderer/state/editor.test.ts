import { beforeEach, expect, test } from 'vitest';
import { addNode, connect, removeNode, setParams, setTitle } from '../../src/document/edits.ts';
import { groupNodes } from '../../src/document/group.ts';
import { findTemplate } from '../../src/templates/index.ts';
import { defaultOptions } from '../../src/templates/template.ts';
import {
  attempt,
  attemptOnDocument,
  documentNow,
  fixesOf,
  goInside,
  isDirty,
  openDocument,
  redoEdit,
  selectNodes,
  setClasses,
  shownNow,
  undoEdit,
  useEditor,
} from './editor.ts';

const resnet = findTemplate('resnet18').build(defaultOptions);
beforeEach(() => openDocument(resnet, { saved: true, place: '/a.stemma' }));
const state = () => useEditor.getState();

test('what comes from a draft is unsaved, also where it had no file and nothing was changed since', () => {
  openDocument(resnet, { recovered: true });
  expect(isDirty(state())).toBe(true);
  attempt((d) => setParams(d, 'stage2', { filters: 96 }));
  undoEdit();
  expect(isDirty(state())).toBe(true);
  openDocument(resnet);
  expect(isDirty(state())).toBe(false);
});

test('undo to the beginning and redo to the end lead through the same drawings', () => {
  const seen = [documentNow()];
  attempt((d) => setParams(d, 'stage2', { filters: 96 }));
  seen.push(documentNow());
  attempt((d) => removeNode(d, 'stage3'));
  seen.push(documentNow());
  attemptOnDocument(() => setTitle('Mine'));
  seen.push(documentNow());
  for (let i = 3; i > 0; i--) {
    undoEdit();
    expect(documentNow()).toEqual(seen[i - 1]);
  }
  undoEdit();
  for (let i = 1; i < 4; i++) {
    redoEdit();
    expect(documentNow()).toEqual(seen[i]);
  }
});

test('an edit that cannot be built changes nothing', () => {
  const before = documentNow();
  expect(attempt((d) => groupNodes(d, ['input'], { name: 'x' }))).toBeUndefined();
  expect(documentNow()).toBe(before);
  expect(state().history.past).toHaveLength(0);
});

test('dirty from the first change until it is taken back by hand or saved', () => {
  expect(isDirty(state())).toBe(false);
  attempt((d) => setParams(d, 'stage2', { filters: 96 }));
  expect(isDirty(state())).toBe(true);
  useEditor.setState({ saved: documentNow() });
  expect(isDirty(state())).toBe(false);
});

test('what an undo takes away is not selected any more', () => {
  attempt((d) => addNode(d, { type: 'conv2d', id: 'extra', params: {}, x: 0, y: 0 }));
  selectNodes(['extra', 'stem']);
  undoEdit();
  expect([...state().selection.nodes]).toEqual(['stem']);
});

test('the inside of a block is edited as a drawing, in one entry, and everywhere it is used', () => {
  attempt((d) => groupNodes(d, ['stage1'], { name: 'part' }));
  goInside('custom/part');
  expect(shownNow().nodes.map((n) => n.type)).toContain('input');
  attempt((d) => setParams(d, 'stage1', { filters: 80 }));
  expect(state().history.past).toHaveLength(2);
  expect(documentNow().blocks[0]?.nodes.find((n) => n.id === 'stage1')?.params.filters).toBe(80);
  expect(state().lowered.nodes.get('part')?.fragment.outputs[0]?.shape?.at(-1)).toBe(80);
  undoEdit();
  expect(state().inside).toBe('custom/part');
  undoEdit();
  // The block is gone, and so is its view.
  expect(state().inside).toBeNull();
  expect(documentNow()).toEqual(resnet);
});

test('the data’s classes are a problem of the output, with fixes', () => {
  setClasses(7);
  const [told] = state().diagnostics;
  expect(told?.code).toBe('recipe/classes');
  const [fix] = fixesOf(told as NonNullable<typeof told>);
  attempt(() => (fix as NonNullable<typeof fix>).edit);
  expect(state().diagnostics).toEqual([]);
  setClasses(undefined);
});

test('unchanged nodes stay the same objects over an edit', () => {
  const before = state().shown.nodes.get('stem');
  attempt((d) => addNode(d, { type: 'dropout', id: 'free', params: {}, x: 0, y: 0 }));
  attempt(() => connect({ node: 'head', port: 'out' }, { node: 'free', port: 'in' }));
  expect(state().shown.nodes.get('stem')).toBe(before);
});
