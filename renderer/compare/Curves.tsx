import { useDeferredValue, useMemo, useState } from 'react';
import type { CurveAxis } from '../../src/compare/curve.ts';
import { duration, percent } from '../ui/format.ts';
import { colourOf } from './colours.ts';
import { heldLine, type LineChoice, trainLine } from './lines.ts';
import { useNames } from './names.ts';
import { OverlayChart, type OverlayLine } from './OverlayChart.tsx';
import { type CompareState, useCompare } from './store.ts';

type Sets = 'both' | 'train' | 'held';
const axes: readonly { id: CurveAxis; title: string; show: (v: number) => string }[] = [
  { id: 'step', title: 'Step', show: (v) => `${v}` },
  { id: 'epoch', title: 'Epoch', show: (v) => `${Number(v.toPrecision(4))}` },
  { id: 'time', title: 'Time', show: (v) => (v === 0 ? '0' : duration(v)) },
];
const sets: readonly { id: Sets; title: string }[] = [
  { id: 'both', title: 'Both' },
  { id: 'train', title: 'Training' },
  { id: 'held', title: 'Held out' },
];

const figure = (value: number) =>
  value === 0
    ? '0'
    : Math.abs(value) < 0.001 || Math.abs(value) >= 1e4
      ? value.toExponential(1)
      : `${Number(value.toPrecision(3))}`;

function linesOf(
  { runs, loaded, colours }: Pick<CompareState, 'runs' | 'loaded' | 'colours'>,
  names: ReadonlyMap<string, string>,
  which: Sets,
  choice: LineChoice,
): OverlayLine[] {
  return runs.flatMap((run): OverlayLine[] => {
    const curve = loaded[run]?.curve;
    if (!curve) return [];
    const { property, dash } = colourOf(colours[run] ?? 0);
    const name = names.get(run) ?? run;
    const all = [
      ...(which === 'held' ? [] : [{ held: false, points: trainLine(curve, choice) }]),
      ...(which === 'train' ? [] : [{ held: true, points: heldLine(curve, choice) }]),
    ];
    return all
      .filter(({ points }) => points.x.length > 0)
      .map(({ held, points }) => ({
        ...{ key: `${run} ${held}`, run, held, points, dash, colour: property },
        label: held ? `${name}, held out` : name,
      }));
  });
}

/** '0.42 of A, 0.31 of B at the end' */
function spoken(what: string, lines: readonly OverlayLine[], show: (v: number) => string): string {
  const ends = lines.flatMap(({ label, points: { y } }) => {
    const last = y.findLast((v) => v !== null);
    return last == null ? [] : [`${show(last)} of ${label}`];
  });
  return ends.length === 0 ? `${what}: nothing yet` : `${what} at the end: ${ends.join(', ')}.`;
}

function Choice<T extends string>(props: {
  readonly label: string;
  readonly options: readonly { readonly id: T; readonly title: string }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}) {
  return (
    <fieldset className="segmented" aria-label={props.label}>
      {props.options.map(({ id, title }) => (
        <button key={id} type="button" aria-pressed={props.value === id} onClick={() => props.onChange(id)}>
          {title}
        </button>
      ))}
    </fieldset>
  );
}

/** Loss and accuracy of the compared runs over one axis. */
export function Curves() {
  const { runs, loaded, colours, hovered } = useCompare();
  const names = useNames();
  const [axis, setAxis] = useState<CurveAxis>('step');
  const [which, setWhich] = useState<Sets>('both');
  const [keep, setKeep] = useState(0.8);
  const [log, setLog] = useState(false);
  // Of a long run this takes longer than a slider moves.
  const smoothing = useDeferredValue(keep);
  const lines = useMemo(() => {
    const of = (what: 'loss' | 'accuracy') =>
      linesOf({ runs, loaded, colours }, names, which, {
        ...{ axis, what, keep: smoothing, positive: log && what === 'loss' },
      });
    return { loss: of('loss'), accuracy: of('accuracy') };
  }, [runs, loaded, colours, names, which, axis, smoothing, log]);
  if (runs.length === 0) return <div className="empty">Add runs to see their curves over one another.</div>;
  const { show: showX } = axes.find((a) => a.id === axis) as (typeof axes)[number];
  const missing = runs.filter((run) => loaded[run] && !lines.loss.some((l) => l.run === run));
  const shared = {
    ...{ axis, height: 300, showX, lit: hovered },
    onLit: (run: string | null) => useCompare.setState({ hovered: run }),
  };
  return (
    <section className="compare-body" aria-label="Curves">
      <div className="compare-controls">
        <Choice label="Axis" options={axes} value={axis} onChange={setAxis} />
        <Choice label="Pictures" options={sets} value={which} onChange={setWhich} />
        <Choice
          label="Scale of the loss"
          options={[
            { id: 'linear', title: 'Linear' },
            { id: 'log', title: 'Log' },
          ]}
          value={log ? 'log' : 'linear'}
          onChange={(v) => setLog(v === 'log')}
        />
        <label className="smoothing">
          Smoothing
          <input
            type="range"
            min={0}
            max={0.99}
            step={0.01}
            value={keep}
            onChange={(e) => setKeep(Number(e.target.value))}
          />
          <span className="muted">{keep.toFixed(2)}</span>
        </label>
      </div>
      {lines.loss.length > 0 && (
        <OverlayChart
          title="Loss"
          testId="compare-loss"
          lines={lines.loss}
          summary={spoken('Loss', lines.loss, figure)}
          {...{ ...shared, log, show: figure }}
        />
      )}
      {lines.accuracy.length > 0 && (
        <OverlayChart
          title="Accuracy"
          testId="compare-accuracy"
          lines={lines.accuracy}
          summary={spoken('Accuracy', lines.accuracy, (v) => percent(v))}
          range={[0, 1]}
          {...{ ...shared, log: false, show: (v: number) => percent(v, 0) }}
        />
      )}
      {missing.length > 0 && (
        <p className="muted">
          Not drawn here: {missing.map((run) => names.get(run)).join(', ')}.{' '}
          {axis === 'epoch' ? 'No epoch of it has ended.' : 'Nothing of the kind was recorded.'}
        </p>
      )}
    </section>
  );
}
