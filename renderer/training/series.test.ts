import { expect, test } from 'vitest';
import type { Metric } from '../../src/training/metric.ts';
import { Column, chartData, Series, smooth } from './series.ts';

const step = (n: number, loss = 1): Metric => ({
  ...{ kind: 'step', step: n, epoch: 0, loss, accuracy: 0.5, learningRate: 0.1, durationMs: 1 },
});
const losses = (series: Series) => [...series.train.loss.values];

test('a column keeps what it held when it grows', () => {
  const column = new Column();
  for (let i = 0; i < 1000; i++) column.push(i);
  expect(column.values).toEqual(Float64Array.from({ length: 1000 }, (_, i) => i));
});

test('events that overlap add only what is new; a gap adds nothing', () => {
  const series = new Series();
  expect(series.take(0, [step(0, 3), step(1, 2)])).toBe(true);
  expect(series.take(1, [step(1, 2), step(2, 1)])).toBe(true);
  expect(losses(series)).toEqual([3, 2, 1]);
  expect(series.take(5, [step(5)])).toBe(false);
  expect([series.next, losses(series).length]).toEqual([3, 3]);
  // An old event after a refetch changes nothing.
  expect(series.take(0, [step(0)])).toBe(true);
  expect(losses(series)).toEqual([3, 2, 1]);
});

test('a page with a damaged line counts it', () => {
  const series = new Series();
  series.takePage([step(0), step(1)], 3);
  expect(series.take(3, [step(2)])).toBe(true);
  expect([...series.train.step.values]).toEqual([1, 2, 3]);
});

test('a validation that the epoch tells again stands there once', () => {
  const series = new Series();
  series.take(0, [
    step(0),
    { kind: 'validation', step: 0, epoch: 0, loss: 0.9, accuracy: 0.7 },
    {
      kind: 'epoch',
      step: 0,
      epoch: 0,
      loss: 1,
      accuracy: 0.5,
      validationLoss: 0.9,
      validationAccuracy: 0.7,
    },
    step(1),
    {
      kind: 'epoch',
      step: 1,
      epoch: 1,
      loss: 1,
      accuracy: 0.5,
      validationLoss: 0.8,
      validationAccuracy: 0.8,
    },
  ]);
  expect([...series.validation.loss.values]).toEqual([0.9, 0.8]);
  expect(chartData(series, 'loss', 0).validation).toEqual([0.9, 0.8]);
});

test('a moving average of a constant is that constant from the first step on', () => {
  expect([...smooth(Float64Array.of(2, 2, 2), 0.9)].every((v) => Math.abs(v - 2) < 1e-12)).toBe(true);
  expect([...smooth(Float64Array.of(1, 3), 0)]).toEqual([1, 3]);
  expect(smooth(Float64Array.of(Number.NaN, 4), 0.5)).toEqual(Float64Array.of(Number.NaN, 4));
});

test('what a logarithmic scale cannot show is a hole', () => {
  const series = new Series();
  series.take(0, [step(0, 0), step(1, 0.1), { ...step(2), loss: null } as unknown as Metric]);
  expect(chartData(series, 'loss', 0, true).raw).toEqual([null, 0.1, null]);
  expect(chartData(series, 'loss', 0).raw).toEqual([0, 0.1, null]);
});
