import { expect, test } from 'vitest';
import type { Pipeline } from '../data/pipeline.ts';
import { completeRecipe, learningRateAt } from '../recipe/recipe.ts';
import { evaluate, type Learner, type Metric, stepTimes, train } from './loop.ts';

const pipeline: Pipeline = {
  count: 6,
  stepsPerEpoch: 3,
  batchAt: (_, index) => ({
    images: new Float32Array(2),
    labels: Int32Array.of(0, index === 0 ? 0 : 1),
    count: 2,
    shape: [1, 1, 1],
  }),
};

/** Answers class 0 always; its losses are given. */
const model = (losses: readonly number[]): Learner => ({
  step: async (_, step) => ({ loss: losses[step] ?? 1, correct: 1 }),
  predict: async (_, count) => Float32Array.from({ length: count * 2 }, (_, i) => (i % 2 === 0 ? 1 : 0)),
});

const recipe = completeRecipe({ epochs: 2, batch: 2 });

test('metrics of every step and epoch, with the held-out pictures judged after each', async () => {
  const metrics: Metric[] = [];
  const ended: number[] = [];
  const control = {
    next: async () => 'go' as const,
    metric: (m: Metric) => metrics.push(m),
    epochEnd: async (epoch: number) => void ended.push(epoch),
  };
  const result = await train(model([3, 2, 1, 1, 1, 0.5]), pipeline, recipe, control, pipeline);
  expect(result).toMatchObject({ steps: 6, epochs: 2, stopped: false, trainLoss: 0.5 });
  expect(metrics.map((m) => `${m.kind} ${m.epoch} ${m.step}`)).toEqual([
    'step 0 0',
    'step 0 1',
    'step 0 2',
    'epoch 0 2',
    'step 1 3',
    'step 1 4',
    'step 1 5',
    'epoch 1 5',
  ]);
  expect(metrics[3]).toMatchObject({ loss: 2, accuracy: 0.5, validationAccuracy: 4 / 6 });
  expect(ended).toEqual([0, 1]);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])(
  'a loss of %d ends training with the step in words',
  async (bad) => {
    const metrics: Metric[] = [];
    const control = { next: async () => 'go' as const, metric: (m: Metric) => metrics.push(m) };
    await expect(train(model([1, 1, bad]), pipeline, recipe, control)).rejects.toThrow(
      `The loss became ${bad} at step 3 (learning rate 0.01).`,
    );
    expect(metrics).toHaveLength(2);
  },
);

test('stop is heard before the next step, and between batches of an evaluation', async () => {
  let asked = 0;
  const next = async () => (++asked > 2 ? ('stop' as const) : ('go' as const));
  const result = await train(model([]), pipeline, recipe, { next, metric: () => {} });
  expect(result).toMatchObject({ steps: 2, epochs: 0, stopped: true });
  asked = 1;
  expect(await evaluate(model([]), pipeline, next)).toBeUndefined();
});

test('evaluation: cross entropy and accuracy by hand', async () => {
  const result = await evaluate(model([]), pipeline);
  const right = Math.log(1 + Math.exp(-1));
  expect(result?.accuracy).toBeCloseTo(4 / 6);
  expect(result?.loss).toBeCloseTo((4 * right + 2 * (right + 1)) / 6);
});

test('schedules: constant, warm-up, cosine to nothing, a tenth after each third', () => {
  const at = (given: object, step: number) =>
    learningRateAt(completeRecipe({ learningRate: 1, ...given }), step, 90);
  expect(at({}, 89)).toBe(1);
  expect([0, 4, 9, 10].map((s) => at({ warmup: 10 }, s))).toEqual([0.1, 0.5, 1, 1]);
  expect(at({ schedule: 'cosine' }, 0)).toBe(1);
  expect(at({ schedule: 'cosine' }, 45)).toBeCloseTo(0.5);
  expect(at({ schedule: 'cosine' }, 90)).toBeCloseTo(0);
  expect([29, 30, 60].map((s) => at({ schedule: 'step' }, s))).toEqual([
    1,
    expect.closeTo(0.1),
    expect.closeTo(0.01),
  ]);
});

test('step times leave the first step out', () => {
  expect(stepTimes([1000, 3, 1, 2])).toEqual({ median: 2, p95: 3 });
});
