import { expect, test } from 'vitest';
import { fitting, heightAfter, LEAST_HEIGHT, mostHeight } from './bottom-height.ts';

test('it leaves room for the drawing, and is never lost', () => {
  expect(fitting(5000, 700)).toBe(mostHeight(700));
  expect(mostHeight(700)).toBeLessThan(700);
  expect(fitting(-20, 700)).toBe(LEAST_HEIGHT);
  expect(fitting(300, 200)).toBe(LEAST_HEIGHT);
});

test('arrows, Home and End move it; other keys do not', () => {
  expect(heightAfter('ArrowUp', 200, 900)).toBeGreaterThan(200);
  expect(heightAfter('ArrowDown', 200, 900)).toBeLessThan(200);
  expect(heightAfter('ArrowDown', LEAST_HEIGHT, 900)).toBe(LEAST_HEIGHT);
  expect(heightAfter('Home', 200, 900)).toBe(mostHeight(900));
  expect(heightAfter('End', 200, 900)).toBe(LEAST_HEIGHT);
  expect(heightAfter('a', 200, 900)).toBeUndefined();
});
