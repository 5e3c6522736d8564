import { expect, test } from 'vitest';
import { layoutOf } from './layout.ts';

const item = (id: string, x = 0, y = 0) => ({ id, x, y, width: 208, height: 72 });
const wire = (from: string, to: string, port = 'in') => ({
  from: { node: from, port: 'out' },
  to: { node: to, port },
});

test('what follows stands below, and the top left stays', () => {
  const places = layoutOf(
    [item('c', 400, 96), item('a', 160, 800), item('b', 900, 240)],
    [wire('a', 'b'), wire('b', 'c')],
  );
  expect([...places.keys()].sort()).toEqual(['a', 'b', 'c']);
  expect(places.get('a')).toEqual({ x: 160, y: 96 });
  expect(places.get('b')).toEqual({ x: 160, y: 224 });
  expect(places.get('c')).toEqual({ x: 160, y: 352 });
});

test('branches stand side by side', () => {
  const wires = [wire('a', 'b'), wire('a', 'c'), wire('b', 'd', 'a'), wire('c', 'd', 'b')];
  const places = layoutOf(
    ['a', 'b', 'c', 'd'].map((id) => item(id)),
    wires,
  );
  const [b, c] = [places.get('b'), places.get('c')];
  expect(b?.y).toBe(c?.y);
  expect(Math.abs((b?.x ?? 0) - (c?.x ?? 0))).toBeGreaterThanOrEqual(208);
});

test('a cycle and wires to elsewhere are no hindrance', () => {
  const places = layoutOf([item('a'), item('b')], [wire('a', 'b'), wire('b', 'a'), wire('gone', 'a', 'b')]);
  expect(places.size).toBe(2);
});

test('a thousand nodes do not overlap', () => {
  const ids = Array.from({ length: 1000 }, (_, i) => `${i}`);
  const wires = ids.slice(1).map((id, i) => wire(`${i % 7 === 0 ? Math.max(0, i - 3) : i}`, id));
  const places = [
    ...layoutOf(
      ids.map((id) => item(id)),
      wires,
    ).values(),
  ];
  const taken = new Set(places.map(({ x, y }) => `${Math.round(x / 208)} ${Math.round(y / 72)}`));
  expect(taken.size).toBe(1000);
});

test('nothing is arranged where nothing is', () => {
  expect(layoutOf([], []).size).toBe(0);
});
