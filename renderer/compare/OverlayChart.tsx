import { type CSSProperties, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import uPlot from 'uplot';
import type { CurveAxis } from '../../src/compare/curve.ts';
import { useTheme } from '../ui/theme.ts';
import type { LinePoints } from './lines.ts';
import { OverlayMenu } from './OverlayMenu.tsx';

export interface OverlayLine {
  readonly key: string;
  /** Lines of one run are lit together. */
  readonly run: string;
  readonly label: string;
  readonly colour: string;
  readonly dash: readonly number[];
  readonly held: boolean;
  readonly points: LinePoints;
}

interface OverlayChartProps {
  readonly title: string;
  readonly testId: string;
  /** Read aloud in the place of the drawing. */
  readonly summary: string;
  readonly lines: readonly OverlayLine[];
  readonly axis: CurveAxis;
  readonly height: number;
  readonly log: boolean;
  readonly range?: readonly [number, number];
  readonly show: (value: number) => string;
  readonly showX: (value: number) => string;
  readonly lit: string | null;
  readonly onLit: (run: string | null) => void;
}

const css = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const PALE = 0.18;
/** How near the pointer must be to a line. */
const NEAR = 24;

function optionsFor(
  props: OverlayChartProps,
  width: number,
  onCursor: (x: number | null) => void,
): uPlot.Options {
  const { lines, height, log, range, show, showX, onLit } = props;
  const axis: uPlot.Axis = {
    stroke: css('--ink-3'),
    font: `11px ${css('--font')}`,
    grid: { stroke: css('--line'), width: 1 },
    ticks: { show: false },
    gap: 4,
  };
  return {
    ...{ width, height, padding: [8, 10, 0, 0], legend: { show: false } },
    focus: { alpha: 1 },
    cursor: { y: false, drag: { x: true, y: false }, points: { size: 6 }, focus: { prox: NEAR } },
    scales: {
      x: { time: false },
      y: { distr: log ? 3 : 1, ...(range && !log && { range: [...range] as uPlot.Range.MinMax }) },
    },
    axes: [
      { ...axis, size: 26, space: 70, values: (_, values) => values.map((v) => showX(v)) },
      { ...axis, size: 52, values: (_, values) => values.map((v) => (v === null ? '' : show(v))) },
    ],
    series: [
      {},
      ...lines.map(
        ({ label, colour, dash, held, points }): uPlot.Series => ({
          ...{ label, stroke: css(colour), width: held ? 1.5 : 2, spanGaps: held },
          dash: held ? [4, 4] : [...dash],
          points: { show: held && points.x.length <= 60, size: 5, fill: css(colour) },
        }),
      ),
    ],
    hooks: {
      setCursor: [(u) => onCursor(u.cursor.idx == null ? null : (u.data[0][u.cursor.idx] ?? null))],
      setSeries: [(_, index) => onLit(index === null ? null : (lines[index - 1]?.run ?? null))],
    },
  };
}

/** On one axis that has the points of all. */
const joined = (lines: readonly OverlayLine[]): uPlot.AlignedData =>
  lines.length === 0 ? [[]] : uPlot.join(lines.map(({ points: { x, y } }) => [[...x], [...y]]));

/** The value of a line at a place, or the last before it. */
function valueAt({ x, y }: LinePoints, at: number | null): number | null {
  let found: number | null = null;
  for (let i = 0; i < x.length; i++) {
    if (at !== null && (x[i] as number) > at) break;
    found = y[i] ?? found;
  }
  return found;
}

/** Lines of several runs over one axis. Dragging shows a part of it, a double click all. */
export function OverlayChart(props: OverlayChartProps) {
  const { title, testId, summary, lines, log, show, showX, lit } = props;
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  const latest = useRef(props);
  latest.current = props;
  const [cursor, setCursor] = useState<number | null>(null);
  const theme = useTheme();
  const shape = lines.map(({ key, points }) => `${key} ${points.x.length <= 60}`).join('\n');
  const data = useMemo(() => joined(lines), [lines]);
  const shown = useRef(data);
  shown.current = data;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what else the chart is made of is read when it is made.
  useLayoutEffect(() => {
    const target = box.current;
    if (!target) return;
    const made = new uPlot(optionsFor(latest.current, target.clientWidth, setCursor), shown.current, target);
    plot.current = made;
    const observer = new ResizeObserver(() =>
      made.setSize({ width: target.clientWidth, height: latest.current.height }),
    );
    observer.observe(target);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [theme, log, shape, showX]);
  useEffect(() => {
    plot.current?.setData(data);
  }, [data]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a chart that was made anew is lit anew.
  useEffect(() => {
    const u = plot.current;
    if (!u) return;
    for (const [i, { run }] of latest.current.lines.entries()) {
      const series = u.series[i + 1];
      if (series) series.alpha = lit === null || run === lit ? 1 : PALE;
    }
    u.redraw(false);
  }, [lit, shape, theme, log]);
  return (
    <figure className="chart" data-testid={testId}>
      <figcaption className="chart-head">
        <h3>{title}</h3>
        {lines.map(({ key, label, colour, held, points, run }) => {
          const value = valueAt(points, cursor);
          return (
            <span key={key} className="chart-key" data-pale={(lit !== null && lit !== run) || undefined}>
              <span
                className={`chart-swatch ${held ? 'held' : ''}`}
                style={{ '--swatch': `var(${colour})` } as CSSProperties}
              />
              {label}
              <b>{value === null ? '–' : show(value)}</b>
            </span>
          );
        })}
        <span className="chart-step muted">{cursor !== null && `at ${showX(cursor)}`}</span>
        <OverlayMenu look={{ ...props, range: props.range }} />
      </figcaption>
      <div ref={box} className="chart-plot" role="img" aria-label={summary} />
    </figure>
  );
}
