import { expect, test } from 'vitest';
import { snap } from './snap.ts';

const box = (x: number, y: number) => ({ x, y, width: 208, height: 72 });

test('alone, a box lies on the grid', () => {
  expect(snap(box(13, 21), [])).toEqual({ x: 16, y: 24, guides: [] });
});

test('near a line of another box it lies on the line, which is shown', () => {
  const { x, y, guides } = snap(box(103, 221), [box(100, 0)]);
  expect([x, y]).toEqual([100, 224]);
  expect(guides).toEqual([{ axis: 'x', at: 100, from: 0, to: 296 }]);
});

test('a middle meets a middle, not an edge', () => {
  const wide = { x: 0, y: 0, width: 408, height: 72 };
  expect(snap(box(102, 200), [wide]).x).toBe(100);
  expect(snap({ x: 202, y: 200, width: 8, height: 8 }, [wide]).guides[0]?.at).toBe(204);
  // Its left edge is near the other's middle: that is no line.
  expect(snap({ x: 202, y: 200, width: 100, height: 72 }, [wide]).x).toBe(200);
});

test('boxes far away have no lines', () => {
  expect(snap(box(103, 5000), [box(100, 0)]).guides).toEqual([]);
});
