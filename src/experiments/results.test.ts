import { expect, test } from 'vitest';
import { breaksOut, rateAt, readRange, smoothed } from './range.ts';
import { Curve, meanCurve, spreadOf } from './results.ts';

test('spread: what is no number is left out', () => {
  expect(spreadOf([3, null, 1, Number.NaN, undefined])).toEqual({ count: 2, mean: 2, least: 1, most: 3 });
  expect(spreadOf([null])).toBeUndefined();
});

test('a curve has the means of equal parts', () => {
  const curve = new Curve(6, 3);
  for (const [i, loss] of [6, 4, 3, 1, 2, 0].entries()) curve.add(i + 1, loss);
  expect(curve.points).toEqual([
    [2, 5],
    [4, 2],
    [6, 1],
  ]);
});

test('the mean of curves ends where the shortest does', () => {
  const of = (losses: readonly number[]) => ({
    ...{
      variant: 'a',
      seed: 1,
      run: null,
      engine: '',
      failed: '',
      steps: 0,
      seconds: 0,
      work: 1,
      figures: {},
    },
    ...{ finalTrainLoss: null, testLoss: null, testAccuracy: null },
    curve: losses.map((loss, i): [number, number] => [i, loss]),
  });
  expect(meanCurve([of([1, 2]), of([3]), of([])])).toEqual([{ x: 0, count: 2, mean: 2, least: 1, most: 3 }]);
  expect(meanCurve([])).toEqual([]);
});

test('range test: rates grow by one factor; the reading finds where the loss falls and where it is lowest', () => {
  const range = { from: 1e-4, to: 1, steps: 101 };
  expect([0, 50, 100].map((step) => rateAt(range, step))).toEqual([
    ...[1e-4, expect.closeTo(1e-2, 10), expect.closeTo(1, 10)],
  ]);
  const curve = Array.from({ length: 101 }, (_, i): [number, number] => {
    const rate = rateAt(range, i);
    return [rate, rate < 0.1 ? 2 / (1 + (rate / 0.01) ** 2) : 0.02 + 40 * (rate - 0.1)];
  });
  const reading = readRange(curve);
  expect(reading?.lowestRate).toBeGreaterThan(0.08);
  expect(reading?.lowestRate).toBeLessThan(0.25);
  expect(reading?.suggestedRate).toBe((reading?.lowestRate ?? 0) / 10);
  expect(reading?.steepestRate).toBeGreaterThan(0.005);
  expect(reading?.steepestRate).toBeLessThan(0.05);
  expect(readRange(curve.slice(0, 9))).toBeUndefined();
});

test('smoothing has no bias at its beginning; a loss that is no number, or four times the lowest, is the end', () => {
  expect(smoothed([2, 2, 2])).toEqual([2, expect.closeTo(2), expect.closeTo(2)]);
  expect(breaksOut([1, 1, 1, 3])).toBe(false);
  expect(breaksOut([1, 1, 1, Number.NaN])).toBe(true);
  expect(breaksOut([1, 1, 1, 100])).toBe(true);
});
