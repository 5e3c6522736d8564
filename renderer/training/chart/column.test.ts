import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Column, Curve } from './column.ts';

test('a column keeps what it held when it grows past a piece', () => {
  const expected = Float64Array.from({ length: 20_000 }, (_, i) => i / 7);
  expect(Column.of(expected).values).toEqual(expected);
  expect([Column.of([]).last, Column.of([1, 2]).last, Column.of([1]).at(1)]).toEqual([
    undefined,
    2,
    Number.NaN,
  ]);
});

test('the extremes of any part are those of its numbers', () => {
  const number = fc.oneof({ weight: 9, arbitrary: fc.double({ noNaN: true }) }, fc.constant(Number.NaN));
  fc.assert(
    fc.property(fc.array(number, { maxLength: 700 }), fc.nat(700), fc.nat(700), (values, from, to) => {
      const part = values.slice(from, to).filter((v) => !Number.isNaN(v));
      const found = Curve.of(values).extremes(from, to);
      expect(found.low === Math.min(...part)).toBe(true);
      expect(found.high === Math.max(...part)).toBe(true);
    }),
  );
});

test('the first that is not below a value', () => {
  const rising = Column.of([1, 2, 2, 5]);
  expect([0, 2, 3, 6].map((v) => rising.lowerBound(v))).toEqual([0, 1, 3, 4]);
  expect(rising.lowerBound(0, 2)).toBe(2);
});
