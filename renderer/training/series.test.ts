import { expect, test } from 'vitest';
import type { Metric } from '../../src/training/metric.ts';
import { Column } from './chart/column.ts';
import { Smoothed } from './chart/smooth.ts';
import { Series } from './series.ts';

const step = (n: number, loss = 1): Metric => ({
  ...{ kind: 'step', step: n, epoch: 0, loss, accuracy: 0.5, learningRate: 0.1, durationMs: 1 },
});
const losses = (series: Series) => [...series.train.loss.values];

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
  expect([...series.validation.step.values]).toEqual([1, 2]);
  expect(series.stepsPerEpoch).toBe(1);
});

test('a moving average of a constant is that constant from the first step on', () => {
  const smooth = (values: number[], keep: number) => [...new Smoothed(Column.of(values), keep).curve.values];
  expect(smooth([2, 2, 2], 0.9).every((v) => Math.abs(v - 2) < 1e-12)).toBe(true);
  expect(smooth([1, 3], 0)).toEqual([1, 3]);
  expect(smooth([Number.NaN, 4], 0.5)).toEqual([Number.NaN, 4]);
});

test('a moving average grows with what it follows, as if it had been made at the end', () => {
  const values = Column.of([5, 1]);
  const grown = new Smoothed(values, 0.7);
  for (const value of [4, 2, 8]) values.push(value);
  grown.grow();
  expect(grown.curve.values).toEqual(new Smoothed(values, 0.7).curve.values);
});

test('time, pictures a second and memory, where a step tells them', () => {
  const series = new Series(32);
  series.take(0, [
    { ...step(0), durationMs: 500, rssBytes: 1000 } as Metric,
    { ...step(1), durationMs: 250, count: 8 } as Metric,
  ]);
  expect([...series.train.time.values]).toEqual([0.5, 0.75]);
  expect([...series.train.imagesPerSecond.values]).toEqual([64, 32]);
  expect([[...series.memory.step.values], [...series.memory.bytes.values]]).toEqual([[1], [1000]]);
});

test('more steps than are kept: the extremes of the loss, the order and the last step stay', () => {
  const most = 1000;
  const series = new Series(32, most);
  const all = Array.from({ length: 2600 }, (_, n) =>
    step(n, n === 777 ? 50 : n === 1234 ? -50 : Math.sin(n)),
  );
  series.take(0, all);
  const { step: steps, loss, accuracy } = series.train;
  expect(steps.length).toBeLessThanOrEqual(most);
  expect([steps.length, loss.length, accuracy.length]).toEqual(Array(3).fill(steps.length));
  expect(steps.values.every((s, i) => i === 0 || s > steps.at(i - 1))).toBe(true);
  expect([steps.at(0), steps.last]).toEqual([1, 2600]);
  expect(loss.extremes(0, loss.length)).toEqual({ low: -50, high: 50 });
});
