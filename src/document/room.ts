/** Room for what an edit puts in: the drawing is stretched, so what did not overlap before does not afterwards. */
import type { Change } from './apply.ts';
import { NODE_HEIGHT, NODE_WIDTH, STEP_Y } from './layout.ts';
import type { Note, StemmaDocument } from './model.ts';

export interface Room {
  /** What stands at this line or right of it moves right, what stands at that line or below it moves down. */
  readonly x: number;
  readonly y: number;
  readonly right: number;
  readonly down: number;
}

/** The room that a node needs beside and below it to become as large as `right` and `down` more. */
export const roomAt = (place: { x: number; y: number }, right: number, down: number): Room => ({
  ...{ x: place.x + NODE_WIDTH, y: place.y + NODE_HEIGHT, right, down },
});

/** The changes that make room; `without` is a node that goes away. */
export function makeRoom(document: StemmaDocument, { x, y, right, down }: Room, without?: string): Change[] {
  if (right <= 0 && down <= 0) return [];
  const nodes = document.nodes.flatMap((node): Change[] => {
    const place = { x: node.x >= x ? node.x + right : node.x, y: node.y >= y ? node.y + down : node.y };
    if (node.id === without || (place.x === node.x && place.y === node.y)) return [];
    return [{ put: 'node', id: node.id, value: { ...node, ...place } }];
  });
  return [...nodes, ...document.notes.flatMap((note) => roomForNote(note, { x, y, right, down }))];
}

/** Notes move as nodes do; a frame that goes round the place grows with what it goes round. */
function roomForNote(note: Note, { x, y, right, down }: Room): Change[] {
  const grows = (from: number, size: number, line: number) =>
    note.kind === 'frame' && from < line && from + size >= line;
  const value = {
    ...note,
    x: note.x >= x ? note.x + right : note.x,
    y: note.y >= y ? note.y + down : note.y,
    width: grows(note.x, note.width, x) ? note.width + right : note.width,
    height: grows(note.y, note.height, y) ? note.height + down : note.height,
  };
  const same =
    value.x === note.x && value.y === note.y && value.width === note.width && value.height === note.height;
  return same ? [] : [{ put: 'note', id: note.id, value }];
}

/**
 * Where a new node stands that was dropped between two others, and the moves that keep it clear of them: it keeps a
 * step's distance from what is above it, and what follows moves down as far as it must.
 */
export function placeBetween(
  document: StemmaDocument,
  place: { readonly x: number; readonly y: number },
): { readonly y: number; readonly changes: Change[] } {
  const column = document.nodes.filter((n) => Math.abs(n.x - place.x) < NODE_WIDTH);
  const above = column.filter((n) => n.y <= place.y && place.y - n.y < STEP_Y);
  const y = above.reduce((most, n) => Math.max(most, n.y + STEP_Y), place.y);
  const below = column.filter((n) => n.y > place.y).reduce((least, n) => Math.min(least, n.y), Infinity);
  const down = below - y < STEP_Y ? y + STEP_Y - below : 0;
  return { y, changes: makeRoom(document, { x: Infinity, y: below, right: 0, down }) };
}
