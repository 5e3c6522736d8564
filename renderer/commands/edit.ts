import type { Side } from '../../src/document/arrange.ts';
import { copySelection, cutSelection, pasteHere } from '../canvas/clipboard.ts';
import { canvas } from '../canvas/handle.ts';
import {
  alignSelection,
  bypassSelection,
  chosenNodes,
  deleteSelection,
  duplicateSelection,
  selectAll,
} from '../canvas/selection-edits.ts';
import { nothingSelected, redoEdit, select, undoEdit, useEditor } from '../state/editor.ts';
import type { Command } from './command.ts';

const chosen = () => useEditor.getState().selection;
const needs = (least: number, what: string) => () => {
  if (chosenNodes().length >= least) return undefined;
  // Parts of what is opened in place are only looked at.
  return chosen().nodes.size >= least
    ? 'what is selected is part of an opened block; unpack that to change it.'
    : `select ${what} first.`;
};
export const needsNode = needs(1, 'a node');
const needsItem = () => (chosen().notes.size > 0 ? undefined : needsNode());
const needsAny = () => (chosen().wires.size > 0 ? undefined : needsItem());

const align = (side: Side, title: string): Command => ({
  id: `edit.align${side[0]?.toUpperCase()}${side.slice(1)}`,
  title,
  category: 'Edit',
  scope: 'drawing',
  blocked: needs(2, 'two or more nodes'),
  run: () => alignSelection(side),
});

export const editCommands: readonly Command[] = [
  {
    id: 'edit.undo',
    title: 'Undo',
    category: 'Edit',
    shortcuts: ['Mod+Z'],
    blocked: () => (useEditor.getState().history.past.length === 0 ? 'there is nothing to undo.' : undefined),
    run: undoEdit,
  },
  {
    id: 'edit.redo',
    title: 'Redo',
    category: 'Edit',
    shortcuts: ['Mod+Shift+Z', 'Mod+Y'],
    blocked: () =>
      useEditor.getState().history.future.length === 0 ? 'there is nothing to redo.' : undefined,
    run: redoEdit,
  },
  {
    id: 'edit.cut',
    title: 'Cut',
    category: 'Edit',
    shortcuts: ['Mod+X'],
    scope: 'canvas',
    blocked: needsItem,
    run: cutSelection,
  },
  {
    id: 'edit.copy',
    title: 'Copy',
    category: 'Edit',
    shortcuts: ['Mod+C'],
    scope: 'canvas',
    blocked: needsItem,
    run: copySelection,
  },
  {
    id: 'edit.paste',
    title: 'Paste',
    category: 'Edit',
    shortcuts: ['Mod+V'],
    scope: 'canvas',
    run: pasteHere,
  },
  {
    id: 'edit.duplicate',
    title: 'Duplicate',
    category: 'Edit',
    scope: 'drawing',
    shortcuts: ['Mod+D'],
    blocked: needsNode,
    run: duplicateSelection,
  },
  {
    id: 'edit.delete',
    title: 'Delete',
    category: 'Edit',
    shortcuts: ['Delete', 'Backspace'],
    scope: 'canvas',
    blocked: needsAny,
    run: () => deleteSelection(false),
  },
  {
    id: 'edit.deleteReconnect',
    title: 'Delete and reconnect',
    category: 'Edit',
    words: 'remove heal',
    shortcuts: ['Shift+Delete', 'Shift+Backspace'],
    scope: 'canvas',
    blocked: needsNode,
    run: () => deleteSelection(true),
  },
  {
    id: 'edit.bypass',
    title: 'Bypass',
    category: 'Edit',
    words: 'take out leave beside',
    shortcuts: ['B'],
    scope: 'canvas',
    blocked: needsNode,
    run: bypassSelection,
  },
  {
    id: 'edit.selectAll',
    title: 'Select all',
    category: 'Edit',
    shortcuts: ['Mod+A'],
    scope: 'canvas',
    run: selectAll,
  },
  {
    id: 'edit.selectNone',
    title: 'Select nothing',
    category: 'Edit',
    shortcuts: ['Escape'],
    scope: 'canvas',
    run: () => select(nothingSelected),
  },
  {
    id: 'edit.rename',
    title: 'Rename',
    category: 'Edit',
    scope: 'drawing',
    shortcuts: ['F2'],
    blocked: needsNode,
    run: () => canvas.renameSelected(),
  },
  align('left', 'Align left edges'),
  align('centre', 'Align centres'),
  align('right', 'Align right edges'),
  align('top', 'Align top edges'),
  align('middle', 'Align middles'),
  align('bottom', 'Align bottom edges'),
];
