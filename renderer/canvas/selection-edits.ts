/** Edits of what is selected. */
import { align, bypass, duplicate, type Side } from '../../src/document/arrange.ts';
import { chain, disconnect, type Edit, move, removeNode } from '../../src/document/edits.ts';
import type { StemmaDocument } from '../../src/document/model.ts';
import { removeNote } from '../../src/document/notes.ts';
import { attempt, select, shownNow, useEditor, wireKey } from '../state/editor.ts';
import { attemptAndSelect } from './place.ts';
import type { Point } from './ui.ts';
import { sceneNow } from './view.ts';

/** Ids of selected nodes of the drawing itself; inner ones of opened nodes cannot be edited. */
export function chosenNodes(): string[] {
  const { selection, shown } = useEditor.getState();
  return shown.document.nodes.filter((n) => selection.nodes.has(n.id)).map((n) => n.id);
}

export const chosenNotes = (): string[] => [...useEditor.getState().selection.notes];

/** Sizes of the nodes as they are drawn. */
export const sizesNow = () =>
  new Map(sceneNow().nodes.map(({ key, width, height }) => [key, { width, height }]));

export function alignSelection(side: Side): void {
  attempt((d) => align(d, chosenNodes(), side, sizesNow()));
}

const few = (verb: string, ids: readonly string[], d: StemmaDocument) =>
  `${verb} ${ids.length === 1 ? (d.nodes.find((n) => n.id === ids[0])?.name ?? 'a node') : `${ids.length} nodes`}`;

export function bypassSelection(): void {
  const ids = chosenNodes();
  attempt((d) =>
    chain(
      d,
      few('Bypass', ids, d),
      ids.map((id) => (now: StemmaDocument) => bypass(now, id)),
    ),
  );
}

export function deleteSelection(reconnect: boolean): void {
  const ids = chosenNodes();
  const notes = chosenNotes();
  const { wires } = useEditor.getState().selection;
  attempt((d) => {
    const gone = new Set(ids);
    // Wires of the nodes go with them.
    const cut = d.wires.filter(
      (w) => wires.has(wireKey(w.to)) && !gone.has(w.to.node) && !gone.has(w.from.node),
    );
    const label = ids.length > 0 ? few('Delete', ids, d) : notes.length > 0 ? 'Delete notes' : 'Disconnect';
    return chain(d, label, [
      ...cut.map((w) => () => disconnect(w.to)),
      ...ids.map((id) => (now: StemmaDocument) => removeNode(now, id, reconnect)),
      ...notes.map((id) => (now: StemmaDocument) => removeNote(now, id)),
    ]);
  });
}

export function duplicateSelection(): void {
  attemptAndSelect((d) => duplicate(d, chosenNodes()));
}

export function selectAll(): void {
  const { nodes, wires, notes } = shownNow();
  select({
    nodes: new Set(nodes.map((n) => n.id)),
    wires: new Set(wires.map((w) => wireKey(w.to))),
    notes: new Set(notes.map((n) => n.id)),
  });
}

/** Presses of arrow keys that follow one another this quickly are one gesture. */
const PAUSE_MS = 700;
let gesture = 0;
let last = { time: 0, ids: '' };

/** Moves what is selected by so many pixels. */
export function nudge(by: Point): void {
  const ids = [...chosenNodes(), ...chosenNotes()];
  const now = { time: performance.now(), ids: ids.join('\n') };
  if (now.ids !== last.ids || now.time - last.time > PAUSE_MS) gesture++;
  last = now;
  const chosen = new Set(ids);
  attempt(
    (d): Edit => {
      const items = [...d.nodes, ...d.notes].filter((item) => chosen.has(item.id));
      return move(d, new Map(items.map(({ id, x, y }) => [id, { x: x + by.x, y: y + by.y }])));
    },
    { merge: `arrows ${gesture}` },
  );
}
