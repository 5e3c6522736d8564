/** Comments and frames beside the drawing: for people, no part of the network. */
import { invariant } from '../base/errors.ts';
import type { Edit } from './apply.ts';
import { checkNote } from './format.ts';
import { NODE_HEIGHT, NODE_WIDTH } from './layout.ts';
import type { Note, StemmaDocument } from './model.ts';
import { nextName } from './names.ts';

export function getNote(document: StemmaDocument, id: string): Note {
  const note = document.notes.find((n) => n.id === id);
  invariant(note, `no note ${id}`);
  return note;
}

/** A free id. No node gets one with a colon in it. */
export function freeNoteId({ nodes, notes }: Pick<StemmaDocument, 'nodes' | 'notes'>): string {
  return nextName(
    [...nodes, ...notes].map((n) => n.id),
    'note:1',
  );
}

/** @throws AppError where a file could not hold it */
export function addNote(document: StemmaDocument, note: Omit<Note, 'id'> & Partial<Note>): Edit {
  const value: Note = { ...note, id: note.id ?? freeNoteId(document) };
  checkNote(value);
  return { label: `Add ${value.kind}`, changes: [{ put: 'note', id: value.id, value }] };
}

/** @throws AppError where a file could not hold it */
export function setNote(document: StemmaDocument, id: string, values: Partial<Omit<Note, 'id'>>): Edit {
  const value: Note = { ...getNote(document, id), ...values };
  checkNote(value);
  return { label: `Change ${value.kind}`, changes: [{ put: 'note', id, value }] };
}

export function removeNote(document: StemmaDocument, id: string): Edit {
  return { label: `Delete ${getNote(document, id).kind}`, changes: [{ put: 'note', id, value: null }] };
}

/** Ids of the nodes and notes that lie wholly within a frame; `sizes` are the nodes' sizes on the screen. */
export function insideFrame(
  document: StemmaDocument,
  frameId: string,
  sizes: ReadonlyMap<string, { readonly width: number; readonly height: number }> = new Map(),
): string[] {
  const frame = getNote(document, frameId);
  const usual = { width: NODE_WIDTH, height: NODE_HEIGHT };
  const items = [
    ...document.nodes.map((n) => ({ id: n.id, x: n.x, y: n.y, ...(sizes.get(n.id) ?? usual) })),
    ...document.notes,
  ];
  return items
    .filter(
      (item) =>
        item.id !== frameId &&
        item.x >= frame.x &&
        item.y >= frame.y &&
        item.x + item.width <= frame.x + frame.width &&
        item.y + item.height <= frame.y + frame.height,
    )
    .map((item) => item.id);
}
