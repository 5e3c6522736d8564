import { expect, test } from 'vitest';
import { completeRecipe, presets } from '../../src/recipe/recipe.ts';
import { amountWords, costOf, partsWords, speedAt, speedOf, timeWords } from './cost.ts';

const data = { trainCount: 60_000, testCount: 10_000, validationCount: 0 };

test('quick look: 90 steps, as the run counts them', () => {
  const speed = speedAt('portable@cpu', {}, null);
  const cost = costOf(completeRecipe(presets.quick), data, 35_000_000, { speed });
  expect(cost).toMatchObject({ steps: 90, stepsPerEpoch: 90, pictures: 2880, time: { source: 'assumed' } });
  expect(amountWords(cost)).toBe('90 steps · 2,880 pictures');
});

test('as in the book: hours, said plainly', () => {
  const speed = speedAt('portable@cpu', {}, null);
  const cost = costOf(completeRecipe(presets.book), data, 318_657_536, { speed });
  expect(cost).toMatchObject({ steps: 4690, stepsPerEpoch: 469 });
  expect(timeWords(cost)).toMatch(/^about 7\.\d hours$/);
});

test('pictures that a set brings for validation are judged, and none are taken from the others', () => {
  const recipe = completeRecipe({ batch: 10, validation: 0.5 });
  const own = { trainCount: 100, testCount: 10, validationCount: 40 };
  const cost = costOf(recipe, own, 1, { probe: { stepMs: 10, predictMs: 10 } });
  expect(cost).toMatchObject({ steps: 10, pictures: 100, looks: 1 });
  expect(cost.time?.validationSeconds).toBeCloseTo(0.04);
});

test('a measured step counts before an estimate, and so do measured answers', () => {
  const recipe = completeRecipe({ ...presets.book, epochs: 1, validation: 0.1, validateEvery: 200 });
  const speed = { perSecond: 1, source: 'alike' } as const;
  const cost = costOf(recipe, data, 1, { probe: { stepMs: 1280, predictMs: 256 }, speed });
  // 10 ms a picture; a picture that is judged takes 2: 54,000 trained, 6,000 held out, judged after 200, 400, 422 steps.
  expect(cost).toMatchObject({ steps: 422, looks: 3, time: { stepMs: 1280, source: 'measured' } });
  expect(cost.time?.trainSeconds).toBeCloseTo(540);
  expect(cost.time?.validationSeconds).toBeCloseTo(36);
  expect(cost.time?.testSeconds).toBeCloseTo(20);
  expect(timeWords(cost)).toBe('10 min');
  expect(partsWords(cost)).toBe(
    '422 steps 9 min, 3 looks at the held-out pictures 36 s, the test at the end 20 s.',
  );
});

test('what was measured once makes the other estimates', () => {
  const recipe = completeRecipe({ ...presets.book, epochs: 1 });
  const speeds = { 'tensorflow@cpu': speedOf(1000, 64, 640) };
  const speed = speedAt('tensorflow@cpu', speeds, null);
  // 10 ms a picture of 1000 multiply-adds, so 20 ms of 2000.
  const { time } = costOf(recipe, { ...data, testCount: 0 }, 2000, { speed });
  expect(time).toMatchObject({ seconds: expect.closeTo(60_000 * 0.02), source: 'alike' });
});

test('what the installation measured comes before what is assumed; of an unknown device nothing is', () => {
  const gain = { portableStepMs: 300, tensorflowStepMs: 100, work: '' };
  expect(speedAt('tensorflow@cpu', {}, gain)).toEqual({
    perSecond: speedOf(35_410_944, 32, 100),
    source: 'installed',
  });
  expect(speedAt('portable@cpu', {}, gain)?.perSecond).toBe(speedOf(35_410_944, 32, 300));
  expect(speedAt('tensorflow@cpu', {}, null)?.source).toBe('assumed');
  expect(speedAt('tensorflow@cuda:0', {}, gain)).toBeUndefined();
  expect(speedAt('webgpu@webgpu:0', {}, gain)).toBeUndefined();
});

test('an unknown network has no time', () => {
  expect(timeWords(costOf(completeRecipe({}), data, null))).toBe('time unknown');
});

test('held-out pictures are never all, never none', () => {
  const few = completeRecipe({ limit: 2, validation: 0.9, batch: 1 });
  expect(costOf(few, data, null).steps).toBe(1);
});
