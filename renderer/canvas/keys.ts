/** Keys of the canvas that are no commands: moving the focus, moving what is selected. */
import type { KeyboardEvent } from 'react';
import { select, selectNodes, useEditor } from '../state/editor.ts';
import { inOrder } from './flow.ts';
import { goToNode } from './focus.ts';
import { nudge } from './selection-edits.ts';
import { GRID } from './snap.ts';
import { sceneNow } from './view.ts';

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The node or note that has the focus itself. */
const focused = (e: KeyboardEvent) =>
  e.target instanceof HTMLElement && e.target.matches('.react-flow__node') ? e.target.dataset.id : undefined;

/** From node to node in the order of computation; from the last one the focus leaves the drawing. */
function step(key: string, by: 1 | -1): boolean {
  const { shown } = useEditor.getState();
  const keys = [...shown.document.notes.map((n) => n.id), ...inOrder(sceneNow(), shown).map((n) => n.key)];
  const next = keys[keys.indexOf(key) + by];
  if (next === undefined) return false;
  goToNode(next);
  return true;
}

const toInspector = () => document.querySelector<HTMLElement>('[data-inspector-first]')?.focus();

export function onCanvasKey(e: KeyboardEvent): void {
  if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey) return;
  if (e.target instanceof HTMLElement && e.target.matches('input, textarea, button')) return;
  const key = focused(e);
  const direction = arrows[e.key];
  const { nodes, notes } = useEditor.getState().selection;
  if (e.key === 'Tab' && key !== undefined) {
    if (!step(key, e.shiftKey ? -1 : 1)) return;
  } else if (direction && nodes.size + notes.size > 0) {
    const size = e.shiftKey ? 1 : GRID;
    nudge({ x: direction[0] * size, y: direction[1] * size });
  } else if (e.key === 'Enter' && key !== undefined) {
    if (nodes.size === 1 && nodes.has(key)) toInspector();
    else if (sceneNow().nodes.some((n) => n.key === key)) selectNodes([key]);
    else select({ notes: new Set([key]) });
  } else if (e.key.toLowerCase() === 'i' && nodes.size > 0) toInspector();
  else return;
  e.preventDefault();
}
