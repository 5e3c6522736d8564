import { expect, test } from 'vitest';
import { panned, selected, zoomed } from './range.ts';

const full = [0, 100] as const;

test('zooming keeps what is under the pointer where it is', () => {
  const [from, to] = zoomed(null, full, 25, 0.5) ?? [0, 0];
  expect([from, to]).toEqual([12.5, 62.5]);
  expect((25 - from) / (to - from)).toBe(0.25);
});

test('zooming out ends at the whole, and never leaves it', () => {
  expect(zoomed([90, 100], full, 90, 3)).toEqual([70, 100]);
  expect(zoomed([40, 60], full, 50, 6)).toBe(null);
});

test('there is a closest look', () => {
  let range: readonly [number, number] | null = null;
  for (let i = 0; i < 100; i++) range = zoomed(range, full, 50, 0.1);
  expect((range?.[1] ?? 0) - (range?.[0] ?? 0)).toBeCloseTo(1e-4);
});

test('moving along stops at the ends', () => {
  expect(panned([10, 20], full, 0.5)).toEqual([15, 25]);
  expect(panned([10, 20], full, -5)).toEqual([0, 10]);
  expect(panned(null, full, 1)).toBe(null);
});

test('a part that was dragged over, in either direction', () => {
  expect(selected(30, 20, full)).toEqual([20, 30]);
  expect(selected(-5, 20, full)).toEqual([0, 25]);
  expect(selected(0, 100, full)).toBe(null);
});
