import { expect, test } from 'vitest';
import type { SampleLook } from './contract.ts';
import { withLook } from './sample-history.ts';

const grown = (looks: number, classes: number) => {
  let history: readonly SampleLook[] = [];
  for (let step = 0; step < looks; step++)
    history = withLook(history, {
      step,
      probabilities: Array.from({ length: 20 }, () => Array(classes).fill(1 / 3)),
    });
  return history;
};

test('the first look stays, the order too, and there are never many', () => {
  const history = grown(1000, 10);
  expect(history.length).toBeLessThanOrEqual(60);
  expect(history.length).toBeGreaterThan(20);
  expect(history[0]?.step).toBe(0);
  expect(history.every((look, i) => i === 0 || look.step > (history[i - 1]?.step ?? 0))).toBe(true);
  expect(history[0]?.probabilities[0]?.[0]).toBe(0.333);
});

test('of many classes fewer looks are kept', () => {
  expect(grown(100, 1000).length).toBeLessThanOrEqual(4);
});
