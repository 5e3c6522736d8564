import { expect, test } from 'vitest';
import { barOf, brief, measureIds, measures, placeOn, rangeOf } from './measures.ts';

test('a logarithmic scale spans whole decades', () => {
  expect(rangeOf(measures.ratio, [0.00123, 0.04])).toEqual({
    low: expect.closeTo(0.001),
    high: expect.closeTo(0.1),
  });
  expect(rangeOf(measures.ratio, [0.001])).toEqual({
    low: expect.closeTo(0.001),
    high: expect.closeTo(0.01),
  });
  expect(rangeOf(measures.gradient, [0, Number.NaN])).toEqual({ low: 0.1, high: 1 });
  const range = { low: 0.001, high: 0.1 };
  expect(placeOn(measures.ratio, range, 0.01)).toBeCloseTo(0.5);
  expect(placeOn(measures.ratio, range, 0)).toBe(0);
  expect(placeOn(measures.ratio, range, 5)).toBe(1);
});

test('a mean stands on its side of the middle', () => {
  const range = rangeOf(measures.mean, [0.5, -2]);
  expect(range).toEqual({ low: -2, high: 2 });
  expect(barOf(measures.mean, range, 1)).toEqual({ left: 0.5, width: 0.25 });
  expect(barOf(measures.mean, range, -2)).toEqual({ left: 0, width: 0.5 });
});

test('figures are short', () => {
  expect([0, 0.00123, 0.5, 123456, -0.000002, 42].map(brief)).toEqual([
    '0',
    '0.0012',
    '0.5',
    '1.2e5',
    '-2.0e-6',
    '42',
  ]);
  expect(measures.dead.show(0.034)).toBe('3.4 %');
});

test('every measure has a scale for no values at all', () => {
  for (const id of measureIds) {
    const { low, high } = rangeOf(measures[id], []);
    expect(low).toBeLessThan(high);
  }
});
