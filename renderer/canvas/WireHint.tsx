import { type ConnectionLineComponentProps, type Handle, useConnection, useStore } from '@xyflow/react';
import type { PortRef } from '../../src/document/model.ts';
import type { Verdict } from '../../src/lower/index.ts';
import { shape } from '../ui/format.ts';
import type { FlowNode } from './flow.ts';
import { pathOf } from './route.ts';
import { takesWire, useWireDrag, type WireDrag } from './wire-drag.ts';

/** As the style has it at most; kept inside of the canvas. */
const HINT_WIDTH = 320;
const HINT_HEIGHT = 110;

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

/** What the port under the pointer would make of the wire, in a sentence beside it; also for screen readers. */
export function WireHint() {
  const drag = useWireDrag((s) => s.drag);
  const over = useConnection<FlowNode, string | null>((c) =>
    c.inProgress && c.toHandle ? JSON.stringify(c.toHandle) : null,
  );
  return <output className="wire-hints">{drag && over !== null && <Hint drag={drag} over={over} />}</output>;
}

function Hint({ drag, over }: { readonly drag: WireDrag; readonly over: string }) {
  const [left, top, zoom] = useStore((s) => s.transform);
  const width = useStore((s) => s.width);
  const height = useStore((s) => s.height);
  const { nodeId, id, type, x, y } = JSON.parse(over) as Handle;
  const side = type === 'target' ? 'inputs' : 'outputs';
  const verdict = verdictUnder(drag, { node: nodeId, port: id ?? '' }, side);
  if (!verdict) return null;
  // Handles under the pointer come with their place in the drawing.
  const place = {
    left: Math.max(8, Math.min(x * zoom + left + 20, width - HINT_WIDTH - 8)),
    top: Math.max(8, Math.min(y * zoom + top + 14, height - HINT_HEIGHT - 8)),
  };
  return (
    <div className="wire-hint" data-fits={verdict.fits} style={place}>
      <b>{verdict.fits ? `Fits: ${shape(verdict.shape)}` : 'Does not fit'}</b>
      <span>{verdict.reason}</span>
    </div>
  );
}
