/** What React Flow says has changed: what is selected, and the size of notes. Places are `moves.ts`'s. */
import type { EdgeChange, NodeChange } from '@xyflow/react';
import { useMemo } from 'react';
import { select, shownNow, useEditor } from '../state/editor.ts';
import type { FlowEdge, FlowNode } from './flow.ts';
import type { SetMoved } from './moves.ts';

type Selected = { readonly id: string; readonly selected: boolean };

const changed = (set: ReadonlySet<string>, changes: readonly Selected[]): ReadonlySet<string> => {
  const next = new Set(set);
  for (const { id, selected } of changes)
    if (selected) next.add(id);
    else next.delete(id);
  return next;
};

function selectNodesBy(changes: readonly Selected[]): void {
  if (changes.length === 0) return;
  const { selection } = useEditor.getState();
  const notes = new Set(shownNow().notes.map((n) => n.id));
  select({
    ...selection,
    nodes: changed(
      selection.nodes,
      changes.filter((c) => !notes.has(c.id)),
    ),
    notes: changed(
      selection.notes,
      changes.filter((c) => notes.has(c.id)),
    ),
  });
}

/** The place and size of a note while it is resized; the edit comes at the end. */
function resized(changes: readonly NodeChange<FlowNode>[], setMoved: SetMoved): void {
  for (const change of changes) {
    if (change.type !== 'dimensions' || !change.dimensions) continue;
    if (change.resizing === false) setMoved(() => new Map());
    if (!change.resizing) continue;
    const note = shownNow().notes.find((n) => n.id === change.id);
    if (!note) continue;
    const { dimensions } = change;
    const place = changes.find((c) => c.type === 'position' && c.id === change.id);
    setMoved((before) => {
      const { x, y } = (place?.type === 'position' && place.position) || (before.get(note.id) ?? note);
      return new Map([[note.id, { x, y, ...dimensions }]]);
    });
  }
}

export function useChanges(setMoved: SetMoved) {
  return useMemo(
    () => ({
      onNodesChange: (changes: NodeChange<FlowNode>[]) => {
        selectNodesBy(changes.filter((c) => c.type === 'select'));
        resized(changes, setMoved);
      },
      onEdgesChange: (changes: EdgeChange<FlowEdge>[]) => {
        const chosen = changes.filter((c) => c.type === 'select');
        if (chosen.length === 0) return;
        const { selection } = useEditor.getState();
        select({ ...selection, wires: changed(selection.wires, chosen) });
      },
    }),
    [setMoved],
  );
}
