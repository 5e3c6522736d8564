import type { NodeFigures } from '../../src/training/node-figures.ts';
import { SvgImage } from '../picture/SvgImage.tsx';
import type { Drawn, DrawnNode } from './drawing.ts';
import { barOf, type Measure, type Range } from './measures.ts';
import { useLooks } from './store.ts';

/** Against the canvas' own size: a chain of eight then needs little room, and its names can still be read. */
const SCALE = 0.86;

interface InsideDrawingProps {
  readonly drawn: Drawn;
  readonly figures: ReadonlyMap<string, NodeFigures>;
  readonly measure: Measure | null;
  readonly range: Range | undefined;
  readonly selected: string | undefined;
}

/** The drawing with a bar and a number on each node; a click on a node chooses it. */
export function InsideDrawing({ drawn, figures, measure, range, selected }: InsideDrawingProps) {
  const { picture, nodes, layers } = drawn;
  return (
    <div className="inside-drawing">
      <div className="inside-canvas" style={{ width: picture.width * SCALE, height: picture.height * SCALE }}>
        <SvgImage svg={picture.svg} alt="" />
        {nodes
          .filter(({ name }) => layers.has(name))
          .map((node) => (
            <NodeButton
              key={node.name}
              {...{ node, measure, range, isSelected: node.name === selected }}
              value={
                measure
                  ? figures.get(node.name) && measure.of(figures.get(node.name) as NodeFigures)
                  : undefined
              }
            />
          ))}
      </div>
    </div>
  );
}

interface NodeButtonProps {
  readonly node: DrawnNode;
  readonly measure: Measure | null;
  readonly range: Range | undefined;
  readonly value: number | undefined;
  readonly isSelected: boolean;
}

function NodeButton({ node, measure, range, value, isSelected }: NodeButtonProps) {
  const { name, left, top, width, height } = node;
  const words = measure && value !== undefined ? `, ${measure.title} ${measure.show(value)}` : '';
  return (
    <button
      type="button"
      className="inside-node"
      aria-pressed={isSelected}
      aria-label={`${name}${words}`}
      style={{ left: left * SCALE, top: top * SCALE, width: width * SCALE, height: height * SCALE }}
      onClick={() => useLooks.setState({ node: isSelected ? null : name })}
    >
      {measure && range && value !== undefined && <Scale {...{ measure, range, value }} />}
    </button>
  );
}

/** A thin bar with its number. */
export function Scale({
  measure,
  range,
  value,
}: {
  readonly measure: Measure;
  readonly range: Range;
  readonly value: number;
}) {
  const { left, width } = barOf(measure, range, value);
  return (
    <span className="scale" data-signed={measure.scale === 'signed' || undefined}>
      <span className="scale-track">
        <span className="scale-bar" style={{ left: `${100 * left}%`, width: `${100 * width}%` }} />
      </span>
      <span className="scale-number">{measure.show(value)}</span>
    </span>
  );
}
