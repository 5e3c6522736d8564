import { expect, test } from 'vitest';
import { COST_LIMIT, Sampling } from './sampling.ts';

/** Steps at which it looks, and what that took beside what training took. */
function run(sampling: Sampling, steps: number, plainMs: number, lookMs: number) {
  const looks: number[] = [];
  let [spent, trained] = [0, 0];
  for (let step = 0; step < steps; step++) {
    trained += plainMs;
    if (!sampling.due(step)) {
      sampling.stepped(plainMs);
      continue;
    }
    sampling.looked(step, plainMs + lookMs);
    if (looks.length > 0) spent += lookMs;
    looks.push(step);
  }
  return { looks, share: spent / trained };
}

test('a cheap look is taken as often as asked, from the first step on', () => {
  const { looks, share } = run(new Sampling(20), 200, 100, 1);
  expect(looks).toEqual([0, 20, 40, 60, 80, 100, 120, 140, 160, 180]);
  expect(share).toBeLessThan(COST_LIMIT);
});

test.each([10, 70, 150, 1000])('looks of %i ms beside steps of 100 cost 3 % at most', (lookMs) => {
  const { looks, share } = run(new Sampling(20), 5000, 100, lookMs);
  expect(share).toBeLessThanOrEqual(COST_LIMIT);
  // And not much less than it may be.
  expect(looks.length).toBeGreaterThan(Math.min(250, (0.03 * 5000 * 100) / lookMs) * 0.8);
});

test('looks that become dear become rare', () => {
  const sampling = new Sampling(10);
  run(sampling, 100, 100, 1);
  let seen = 0;
  for (let step = 100; step < 400; step++)
    if (sampling.due(step)) {
      sampling.looked(step, 600);
      seen++;
    } else sampling.stepped(100);
  expect(seen).toBeLessThanOrEqual(3);
});

test('never, where nobody asks', () => {
  expect(run(new Sampling(0), 100, 100, 0).looks).toEqual([]);
});

test('a run that goes on looks at its first step too', () => {
  const sampling = new Sampling(20, 1000);
  expect([1000, 1001].map((step) => sampling.due(step))).toEqual([true, true]);
});

test('the file grows with the logarithm of the run, and so do its histograms', () => {
  const sampling = new Sampling(1);
  let [looks, histograms] = [0, 0];
  for (let step = 0; step < 20_000; step++) {
    if (!sampling.due(step)) {
      sampling.stepped(1);
      continue;
    }
    looks++;
    if (sampling.looked(step, 1).histograms) histograms++;
  }
  expect(looks).toBeLessThan(3000);
  expect(looks).toBeGreaterThan(2000);
  expect(histograms).toBeLessThan(500);
  expect(histograms).toBeGreaterThan(200);
});
