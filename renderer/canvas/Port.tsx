import { Handle, Position } from '@xyflow/react';
import { memo } from 'react';
import { setUi } from './ui.ts';
import { useWireDrag, verdictFor } from './wire-drag.ts';

interface PortProps {
  readonly node: string;
  readonly name: string;
  readonly port: string;
  readonly side: 'inputs' | 'outputs';
  /** From the node's left edge, in pixels. */
  readonly x: number;
  /** Drawn beside the dot, where a node has several. */
  readonly label: string | undefined;
  readonly connected: boolean;
  readonly open: boolean;
  /** Something is wrong at this input. */
  readonly problem: boolean;
}

/** A dot that wires begin or end at. While a wire is dragged it says whether it would take it. */
export const Port = memo(function Port({
  node,
  name,
  port,
  side,
  x,
  label,
  connected,
  open,
  problem,
}: PortProps) {
  const fits = useWireDrag(({ drag }) => verdictFor(drag, side, { node, port })?.fits);
  const input = side === 'inputs';
  return (
    <Handle
      type={input ? 'target' : 'source'}
      position={input ? Position.Top : Position.Bottom}
      id={port}
      isConnectable={open}
      className="port"
      style={{ left: x }}
      data-testid={`port-${name}-${port}`}
      data-verdict={fits === undefined ? undefined : fits ? 'fits' : 'misfits'}
      data-connected={connected || undefined}
      data-problem={problem || undefined}
      onClickCapture={
        problem
          ? (e) => {
              const { right, bottom } = e.currentTarget.getBoundingClientRect();
              setUi({ problems: { node, port, screen: { x: right, y: bottom + 6 } } });
            }
          : undefined
      }
    >
      {label !== undefined && <span className="port-label">{label}</span>}
    </Handle>
  );
});
