import { type KeyboardEvent, useEffect, useLayoutEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { useTheme } from '../../ui/theme.ts';
import { ChartMenu } from './ChartMenu.tsx';
import { Keys } from './Keys.tsx';
import { Plot, type PlotGiven } from './plot.ts';
import { panned, zoomed } from './range.ts';

interface LineChartProps extends PlotGiven {
  readonly testId: string;
  /** Read aloud in the place of the drawing. */
  readonly summary: string;
  /** Of a file that it is saved as. */
  readonly name: string;
  /** Rises when the lines have grown. */
  readonly version: number;
}

/** A part of what is seen that one press moves by. */
const NUDGE = 0.02;

function onKey(event: KeyboardEvent, plot: Plot, { store }: PlotGiven): void {
  const { range, cursor } = store.getState();
  const { full } = plot;
  const [from, to] = range ?? full;
  const at = cursor ?? (from + to) / 2;
  const by = { ArrowLeft: -NUDGE, ArrowRight: NUDGE }[event.key];
  if (by !== undefined && event.shiftKey) store.setState({ range: panned(range, full, 5 * by) });
  else if (by !== undefined)
    store.setState({ cursor: Math.min(to, Math.max(from, (cursor ?? to) + by * (to - from))) });
  else if (event.key === '+' || event.key === '=') store.setState({ range: zoomed(range, full, at, 0.5) });
  else if (event.key === '-') store.setState({ range: zoomed(range, full, at, 2) });
  else if (event.key === '0') store.setState({ range: null });
  else return;
  event.preventDefault();
}

/** A line chart of series that grow: it stays, and only what is seen is drawn. */
export function LineChart(props: LineChartProps) {
  const { title, testId, summary, log, store, version, lines } = props;
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<Plot>(null);
  const latest = useRef(props);
  latest.current = props;
  const theme = useTheme();
  const axis = useStore(store, (s) => s.axis);
  const shape = lines.map(({ label }) => label).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: theme, scale, axis and lines are read when the chart is made.
  useLayoutEffect(() => {
    if (!box.current) return;
    const made = new Plot(box.current, () => latest.current);
    plot.current = made;
    return () => {
      made.destroy();
      plot.current = null;
    };
  }, [theme, log, axis, shape, store]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: lines grow in place; `version` says when.
  useEffect(() => store.frames.request(), [version, lines, store]);
  return (
    <figure className="chart" data-testid={testId} data-points={lines[0]?.y.length}>
      <figcaption className="chart-head">
        <h3>{title}</h3>
        <Keys {...props} />
        <ChartMenu given={props} name={`${props.name} ${title}`} />
      </figcaption>
      <div
        ref={box}
        className="chart-plot"
        role="application"
        aria-roledescription="chart"
        aria-label={summary}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrows, + and − move and zoom it.
        tabIndex={0}
        onKeyDown={(e) => plot.current && onKey(e, plot.current, props)}
        onBlur={() => store.setState({ cursor: null })}
      />
    </figure>
  );
}
