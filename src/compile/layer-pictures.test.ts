import { expect, test } from 'vitest';
import { filtersOf, MOST_PANELS, mapsOf } from './layer-pictures.ts';

test('each map is spread from its own smallest value to its largest', () => {
  // Two channels of 1 × 3: 0, 1, 2 and 5, 5, 7.
  const { bytes, count, height, width } = mapsOf(Float32Array.of(0, 5, 1, 5, 2, 7), [1, 3, 2]);
  expect({ count, height, width }).toEqual({ count: 2, height: 1, width: 3 });
  expect([...bytes]).toEqual([0, 128, 255, 0, 0, 255]);
});

test('a map that is 0 everywhere is black, a constant one grey', () => {
  expect([...mapsOf(Float32Array.of(0, 4, 0, 4), [1, 2, 2]).bytes]).toEqual([0, 0, 128, 128]);
});

test('values of a vector are compared with each other', () => {
  expect([...mapsOf(Float32Array.of(1, 3, 2), [1, 1, 3]).bytes]).toEqual([0, 255, 128]);
});

test('so many at most, and how many there are', () => {
  const panels = mapsOf(new Float32Array(4 * 100), [2, 2, 100]);
  expect([panels.count, panels.total, panels.bytes.length]).toEqual([MOST_PANELS, 100, MOST_PANELS * 4]);
});

test('filters of three channels keep them; of two each pixel is a length', () => {
  // [1, 2, 3, 1]
  const coloured = filtersOf(Float32Array.of(0, 1, 2, 3, 4, 5), [1, 2, 3, 1]);
  expect(coloured).toMatchObject({ channels: 3, lengths: false });
  expect([...coloured.bytes]).toEqual([0, 51, 102, 153, 204, 255]);
  // [1, 2, 2, 1]: lengths 5 and 0.
  const deep = filtersOf(Float32Array.of(3, -4, 0, 0), [1, 2, 2, 1]);
  expect(deep).toMatchObject({ channels: 1, lengths: true });
  expect([...deep.bytes]).toEqual([255, 0]);
});
