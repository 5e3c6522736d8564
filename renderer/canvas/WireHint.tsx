import { type ConnectionLineComponentProps, useConnection } from '@xyflow/react';
import type { PortRef } from '../../src/document/model.ts';
import type { Verdict } from '../../src/lower/index.ts';
import { shape } from '../ui/format.ts';
import type { FlowNode } from './flow.ts';
import { pathOf } from './route.ts';
import { takesWire, useWireDrag, type WireDrag } from './wire-drag.ts';

/** The wire while it is dragged. */
export function DraggedWire(props: ConnectionLineComponentProps<FlowNode>) {
  const { fromX, fromY, toX, toY, fromHandle, connectionStatus } = props;
  const forward = fromHandle.type === 'source';
  const ends = forward
    ? { sourceX: fromX, sourceY: fromY, targetX: toX, targetY: toY }
    : { sourceX: toX, sourceY: toY, targetX: fromX, targetY: fromY };
  return <path className="wire-dragged" data-status={connectionStatus ?? undefined} d={pathOf(ends).d} />;
}

function verdictUnder(drag: WireDrag, over: PortRef | null, side: 'inputs' | 'outputs'): Verdict | undefined {
  return over && takesWire(drag, side) ? drag.trial.verdictDownstream(over) : undefined;
}

/** What the port under the pointer would make of the wire, in a sentence; also for screen readers. */
export function WireHint() {
  const drag = useWireDrag((s) => s.drag);
  const over = useConnection<FlowNode, { key: string; x: number; y: number } | null>((c) => {
    if (!c.inProgress || !c.toHandle) return null;
    return { key: JSON.stringify(c.toHandle), x: c.to.x, y: c.to.y };
  });
  return drag && over ? <Hint drag={drag} handle={over.key} /> : <output className="visually-hidden" />;
}

function Hint({ drag, handle }: { readonly drag: WireDrag; readonly handle: string }) {
  const { nodeId, id, type } = JSON.parse(handle) as { nodeId: string; id: string; type: string };
  const verdict = verdictUnder(drag, { node: nodeId, port: id }, type === 'target' ? 'inputs' : 'outputs');
  if (!verdict) return <output className="visually-hidden" />;
  return (
    <output className="wire-hint" data-fits={verdict.fits}>
      <b>{verdict.fits ? `Fits: ${shape(verdict.shape)}` : 'Does not fit'}</b>
      <span>{verdict.reason}</span>
    </output>
  );
}
