/** Putting new nodes into the drawing: from the palette, the search, the end of a wire. */
import type { PointerEvent as ReactPointerEvent } from 'react';
import { insertOnWire } from '../../src/document/arrange.ts';
import { addNode, chain, connect, type Edit, getNode, move } from '../../src/document/edits.ts';
import { NODE_HEIGHT, NODE_WIDTH, STEP_X, STEP_Y } from '../../src/document/layout.ts';
import type { PortRef, StemmaDocument, Wire } from '../../src/document/model.ts';
import { firstPorts } from '../../src/document/ports.ts';
import { placeBetween } from '../../src/document/room.ts';
import { attempt, selectNodes, shownNow, useEditor } from '../state/editor.ts';
import { ensureVisible, focusNode } from './focus.ts';
import { toGrid } from './snap.ts';
import { type Point, setUi } from './ui.ts';
import { centreOfView, isOnCanvas, sceneNow, viewNow } from './view.ts';
import { wireAt } from './wires.ts';

/** A place where no node stands, at the given one or right of it. */
export function freeSpot(nodes: readonly Point[], { x, y }: Point): Point {
  const isTaken = (at: Point) =>
    nodes.some((n) => Math.abs(n.x - at.x) < NODE_WIDTH && Math.abs(n.y - at.y) < NODE_HEIGHT);
  let spot = { x: toGrid(x), y: toGrid(y) };
  while (isTaken(spot)) spot = { x: spot.x + STEP_X, y: spot.y };
  return spot;
}

const around = ({ x, y }: Point): Point => ({ x: x - NODE_WIDTH / 2, y: y - NODE_HEIGHT / 2 });

/** Applies an edit of what is shown, selects what is new and gives it the focus. */
export function attemptAndSelect(build: (document: StemmaDocument) => Edit): boolean {
  const before = shownNow();
  if (!attempt(build)) return false;
  const old = new Set(before.nodes.map((n) => n.id));
  const added = shownNow().nodes.filter((n) => !old.has(n.id));
  selectNodes(added.map((n) => n.id));
  const [first] = added;
  if (first) {
    ensureVisible({ x: first.x, y: first.y, width: NODE_WIDTH, height: NODE_HEIGHT });
    focusNode(first.id);
  }
  return true;
}

const idsOf = (edit: Edit) => edit.changes.flatMap((c) => (c.put === 'node' ? [c.id] : []));

/**
 * A node on a wire, in the column of its ends where they share one, between them; what follows moves down as far as it
 * must.
 */
export function insertWithRoom(
  document: StemmaDocument,
  wire: Wire,
  node: { readonly type: string; readonly x: number; readonly y: number } | { readonly id: string },
): Edit {
  const present = 'id' in node ? getNode(document, node.id) : node;
  const [from, to] = [getNode(document, wire.from.node), getNode(document, wire.to.node)];
  const between = to.y > from.y ? Math.max(from.y, Math.min(present.y, to.y - 1)) : present.y;
  const place = { x: from.x === to.x ? from.x : present.x, y: between };
  if ('type' in node) return insertOnWire(document, wire, { type: node.type, params: {}, ...place });
  const others = { ...document, nodes: document.nodes.filter((n) => n.id !== node.id) };
  const { y, changes } = placeBetween(others, place);
  const inserted = insertOnWire(document, wire, node);
  return chain(document, inserted.label, [
    () => ({ label: '', changes }),
    (d) => move(d, new Map([[node.id, { x: place.x, y }]])),
    () => inserted,
  ]);
}

/** A new node that is wired to a port of the drawing: one entry of the history. */
export function addAtWire(
  type: string,
  port: string,
  from: PortRef,
  direction: 'forward' | 'backward',
  at: Point,
): void {
  const place = {
    x: toGrid(at.x - NODE_WIDTH / 2),
    y: toGrid(direction === 'forward' ? at.y : at.y - NODE_HEIGHT),
  };
  attemptAndSelect((d) => {
    const added = addNode(d, { type, params: {}, ...place });
    const [id = ''] = idsOf(added);
    const end = { node: id, port };
    return chain(d, added.label, [
      () => added,
      () => (direction === 'forward' ? connect(from, end) : connect(end, from)),
    ]);
  });
}

