import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { bytes, percent } from '../ui/format.ts';
import type { Places } from './chart/axes.ts';
import { figureWords } from './chart/axes.ts';
import { ChartTools } from './chart/ChartTools.tsx';
import type { Curve } from './chart/column.ts';
import { LineChart } from './chart/LineChart.tsx';
import type { Line } from './chart/lines.ts';
import { Smoothed } from './chart/smooth.ts';
import { createCharts } from './chart/store.ts';
import type { Series } from './series.ts';

const share = (value: number) => percent(value, 0);
const rounded = (value: number) => `${Number(value.toPrecision(3))}`;

const raw = (places: Places, y: Curve): Line => ({
  ...{ label: 'each batch', colour: '--accent', width: 1, opacity: 0.4, pale: true, places, y },
});
const trained = (places: Places, y: Curve): Line => ({
  ...{ label: 'training', colour: '--accent', width: 2, places, y },
});
const held = (places: Places, y: Curve): Line => ({
  ...{ label: 'held out', colour: '--cat-activation', width: 2, sparse: true, places, y },
  pale: y.length === 0,
});

/** '2.31 at first, 0.42 now' */
function spoken(what: string, values: Curve, show: (v: number) => string): string {
  const last = values.last;
  if (last === undefined) return `${what}: nothing yet`;
  return `${what}: ${show(values.at(0))} at first, ${show(last)} now`;
}

/** The averages of a series, made anew where another strength is wanted, grown where it has grown. */
function useSmoothed(series: Series, keep: number) {
  const { train } = series;
  const made = useMemo(
    () => ({
      loss: new Smoothed(train.loss, keep),
      accuracy: new Smoothed(train.accuracy, keep),
      imagesPerSecond: new Smoothed(train.imagesPerSecond, keep),
    }),
    [train, keep],
  );
  for (const smoothed of Object.values(made)) smoothed.grow();
  return made;
}

interface ChartsProps {
  readonly series: Series;
  readonly version: number;
  readonly height: number;
  /** Of files that they are saved as. */
  readonly name: string;
  /** Where it is known before the first epoch has ended. */
  readonly stepsPerEpoch?: number;
}

/** Loss, accuracy, learning rate, speed and memory of a run. */
export function Charts({ series, version, height, name, stepsPerEpoch: given }: ChartsProps) {
  const [keep, setKeep] = useState(0.8);
  const store = useMemo(createCharts, []);
  const log = useStore(store, (s) => s.log);
  const smoothed = useSmoothed(series, keep);
  const stepsPerEpoch = given ?? series.stepsPerEpoch ?? Math.max(1, series.train.step.last ?? 1);
  const common = { store, version, name, stepsPerEpoch };
  const { train, validation, memory } = series;
  const isJudged = validation.step.length > 0;
  const said = (what: 'loss' | 'accuracy', title: string, show: (v: number) => string) =>
    `${spoken(`${title} in training`, smoothed[what].curve, show)}${isJudged ? `; ${spoken('held out', validation[what], show)}` : ''}. Arrows move along it, plus and minus zoom, 0 shows all.`;
  const lines = (what: 'loss' | 'accuracy') => [
    raw(train, train[what]),
    trained(train, smoothed[what].curve),
    held(validation, validation[what]),
  ];
  const one = (label: string, y: Curve): Line[] => [
    { label, colour: '--cat-normalisation', width: 1.5, places: train, y },
  ];
  const speed = train.imagesPerSecond;
  return (
    <section className="charts" aria-label="Curves">
      <ChartTools store={store} keep={keep} onKeep={setKeep} />
      <div className="charts-pair">
        <LineChart
          {...{ ...common, title: 'Loss', testId: 'loss-chart', height, log, show: figureWords }}
          summary={said('loss', 'Loss', figureWords)}
          lines={lines('loss')}
        />
        <LineChart
          {...{ ...common, title: 'Accuracy', testId: 'accuracy-chart', height, log: false, show: share }}
          summary={said('accuracy', 'Accuracy', (v) => percent(v))}
          lines={lines('accuracy')}
          range={[0, 1]}
        />
      </div>
      <div className="charts-foot">
        <LineChart
          {...{ ...common, title: 'Learning rate', testId: 'rate-chart', height: 96, log: false }}
          show={figureWords}
          summary={spoken('Learning rate', train.learningRate, figureWords)}
          lines={one('rate', train.learningRate)}
        />
        {Number.isFinite(speed.last ?? Number.NaN) && (
          <LineChart
            {...{ ...common, title: 'Pictures a second', testId: 'speed-chart', height: 96, log: false }}
            show={rounded}
            summary={spoken('Pictures a second', smoothed.imagesPerSecond.curve, rounded)}
            lines={[
              { ...raw(train, speed), colour: '--cat-stages' },
              { ...trained(train, smoothed.imagesPerSecond.curve), label: 'mean', colour: '--cat-stages' },
            ]}
          />
        )}
        {memory.bytes.length > 1 && (
          <LineChart
            {...{ ...common, title: 'Memory', testId: 'memory-chart', height: 96, log: false }}
            show={bytes}
            summary={spoken('Memory of the process', memory.bytes, bytes)}
            lines={[
              { label: 'process', colour: '--cat-layers', width: 1.5, places: memory, y: memory.bytes },
            ]}
          />
        )}
      </div>
    </section>
  );
}
