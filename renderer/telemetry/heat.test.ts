import { expect, test } from 'vitest';
import { heatOf } from './heat.ts';

const counts = (...at: [number, number][]) => {
  const all = Array<number>(32).fill(0);
  for (const [bin, count] of at) all[bin] = count;
  return all;
};

test('columns share one span; the fullest row of each is 1', () => {
  const heat = heatOf([
    { min: -1, max: 1, counts: Array(32).fill(10) },
    { min: 0, max: 3, counts: counts([0, 90], [31, 30]) },
  ]);
  expect([heat?.low, heat?.high]).toEqual([-1, 3]);
  for (const column of heat?.shares ?? []) {
    expect(column).toHaveLength(heat?.rows as number);
    expect(Math.max(...column)).toBe(1);
  }
  // Rows go from the top down: the first column fills the lower half evenly, and nothing of the upper.
  const [first] = heat?.shares ?? [];
  const half = (heat?.rows as number) / 2;
  expect(first?.slice(0, half).every((share) => share === 0)).toBe(true);
  expect(first?.slice(half).every((share) => Math.abs(share - 1) < 1e-9)).toBe(true);
});

test('a single value far out does not press the rest together', () => {
  const heat = heatOf([{ min: 0, max: 32, counts: counts([0, 5000], [1, 5000], [31, 1]) }]);
  expect(heat?.high).toBeLessThanOrEqual(3);
});

test('one value alone, and nothing at all', () => {
  const heat = heatOf([{ min: 2, max: 2, counts: counts([0, 7]) }]);
  expect([heat?.low, heat?.high]).toEqual([1.5, 2.5]);
  expect(heat?.shares[0]?.filter((share) => share > 0)).toHaveLength(1);
  expect(heatOf([])).toBeUndefined();
  expect(heatOf([{ min: 0, max: 0, counts: counts() }])).toBeUndefined();
});
