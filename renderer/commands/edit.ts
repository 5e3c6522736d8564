import type { Side } from '../../src/document/arrange.ts';
import { copySelection, cutSelection, pasteHere } from '../canvas/clipboard.ts';
import { canvas } from '../canvas/handle.ts';
import {
  alignSelection,
  bypassSelection,
  deleteSelection,
  duplicateSelection,
  selectAll,
} from '../canvas/selection-edits.ts';
import { nothingSelected, redoEdit, select, undoEdit, useEditor } from '../state/editor.ts';
import type { Command } from './command.ts';

const chosen = () => useEditor.getState().selection;
const needs = (least: number, what: string) => () =>
  chosen().nodes.size < least ? `select ${what} first.` : undefined;
const needsAny = () => {
  const { nodes, wires, notes } = chosen();
  return nodes.size + wires.size + notes.size === 0 ? 'select something first.' : undefined;
};

const align = (side: Side, title: string): Command => ({
  id: `edit.align${side[0]?.toUpperCase()}${side.slice(1)}`,
  title,
  category: 'Edit',
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
    blocked: needs(1, 'a node'),
    run: cutSelection,
  },
  {
    id: 'edit.copy',
    title: 'Copy',
    category: 'Edit',
    shortcuts: ['Mod+C'],
    scope: 'canvas',
    blocked: needs(1, 'a node'),
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
    shortcuts: ['Mod+D'],
    blocked: needs(1, 'a node'),
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
    blocked: needs(1, 'a node'),
    run: () => deleteSelection(true),
  },
  {
    id: 'edit.bypass',
    title: 'Bypass',
    category: 'Edit',
    words: 'take out leave beside',
    shortcuts: ['B'],
    scope: 'canvas',
    blocked: needs(1, 'a node'),
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
    shortcuts: ['F2'],
    blocked: needs(1, 'a node'),
    run: () => canvas.renameSelected(),
  },
  align('left', 'Align left edges'),
  align('centre', 'Align centres'),
  align('right', 'Align right edges'),
  align('top', 'Align top edges'),
  align('middle', 'Align middles'),
  align('bottom', 'Align bottom edges'),
];
