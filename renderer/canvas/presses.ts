/** Double clicks and context menus. */
import type { MouseEvent as ReactMouseEvent } from 'react';
import { openNode } from '../../src/lower/index.ts';
import { goInside, select, selectNodes, useEditor } from '../state/editor.ts';
import { toggleOpened } from './canvas-handle.ts';
import type { FlowEdge, FlowNode } from './flow.ts';
import { setUi } from './ui.ts';

/** A block of one's own is edited, another one is opened in place, of a layer the parameters are shown. */
export function onNodeDoubleClick(_: ReactMouseEvent, node: FlowNode): void {
  if (node.type === 'note') {
    setUi({ renaming: node.id });
    return;
  }
  const { key, node: drawn, editable } = node.data.scene;
  const { shown, opened } = useEditor.getState();
  if (editable && shown.document.blocks.some((b) => b.type === drawn.type)) {
    goInside(drawn.type);
    return;
  }
  if (opened.has(key) || !editable || 'lowered' in openNode(shown, key)) toggleOpened([key]);
  else document.querySelector<HTMLElement>('[data-inspector-first]')?.focus();
}

/** Commands for what is under the pointer, which becomes the selection where it is not part of it. */
export function openMenu(e: ReactMouseEvent | MouseEvent, on: FlowNode | FlowEdge | null): void {
  e.preventDefault();
  const { selection } = useEditor.getState();
  // A context menu by keyboard comes from no place.
  const target = e.target instanceof Element ? e.target.getBoundingClientRect() : undefined;
  const byKey = e.clientX === 0 && e.clientY === 0 && target;
  const screen = byKey ? { x: target.left + 16, y: target.bottom } : { x: e.clientX, y: e.clientY };
  if (on === null) setUi({ menu: { kind: 'canvas', screen } });
  else if (on.type === 'wire') {
    if (!selection.wires.has(on.id)) select({ wires: new Set([on.id]) });
    setUi({ menu: { kind: 'wire', screen } });
  } else {
    if (on.type === 'note' && !selection.notes.has(on.id)) select({ notes: new Set([on.id]) });
    if (on.type === 'block' && !selection.nodes.has(on.id)) selectNodes([on.id]);
    setUi({ menu: { kind: on.type === 'note' ? 'note' : 'node', screen } });
  }
}

export const openPaneMenu = (e: ReactMouseEvent | MouseEvent) => openMenu(e, null);
