import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import { useTheme } from '../ui/theme.ts';

export interface Line {
  readonly label: string;
  /** A custom property of the style sheet. */
  readonly colour: string;
  readonly width: number;
  /** From 0 to 1. */
  readonly opacity?: number;
  /** Few values among many steps: joined, each with a dot. */
  readonly sparse?: boolean;
  /** Not named in the legend. */
  readonly pale?: boolean;
}

interface ChartProps {
  readonly title: string;
  readonly testId: string;
  /** Read aloud in the place of the drawing. */
  readonly summary: string;
  readonly lines: readonly Line[];
  /** Steps, then each line's values. */
  readonly data: uPlot.AlignedData;
  readonly height: number;
  readonly show: (value: number) => string;
  readonly log?: boolean;
  /** Of the scale; absent: as the values are. */
  readonly range?: readonly [number, number];
}

const css = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function optionsFor(
  { lines, height, show, log, range }: ChartProps,
  width: number,
  onCursor: (i: number | null) => void,
) {
  const axis: uPlot.Axis = {
    stroke: css('--ink-3'),
    font: `11px ${css('--font')}`,
    grid: { stroke: css('--line'), width: 1 },
    ticks: { show: false },
    gap: 4,
  };
  return {
    ...{ width, height, padding: [8, 10, 0, 0], legend: { show: false } },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
    scales: {
      x: { time: false },
      y: { distr: log ? 3 : 1, ...(range && !log && { range: [...range] as uPlot.Range.MinMax }) },
    },
    axes: [
      {
        ...axis,
        size: 26,
        space: 60,
        incrs: [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1e3, 2e3, 5e3, 1e4, 5e4, 1e5],
      },
      {
        ...axis,
        size: 46,
        values: (_: uPlot, ticks: number[]) => ticks.map((v) => (v === null ? '' : show(v))),
      },
    ],
    series: [
      {},
      ...lines.map(
        ({ label, colour, width: lineWidth, opacity = 1, sparse = false }): uPlot.Series => ({
          ...{ label, stroke: css(colour), width: lineWidth, alpha: opacity, spanGaps: sparse },
          points: { show: sparse, size: 6, fill: css(colour) },
        }),
      ),
    ],
    hooks: { setCursor: [(u: uPlot) => onCursor(u.cursor.idx ?? null)] },
  } satisfies uPlot.Options;
}

/** The value at a step, or the last before it. */
function valueAt(values: ArrayLike<number | null | undefined> | undefined, index: number): number | null {
  for (let i = Math.min(index, (values?.length ?? 0) - 1); i >= 0; i--) {
    const value = values?.[i];
    if (value !== null && value !== undefined) return value;
  }
  return null;
}

/** A line chart for series that grow: data is set anew, the chart stays. */
export function Chart(props: ChartProps) {
  const { title, testId, summary, lines, data, show, log = false } = props;
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  const latest = useRef(props);
  latest.current = props;
  const [cursor, setCursor] = useState<number | null>(null);
  const theme = useTheme();
  // biome-ignore lint/correctness/useExhaustiveDependencies: theme and scale are read when the chart is made.
  useLayoutEffect(() => {
    const target = box.current;
    if (!target) return;
    const made = new uPlot(
      optionsFor(latest.current, target.clientWidth, setCursor),
      latest.current.data,
      target,
    );
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
  }, [theme, log]);
  useEffect(() => {
    if (plot.current && plot.current.data !== data) plot.current.setData(data);
  }, [data]);
  const at = cursor ?? data[0].length - 1;
  return (
    <figure className="chart" data-testid={testId}>
      <figcaption className="chart-head">
        <h3>{title}</h3>
        {lines.map(({ label, colour, pale }, i) => {
          const value = valueAt(data[i + 1], at);
          return (
            !pale && (
              <span key={label} className="chart-key">
                <span className="chart-swatch" style={{ background: `var(${colour})` }} />
                {label}
                <b>{value === null ? '–' : show(value)}</b>
              </span>
            )
          );
        })}
        <span className="chart-step muted">{cursor !== null && `step ${data[0][cursor]}`}</span>
      </figcaption>
      <div ref={box} className="chart-plot" role="img" aria-label={summary} />
    </figure>
  );
}
