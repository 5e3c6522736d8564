/** Comments and frames: new ones, and how they are changed. */
import { STEP_X } from '../../src/document/layout.ts';
import { addNote, setNote } from '../../src/document/notes.ts';
import { attempt, select, shownNow } from '../state/editor.ts';
import { freeSpot } from './place.ts';
import { chosenNodes } from './selection-edits.ts';
import { type Box, toGrid } from './snap.ts';
import { setUi } from './ui.ts';
import { centreOfView, pointerInDrawing, sceneNow } from './view.ts';
import { placesOf } from './wires.ts';

function add(kind: 'comment' | 'frame', text: string, box: Box): void {
  const old = new Set(shownNow().notes.map((n) => n.id));
  if (!attempt((d) => addNote(d, { kind, text, ...box }))) return;
  const added = shownNow().notes.find((n) => !old.has(n.id));
  if (!added) return;
  select({ notes: new Set([added.id]) });
  setUi({ renaming: added.id });
}

export function addComment(): void {
  const { x, y } = pointerInDrawing() ?? centreOfView();
  const wanted = { x: x - 112, y: y - 40 };
  // Beside a chain of nodes, not on the wires between them.
  const inTheWay = shownNow().nodes.filter((n) => Math.abs(n.x - wanted.x) < STEP_X);
  const beside = inTheWay.length > 1 ? Math.max(...inTheWay.map((n) => n.x)) + STEP_X : wanted.x;
  const spot = freeSpot([...shownNow().nodes, ...shownNow().notes], { ...wanted, x: beside });
  add('comment', '', { ...spot, width: 208, height: 72 });
}

/** Around a box of nodes: room at the sides, and for the title above. */
const MARGIN = 24;
const TITLE = 40;

/** Around what is selected, else in the middle of the view. */
export function addFrame(): void {
  const ids = new Set(chosenNodes());
  const boxes = [...placesOf(sceneNow()).values()].filter((p) => ids.has(p.node.key)).map((p) => p.box);
  if (boxes.length === 0) {
    const { x, y } = centreOfView();
    add('frame', 'Frame', { x: toGrid(x - 160), y: toGrid(y - 120), width: 320, height: 240 });
    return;
  }
  const left = Math.min(...boxes.map((b) => b.x)) - MARGIN;
  const top = Math.min(...boxes.map((b) => b.y)) - TITLE;
  const right = Math.max(...boxes.map((b) => b.x + b.width)) + MARGIN;
  const bottom = Math.max(...boxes.map((b) => b.y + b.height)) + MARGIN;
  add('frame', 'Frame', { x: left, y: top, width: right - left, height: bottom - top });
}

export function setNoteText(id: string, text: string): void {
  const note = shownNow().notes.find((n) => n.id === id);
  if (note && note.text !== text) attempt((d) => setNote(d, id, { text }));
}

export function resizeNote(id: string, box: Box): void {
  attempt((d) => setNote(d, id, box));
}
