import { expect, test } from 'vitest';
import { Column, Curve } from './column.ts';
import { drawnOf } from './window.ts';

const steps = (count: number) => Column.of(Array.from({ length: count }, (_, i) => i + 1));

test('few points are drawn as they are, with one more at either side of the range', () => {
  const track = { x: steps(10), scale: 1, y: Curve.of([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) };
  expect(drawnOf([track], [4, 6], 100)).toEqual([
    [3, 4, 5, 6, 7],
    [3, 4, 5, 6, 7],
  ]);
});

test('of many points no peak and no dip is lost, and there are two a pixel at most', () => {
  const count = 100_000;
  const y = Curve.of(Array.from({ length: count }, (_, i) => (i === 54_321 ? 99 : i === 12_345 ? -99 : 1)));
  const [xs, ys] = drawnOf([{ x: steps(count), scale: 1, y }], [1, count], 500);
  expect(xs.length).toBeLessThanOrEqual(2 * 500 + 2);
  expect([Math.min(...(ys as number[])), Math.max(...(ys as number[]))]).toEqual([-99, 99]);
  expect(xs.every((x, i) => i === 0 || x >= (xs[i - 1] as number))).toBe(true);
  expect(Math.abs((xs[ys?.indexOf(99) as number] as number) - 54_322)).toBeLessThan(count / 500);
});

test('lines with places of their own stand in one table; nothing at a place is no hole', () => {
  const x = steps(3);
  const raw = { x, scale: 0.5, y: Curve.of([1, Number.NaN, 3]) };
  const held = { x: Column.of([2, 4]), scale: 0.5, y: Curve.of([7, 8]) };
  expect(drawnOf([raw, { ...raw, y: Curve.of([4, 5, 6]) }, held], [0, 2], 100)).toEqual([
    [0.5, 1, 1.5, 2],
    [1, null, 3, undefined],
    [4, 5, 6, undefined],
    [undefined, 7, undefined, 8],
  ]);
});

test('what a logarithmic scale cannot show is a hole', () => {
  const track = { x: steps(3), scale: 1, y: Curve.of([0, 0.1, -1]) };
  expect(drawnOf([track], [1, 3], 100, true)[1]).toEqual([null, 0.1, null]);
});

test('of nothing, nothing', () => {
  expect(drawnOf([{ x: new Column(), scale: 1, y: new Curve() }], [0, 1], 100)).toEqual([[], []]);
});
