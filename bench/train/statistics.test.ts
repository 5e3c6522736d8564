import { expect, test } from 'vitest';
import { median, quantile, ratioOf, spreadOf } from './statistics.ts';

test('quantiles lie between neighbours, whatever the order; of nothing there are none', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(quantile([10, 20], 0.25)).toBe(12.5);
  expect(quantile([9, 100, 10], 1)).toBe(100);
  expect(median([])).toBeNaN();
  expect(spreadOf([5, 7, 6])).toEqual({ median: 6, min: 5, max: 7 });
});

test('sorting leaves what was given as it was', () => {
  const given = [10, 9, 100];
  expect(median(given)).toBe(10);
  expect(given).toEqual([10, 9, 100]);
});

test('a ratio is that of all steps; its spread compares what happened in the same round', () => {
  // The second round was twice as slow for both.
  const ratio = ratioOf(
    [
      [50, 50],
      [100, 100],
      [60, 60],
    ],
    [[100], [200], [100]],
  );
  expect(ratio).toEqual({ median: 60 / 100, min: 0.5, max: 0.6 });
});
