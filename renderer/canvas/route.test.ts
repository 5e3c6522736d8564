import { expect, test } from 'vitest';
import { type Bow, bowOf, distanceTo, Obstacles, pathOf } from './route.ts';

const box = (x: number, y: number) => ({ x, y, width: 208, height: 72 });
const down = { sourceX: 104, sourceY: 72, targetX: 104, targetY: 400 };

test('a wire with nothing in its way goes straight', () => {
  const beside = new Obstacles([box(0, 0), box(400, 200), box(0, 400)]);
  expect(bowOf(down, beside, [])).toBeUndefined();
});

test('a wire passes beside a node that stands in its way', () => {
  const way = new Obstacles([box(0, 0), box(0, 200), box(0, 400)]);
  const bow = bowOf(down, way, []) as Bow;
  expect(bow.x < 0 || bow.x > 208).toBe(true);
  expect(bow.side).toBe(bow.x < 0 ? -1 : 1);
});

test('it passes where there is room for it', () => {
  const way = new Obstacles([box(0, 200), box(-220, 200)]);
  expect(bowOf(down, way, [])?.x).toBeGreaterThan(208);
});

test('wires around the same node lie side by side', () => {
  const way = new Obstacles([box(0, 200)]);
  const taken: { x: number; top: number; bottom: number }[] = [];
  const [a, b] = [bowOf(down, way, taken), bowOf(down, way, taken)] as [Bow, Bow];
  expect(Math.abs(a.x - b.x)).toBeGreaterThanOrEqual(10);
});

test('a wire that leads upwards goes around the nodes between', () => {
  const up = { sourceX: 104, sourceY: 472, targetX: 104, targetY: 0 };
  const bow = bowOf(up, new Obstacles([box(0, 0), box(0, 200), box(0, 400)]), []) as Bow;
  expect(bow.x < 0 || bow.x > 208).toBe(true);
  expect(pathOf(up, bow).x).toBe(bow.x);
});

test('obstacles of a strip are those that reach into it', () => {
  const all = [box(0, 0), box(0, 100), box(0, 300)];
  expect(new Obstacles(all).between(60, 120)).toEqual([all[0], all[1]]);
  expect(new Obstacles(all).between(180, 290)).toEqual([]);
});

test('a way begins and ends at the ports', () => {
  const { d, y } = pathOf(down);
  expect(d.startsWith('M104 72')).toBe(true);
  expect(d.endsWith('104 400')).toBe(true);
  expect(y).toBe(236);
});

test('the distance to a wire follows its way', () => {
  expect(distanceTo(down, undefined, 104, 200)).toBe(0);
  expect(distanceTo(down, undefined, 134, 200)).toBe(30);
  expect(distanceTo(down, { x: 300, side: 1 }, 300, 236)).toBe(0);
  expect(distanceTo(down, { x: 300, side: 1 }, 104, 236)).toBeGreaterThan(100);
});
