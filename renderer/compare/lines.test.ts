import { expect, test } from 'vitest';
import { Curve } from '../../src/compare/curve.ts';
import { assignColours, colourOf } from './colours.ts';
import { heldLine, thinned, trainLine } from './lines.ts';
import { rowsOf } from './save-overlay.ts';

test('colours stay when runs come and go', () => {
  const first = assignColours(['a', 'b', 'c'], {});
  expect(first).toEqual({ a: 0, b: 1, c: 2 });
  const without = assignColours(['a', 'c'], first);
  expect([without.a, without.c]).toEqual([0, 2]);
  expect(assignColours(['a', 'c', 'b'], without).b).toBe(1);
  const replaced = assignColours(['a', 'c', 'd'], without);
  expect(replaced).toEqual({ a: 0, c: 2, d: 1 });
});

test('runs beyond the colours differ by their dashes', () => {
  const all = Array.from({ length: 20 }, (_, i) => JSON.stringify(colourOf(i)));
  expect(new Set(all).size).toBe(20);
});

test('a long line is thinned by means, its end kept', () => {
  const x = Array.from({ length: 1000 }, (_, i) => i + 1);
  const { x: at, y } = thinned(x, x, 100);
  expect(at).toHaveLength(100);
  expect([at[0], at.at(-1), y[0]]).toEqual([10, 1000, 5.5]);
  expect(thinned([1, 2], [Number.NaN, Number.NaN], 1)).toEqual({ x: [2], y: [null] });
});

test('on a logarithmic scale only what is above zero is drawn; what is held out is not smoothed', () => {
  const curve = new Curve();
  curve.take([
    { kind: 'step', step: 0, epoch: 0, loss: 0, accuracy: 0, learningRate: 1, durationMs: 1 },
    { kind: 'step', step: 1, epoch: 0, loss: 4, accuracy: 1, learningRate: 1, durationMs: 1 },
    { kind: 'validation', step: 0, epoch: 0, loss: 1, accuracy: 0 },
    { kind: 'validation', step: 1, epoch: 0, loss: 3, accuracy: 0 },
  ]);
  const choice = { axis: 'step', what: 'loss', keep: 0, positive: true } as const;
  expect(trainLine(curve, choice)).toEqual({ x: [1, 2], y: [null, 4] });
  expect(heldLine(curve, { ...choice, keep: 0.9 })).toEqual({ x: [1, 2], y: [1, 3] });
  expect(trainLine(curve, { ...choice, axis: 'epoch' })).toEqual({ x: [], y: [] });
});

test('a file has every place, and nothing where a line has nothing', () => {
  const rows = rowsOf([{ points: { x: [1, 2], y: [5, null] } }, { points: { x: [2, 3], y: [6, 7] } }]);
  expect(rows).toEqual([
    [1, 2, 3],
    [5, null, undefined],
    [undefined, 6, 7],
  ]);
});
