import { Download } from 'lucide-react';
import { useState } from 'react';
import { figureKinds } from '../../src/compare/figures.ts';
import { Button } from '../ui/Button.tsx';
import { sayError } from '../ui/toasts.tsx';
import { ScatterPlot } from './ScatterPlot.tsx';
import { saveScatter, saveScatterCsv } from './save-scatter.ts';
import type { ScatterChoice } from './scatter.ts';
import { type TradeAxis, tradeAxes, usuallyLog } from './trade-points.ts';
import { type TradeKinds, useTradePoints } from './use-trade-points.ts';

const kindTitles: readonly { readonly kind: keyof TradeKinds; readonly title: string }[] = [
  { kind: 'runs', title: 'Runs' },
  { kind: 'open', title: 'Open drawing' },
  { kind: 'templates', title: 'Templates' },
];

interface AxisFieldProps {
  readonly title: string;
  readonly value: TradeAxis;
  readonly log: boolean;
  readonly onChange: (axis: TradeAxis, log: boolean) => void;
}

function AxisField({ title, value, log, onChange }: AxisFieldProps) {
  return (
    <span className="axis-field">
      <label>
        {title}
        <select
          className="input"
          value={value}
          onChange={(e) => {
            const axis = e.target.value as TradeAxis;
            onChange(axis, usuallyLog[axis]);
          }}
        >
          {tradeAxes.map((axis) => (
            <option key={axis} value={axis}>
              {figureKinds[axis].title}
            </option>
          ))}
        </select>
      </label>
      <label>
        <input type="checkbox" checked={log} onChange={(e) => onChange(value, e.target.checked)} /> log
        <span className="visually-hidden"> scale of {title}</span>
      </label>
    </span>
  );
}

/** Accuracy against what it costs, over runs and drawings that are not trained yet. */
export function TradeOff() {
  const [x, setX] = useState<TradeAxis>('params');
  const [y, setY] = useState<TradeAxis>('testAccuracy');
  const [logX, setLogX] = useState(true);
  const [logY, setLogY] = useState(false);
  const [kinds, setKinds] = useState<TradeKinds>({ runs: true, open: true, templates: true });
  const points = useTradePoints(kinds);
  const choice: ScatterChoice = { x, y, logX, logY };
  return (
    <section className="compare-body tradeoff" aria-label="Trade-off">
      <div className="compare-controls">
        <AxisField
          title="Across"
          value={x}
          log={logX}
          onChange={(axis, log) => {
            setX(axis);
            setLogX(log);
          }}
        />
        <AxisField
          title="Up"
          value={y}
          log={logY}
          onChange={(axis, log) => {
            setY(axis);
            setLogY(log);
          }}
        />
        {kindTitles.map(({ kind, title }) => (
          <label key={kind} className="axis-field">
            <span>
              <input
                type="checkbox"
                checked={kinds[kind]}
                onChange={(e) => setKinds({ ...kinds, [kind]: e.target.checked })}
              />{' '}
              {title}
            </span>
          </label>
        ))}
        {points && (
          <span className="compare-end">
            <Button small onClick={() => saveScatter('svg', points, choice).catch(sayError)}>
              <Download size={13} aria-hidden /> SVG
            </Button>
            <Button small onClick={() => saveScatter('png', points, choice).catch(sayError)}>
              <Download size={13} aria-hidden /> PNG
            </Button>
            <Button small onClick={() => saveScatterCsv(points)}>
              <Download size={13} aria-hidden /> CSV
            </Button>
          </span>
        )}
      </div>
      {points ? (
        <ScatterPlot points={points} choice={choice} />
      ) : (
        <div className="empty" role="status">
          Reading runs and drawings…
        </div>
      )}
    </section>
  );
}