/** The one node that is selected, as something that a new node can follow. */
function afterSelected(d: StemmaDocument, type: string): ((d: StemmaDocument) => Edit) | undefined {
  const [id, ...more] = useEditor.getState().selection.nodes;
  const node = d.nodes.find((n) => n.id === id);
  if (!node || more.length > 0) return undefined;
  const { output } = firstPorts(d, node.type);
  const { input, output: onwards } = firstPorts(d, type);
  if (output === undefined || input === undefined) return undefined;
  const following = d.wires.filter((w) => w.from.node === node.id && w.from.port === output);
  const below = { x: node.x, y: node.y + STEP_Y };
  const [wire] = following;
  if (wire && following.length === 1 && onwards !== undefined)
    return (now) => insertWithRoom(now, wire, { type, ...below });
  return (now) => {
    const added = addNode(now, { type, params: {}, ...freeSpot(now.nodes, below) });
    const [newId = ''] = idsOf(added);
    return chain(now, added.label, [
      () => added,
      () => connect({ node: node.id, port: output }, { node: newId, port: input }),
    ]);
  };
}

/** A new node: its middle at a place of the drawing, else after the selected node, else in the middle of the view. */
export function placeType(type: string, at?: Point): void {
  attemptAndSelect((d) => {
    const follow = at ? undefined : afterSelected(d, type);
    if (follow) return follow(d);
    const spot = around(at ?? centreOfView());
    const place = at ? { x: toGrid(spot.x), y: toGrid(spot.y) } : freeSpot(d.nodes, spot);
    return addNode(d, { type, params: {}, ...place });
  });
}

export function placeOnWire(type: string, wire: Wire, at: Point): void {
  const { x, y } = around(at);
  attemptAndSelect((d) => insertWithRoom(d, wire, { type, x: toGrid(x), y: toGrid(y) }));
}

export const standsOnWire = (d: StemmaDocument, type: string) => {
  const { input, output } = firstPorts(d, type);
  return input !== undefined && output !== undefined;
};

/** How far the pointer moves before a press is a drag. */
const THRESHOLD = 4;

/** From a press on a palette item: what it would place follows the pointer until it is dropped; Escape drops nothing. */
export function startPaletteDrag(type: string, press: PointerEvent | ReactPointerEvent): void {
  if (press.button !== 0) return;
  const start = { x: press.clientX, y: press.clientY };
  let dragging = false;
  const wireUnder = (screen: Point) => {
    const view = viewNow();
    if (!view || !isOnCanvas(screen) || !standsOnWire(shownNow(), type)) return undefined;
    return wireAt(sceneNow(), view.flow.screenToFlowPosition(screen));
  };
  const onMove = (e: PointerEvent) => {
    const screen = { x: e.clientX, y: e.clientY };
    dragging ||= Math.hypot(screen.x - start.x, screen.y - start.y) > THRESHOLD;
    if (dragging) setUi({ ghost: { type, screen }, wireUnder: wireUnder(screen)?.key ?? null });
  };
  const stop = () => {
    removeEventListener('pointermove', onMove);
    removeEventListener('pointerup', onUp);
    removeEventListener('pointercancel', stop);
    removeEventListener('keydown', onKey, true);
    setUi({ ghost: null, wireUnder: null });
  };
  const onKey = (e: KeyboardEvent) => {
    if (e.key !== 'Escape') return;
    e.preventDefault();
    e.stopPropagation();
    stop();
  };
  const onUp = (e: PointerEvent) => {
    const screen = { x: e.clientX, y: e.clientY };
    const wire = dragging ? wireUnder(screen) : undefined;
    stop();
    const view = viewNow();
    if (!dragging || !view || !isOnCanvas(screen)) return;
    const at = view.flow.screenToFlowPosition(screen);
    if (wire) placeOnWire(type, wire.wire, at);
    else placeType(type, at);
  };
  addEventListener('pointermove', onMove);
  addEventListener('pointerup', onUp);
  addEventListener('pointercancel', stop);
  addEventListener('keydown', onKey, true);
}
