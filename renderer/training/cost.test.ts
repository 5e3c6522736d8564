import { expect, test } from 'vitest';
import { completeRecipe, presets } from '../../src/recipe/recipe.ts';
import { amountWords, costOf, speedOf, timeWords } from './cost.ts';

const data = { trainCount: 60_000, testCount: 10_000 };

test('quick look: 90 steps, as the run counts them', () => {
  const cost = costOf(completeRecipe(presets.quick), data, 35_000_000);
  expect(cost).toMatchObject({ steps: 90, stepsPerEpoch: 90, pictures: 2880, measured: false });
  expect(amountWords(cost)).toBe('90 steps · 2,880 pictures');
});

test('as in the book: hours, said plainly', () => {
  const cost = costOf(completeRecipe(presets.book), data, 318_657_536);
  expect(cost).toMatchObject({ steps: 4690, stepsPerEpoch: 469 });
  expect(timeWords(cost)).toMatch(/^about 7\.\d hours$/);
});

test('a measured step counts before an estimate', () => {
  const recipe = completeRecipe({ ...presets.book, epochs: 1 });
  const cost = costOf(recipe, data, 1, { probe: { stepMs: 1280 } });
  // 10 ms a picture; a test picture takes a third of that.
  expect(cost.seconds).toBeCloseTo(60_000 * 0.01 + (10_000 * 0.01) / 3);
  expect(timeWords(cost)).toBe('11 min');
});

test('what was measured once makes the other estimates', () => {
  const recipe = completeRecipe({ ...presets.book, epochs: 1 });
  const speed = speedOf(1000, 64, 640);
  // 10 ms a picture of 1000 multiply-adds, so 20 ms of 2000.
  const cost = costOf(recipe, { ...data, testCount: 0 }, 2000, { speed });
  expect([cost.seconds, cost.measured]).toEqual([expect.closeTo(60_000 * 0.02), false]);
});

test('an unknown network has no time', () => {
  expect(timeWords(costOf(completeRecipe({}), data, null))).toBe('time unknown');
});

test('held-out pictures are never all, never none', () => {
  const few = completeRecipe({ limit: 2, validation: 0.9, batch: 1 });
  expect(costOf(few, data, null).steps).toBe(1);
});
