import { useEffect, useMemo, useRef, useState } from 'react';
import type uPlot from 'uplot';
import { percent } from '../ui/format.ts';
import { chartData, type Series } from './series.ts';
import { Chart, type Line } from './UPlot.tsx';

/** Often enough to look alive; a long run is drawn less often. */
const intervalFor = (steps: number) => Math.max(100, steps / 50);

/** `version`, but no faster than the charts can follow. */
function usePaced(version: number, interval: number): number {
  const [paced, setPaced] = useState(version);
  const last = useRef(0);
  useEffect(() => {
    const wait = Math.max(0, last.current + interval - performance.now());
    const timer = setTimeout(() => {
      last.current = performance.now();
      setPaced(version);
    }, wait);
    return () => clearTimeout(timer);
  }, [version, interval]);
  return paced;
}

const figure = (value: number) =>
  value === 0
    ? '0'
    : Math.abs(value) < 0.001 || Math.abs(value) >= 1e4
      ? value.toExponential(1)
      : `${Number(value.toPrecision(3))}`;
const share = (value: number) => percent(value, 0);

const pale = (colour: string): Line => ({ label: 'each batch', colour, width: 1, opacity: 0.4, pale: true });
const train: Line = { label: 'training', colour: '--accent', width: 2 };
const held: Line = { label: 'held out', colour: '--cat-activation', width: 2, sparse: true };
const rate: readonly Line[] = [{ label: 'rate', colour: '--cat-normalisation', width: 1.5 }];

/** '2.31 at the beginning, 0.42 after 90 steps' */
function spoken(what: string, values: readonly (number | null)[], show: (v: number) => string): string {
  const known = values.filter((v) => v !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return `${what}: nothing yet`;
  return `${what}: ${show(first)} at first, ${show(last)} now`;
}

interface ChartsProps {
  readonly series: Series;
  readonly version: number;
  readonly height: number;
}

/** Loss, accuracy and learning rate of a run. */
export function Charts({ series, version, height }: ChartsProps) {
  const [keep, setKeep] = useState(0.8);
  const [log, setLog] = useState(false);
  const steps = series.train.step.length;
  const paced = usePaced(version, intervalFor(steps));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the series grows in place; `paced` says when.
  const { loss, accuracy, rates } = useMemo(
    () => ({
      loss: chartData(series, 'loss', keep, log),
      accuracy: chartData(series, 'accuracy', keep),
      rates: [
        series.train.step.values.slice(),
        series.train.learningRate.values.slice(),
      ] as uPlot.AlignedData,
    }),
    [series, paced, keep, log],
  );
  const hasHeld = series.validation.step.length > 0;
  const lossData = useMemo(
    () => [loss.x, loss.raw, loss.smoothed, loss.validation] as uPlot.AlignedData,
    [loss],
  );
  const accuracyData = useMemo(
    () => [accuracy.x, accuracy.raw, accuracy.smoothed, accuracy.validation] as uPlot.AlignedData,
    [accuracy],
  );
  const lines = [pale('--accent'), train, { ...held, pale: !hasHeld }];
  const said = (what: string, values: typeof loss, show: (v: number) => string) =>
    `${spoken(`${what} in training`, values.smoothed, show)}; ${spoken('held out', values.validation, show)}.`;
  return (
    <section className="charts" aria-label="Curves">
      <div className="charts-pair">
        <Chart
          title="Loss"
          testId="loss-chart"
          summary={said('Loss', loss, figure)}
          {...{ lines, data: lossData, height, log, show: figure }}
        />
        <Chart
          title="Accuracy"
          testId="accuracy-chart"
          summary={said('Accuracy', accuracy, (v) => percent(v))}
          {...{ lines, data: accuracyData, height, show: share, range: [0, 1] }}
        />
      </div>
      <div className="charts-foot">
        <Chart
          title="Learning rate"
          testId="rate-chart"
          summary={`Curve of the rate: ${figure(series.train.learningRate.last ?? 0)} now.`}
          {...{ lines: rate, data: rates, height: 78, show: figure }}
        />
        <div className="charts-settings">
          <label className="field">
            <span className="field-label">
              Smoothing <span className="muted">{keep.toFixed(2)}</span>
            </span>
            <input
              type="range"
              min={0}
              max={0.99}
              step={0.01}
              value={keep}
              onChange={(e) => setKeep(Number(e.target.value))}
            />
          </label>
          <fieldset className="segmented" aria-label="Scale of the loss">
            <button type="button" aria-pressed={!log} onClick={() => setLog(false)}>
              Linear
            </button>
            <button type="button" aria-pressed={log} onClick={() => setLog(true)}>
              Log
            </button>
          </fieldset>
        </div>
      </div>
    </section>
  );
}
