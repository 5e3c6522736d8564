/** Dragging wires: from a port, by an end that is there already, onto a port, a node, or nothing. */
import type { Connection, FinalConnectionState, OnConnectStart } from '@xyflow/react';
import { chain, connect, disconnect } from '../../src/document/edits.ts';
import type { PortRef } from '../../src/document/model.ts';
import { attempt, useEditor, wireKey } from '../state/editor.ts';
import type { FlowEdge } from './flow.ts';
import { setUi } from './ui.ts';
import { viewNow } from './view.ts';
import { beginWire, endWire, useWireDrag, type WireDrag } from './wire-drag.ts';

/** The wire of which an end is dragged. */
let moved: PortRef | null = null;
let cancelled = false;

export function onReconnectStart(_: unknown, edge: FlowEdge): void {
  moved = edge.data?.scene.wire.to ?? null;
}

function onKey(e: KeyboardEvent): void {
  if (e.key !== 'Escape') return;
  e.preventDefault();
  e.stopPropagation();
  cancelled = true;
  endWire();
}

export const onConnectStart: OnConnectStart = (_, { nodeId, handleId, handleType }) => {
  if (nodeId === null || handleId === null) return;
  cancelled = false;
  addEventListener('keydown', onKey, true);
  const direction = handleType === 'source' ? 'forward' : 'backward';
  beginWire({ node: nodeId, port: handleId }, direction, moved && wireKey(moved));
};

/** One entry of the history; what ended at the same input before is replaced. */
function join(from: PortRef, to: PortRef): void {
  const left = moved && wireKey(moved) !== wireKey(to) ? moved : null;
  attempt((d) =>
    left ? chain(d, 'Reconnect', [() => disconnect(left), () => connect(from, to)]) : connect(from, to),
  );
}

export function onConnect({ source, sourceHandle, target, targetHandle }: Connection): void {
  if (cancelled || sourceHandle === null || targetHandle === null) return;
  join({ node: source, port: sourceHandle }, { node: target, port: targetHandle });
}

export const onReconnect = (_: FlowEdge, connection: Connection) => onConnect(connection);

/** Of a node on which a wire was dropped: a free port that takes it, else one that takes it, else a free one. */
function bestPort({ trial, direction }: WireDrag, node: string): string | undefined {
  const item = useEditor.getState().shown.nodes.get(node);
  const ports = (direction === 'forward' ? item?.ports.inputs : item?.ports.outputs) ?? [];
  const isFree = (i: number) => direction === 'backward' || item?.sources[i] === undefined;
  const score = (port: string, i: number) =>
    (trial.verdict({ node, port }).fits ? 2 : 0) + (isFree(i) ? 1 : 0);
  return ports.reduce<{ port: string; score: number } | undefined>((best, port, i) => {
    const now = score(port, i);
    return best && best.score >= now ? best : { port, score: now };
  }, undefined)?.port;
}

function dropped(drag: WireDrag, event: MouseEvent | TouchEvent): void {
  const point = 'changedTouches' in event ? event.changedTouches[0] : event;
  const view = viewNow();
  if (!point || !view) return;
  const screen = { x: point.clientX, y: point.clientY };
  const under = document.elementFromPoint(screen.x, screen.y);
  const node = under?.closest<HTMLElement>('.react-flow__node-block')?.dataset.id;
  const { from, direction } = drag;
  if (node !== undefined && node !== from.node) {
    const port = bestPort(drag, node);
    if (port === undefined) return;
    if (direction === 'forward') join(from, { node, port });
    else join({ node, port }, from);
    return;
  }
  if (node !== undefined || !under?.closest('.react-flow__pane, .react-flow__edge, .react-flow__node-note'))
    return;
  if (moved) {
    const to = moved;
    attempt(() => disconnect(to));
    return;
  }
  const flow = view.flow.screenToFlowPosition(screen);
  setUi({ search: { kind: 'continue', screen, flow, from, direction } });
}

export function onConnectEnd(event: MouseEvent | TouchEvent, state: FinalConnectionState): void {
  removeEventListener('keydown', onKey, true);
  const { drag } = useWireDrag.getState();
  endWire();
  if (drag && !cancelled && !state.isValid && !state.toHandle) dropped(drag, event);
  moved = null;
}
