import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Better, type Measured, paretoFront } from './pareto.ts';

const beats = (a: Measured, b: Measured, x: Better, y: Better) => {
  const no = (u: number, v: number, better: Better) => (better === 'more' ? u < v : u > v);
  return !no(a.x, b.x, x) && !no(a.y, b.y, y) && (a.x !== b.x || a.y !== b.y);
};

test('the front is what nothing beats', () => {
  const point = fc.record({ x: fc.integer({ min: 0, max: 9 }), y: fc.integer({ min: 0, max: 9 }) });
  const better = fc.constantFrom<Better>('more', 'less');
  fc.assert(
    fc.property(fc.array(point, { maxLength: 12 }), better, better, (points, x, y) => {
      const unbeaten = points.flatMap((p, i) => (points.some((q) => beats(q, p, x, y)) ? [] : [i]));
      const front = paretoFront(points, x, y);
      expect([...front].sort((a, b) => a - b)).toEqual(unbeaten);
      const along = front.map((i) => (points[i] as Measured).x);
      expect(along).toEqual([...along].sort((a, b) => a - b));
    }),
  );
});
