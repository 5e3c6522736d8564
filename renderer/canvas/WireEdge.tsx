import { BaseEdge, type EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import { shape } from '../ui/format.ts';
import type { FlowEdge } from './flow.ts';
import { pathOf } from './route.ts';
import { setUi, useCanvasUi } from './ui.ts';

/** Text of 11 px in tabular figures. */
const CHAR = 6.4;

/** Between these ends a label would hide the wire. */
const SHORT = 26;

/** A wire with the shape that flows through it. */
export const WireEdge = memo(function WireEdge(props: EdgeProps<FlowEdge>) {
  const { id, data } = props;
  const under = useCanvasUi((s) => s.wireUnder === id);
  if (!data) return null;
  const { scene, bow, target } = data;
  const { d, x, y, side } = pathOf(props, bow);
  const text = shape(scene.shape);
  const width = text.length * CHAR + 12;
  const problem = scene.problem;
  const short = Math.abs(props.targetY - props.sourceY) < SHORT;
  return (
    <g className="wire" data-problem={problem ? 'error' : undefined} data-under={under || undefined}>
      <BaseEdge path={d} interactionWidth={18} />
      <g
        className="wire-label"
        data-short={short || undefined}
        transform={`translate(${x + side * (width / 2 - 9)} ${y})`}
      >
        <rect x={-width / 2} y={-9} width={width} height={18} rx={9} />
        <text textAnchor="middle" y={4}>
          {text}
        </text>
        {problem && (
          // biome-ignore lint/a11y/useSemanticElements: SVG has no button.
          <g
            className="wire-badge"
            role="button"
            tabIndex={0}
            aria-label={`Problem at input ${scene.to.port} of ${target}: show`}
            transform={`translate(${width / 2 + 8} 0)`}
            onClick={(e) => {
              e.stopPropagation();
              show(e.currentTarget, scene.wire.to.node, scene.to.port);
            }}
            onKeyDown={(e) => {
              if (e.key !== 'Enter' && e.key !== ' ') return;
              e.preventDefault();
              e.stopPropagation();
              show(e.currentTarget, scene.wire.to.node, scene.to.port);
            }}
          >
            <circle r={8} />
            <text textAnchor="middle" y={4}>
              !
            </text>
          </g>
        )}
      </g>
    </g>
  );
});

function show(badge: Element, node: string, port: string): void {
  const { right, bottom } = badge.getBoundingClientRect();
  setUi({ problems: { node, port, screen: { x: right, y: bottom + 4 } } });
}
