import { beforeEach, expect, test } from 'vitest';
import { addNote } from '../../src/document/notes.ts';
import { findTemplate } from '../../src/templates/index.ts';
import { defaultOptions } from '../../src/templates/template.ts';
import { useApp } from '../state/app.ts';
import { attempt, openDocument, select, selectNodes, shownNow } from '../state/editor.ts';
import type { Command } from './command.ts';
import { findCommand } from './index.ts';
import { whyNot } from './run.ts';

const why = (id: string) => whyNot(findCommand(id) as Command);

beforeEach(() => {
  openDocument(findTemplate('resnet18').build(defaultOptions));
  useApp.setState({ view: 'design' });
});

test('while the drawing is not shown, nothing in it can be deleted or duplicated; undo and files go on', () => {
  selectNodes(['stage2']);
  expect(why('edit.delete')).toBeUndefined();
  useApp.setState({ view: 'train' });
  expect(why('edit.delete')).toBe('show the drawing first.');
  expect(why('edit.duplicate')).toBe('show the drawing first.');
  expect(why('file.save')).toBeUndefined();
});

test('a note alone can be copied, and is no node', () => {
  attempt((d) => addNote(d, { kind: 'comment', text: 'a', x: 0, y: 0, width: 96, height: 48 }));
  select({ notes: new Set(shownNow().notes.map((n) => n.id)) });
  expect(why('edit.copy')).toBeUndefined();
  expect(why('edit.bypass')).toBe('select a node first.');
});

test('of parts of an opened block it is said why they cannot be deleted', () => {
  selectNodes(['stage2>block1']);
  expect(why('edit.delete')).toMatch(/opened block/);
});
