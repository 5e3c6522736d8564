import { expect, test } from 'vitest';
import { cardPlace, tourSteps } from './tour-steps.ts';

const window = { width: 1024, height: 700 };
const card = { width: 300, height: 150 };

test('four steps', () => expect(tourSteps).toHaveLength(4));

test('beside a high panel, pointing at its upper part', () => {
  const place = cardPlace('right', { left: 0, top: 44, width: 216, height: 600 }, card, window);
  expect(place.x).toBeGreaterThan(216);
  expect(place.y + place.arrow).toBe(44 + 90);
});

test('below a button at the edge it stays in the window and still points at it', () => {
  const button = { left: 940, top: 8, width: 72, height: 28 };
  const place = cardPlace('below', button, card, window);
  expect(place.x + card.width).toBeLessThanOrEqual(window.width);
  expect(place.y).toBeGreaterThan(36);
  expect(place.x + place.arrow).toBe(976);
});
