import { expect, test } from 'vitest';
import { boxOf, centreOfMass, fitDigit, type Grey } from './digit.ts';

/** A filled rectangle on black. */
function drawn(top: number, left: number, height: number, width: number, side = 280): Grey {
  const data = new Uint8Array(side * side);
  for (let y = top; y < top + height; y++) data.fill(255, y * side + left, y * side + left + width);
  return { data, height: side, width: side };
}

test.each([
  ['a tall stroke in a corner', drawn(3, 5, 120, 18), [20, 3]],
  ['a wide one at the far edge', drawn(250, 100, 30, 180), [3, 20]],
  ['a dot', drawn(140, 140, 1, 1), [20, 20]],
])('%s fills 20 × 20 one way, keeps its form, and is centred by its mass', (_, grey, [h, w]) => {
  const digit = fitDigit(grey) as Grey;
  expect([digit.height, digit.width]).toEqual([28, 28]);
  expect(boxOf(digit)).toMatchObject({ height: h, width: w });
  for (const at of centreOfMass(digit)) expect(Math.abs(at - 13.5)).toBeLessThanOrEqual(0.5);
  expect(Math.max(...digit.data)).toBe(255);
});

test('a heavy part draws the centre to it, but nothing leaves the picture', () => {
  const data = drawn(0, 0, 200, 20).data;
  for (let y = 180; y < 200; y++) data.fill(255, y * 280, y * 280 + 200);
  const digit = fitDigit({ data, height: 280, width: 280 }) as Grey;
  const mass = (grey: Grey) => grey.data.reduce((a, b) => a + b, 0);
  for (const at of centreOfMass(digit)) expect(Math.abs(at - 13.5)).toBeLessThanOrEqual(0.5);
  expect(boxOf(digit)).toMatchObject({ height: 20, width: 20 });
  // A hundredth of the pixels each way: its mass goes with it.
  expect(mass(digit) / mass({ data, height: 280, width: 280 })).toBeCloseTo(0.01, 3);
});

test('nothing drawn is no digit', () => {
  expect(fitDigit(drawn(0, 0, 0, 0))).toBeUndefined();
});
