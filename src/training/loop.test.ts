import { expect, test } from 'vitest';
import type { Session } from '../compile/session.ts';
import { feedHere } from '../data/feed.ts';
import type { Pipeline } from '../data/pipeline.ts';
import { completeRecipe, learningRateAt } from '../recipe/recipe.ts';
import { evaluate } from './evaluate.ts';
import { type Learner, type LoopControl, type Position, stepTimes, train } from './loop.ts';
import type { Metric } from './metric.ts';
import { chooseSamples, softmaxRows } from './samples.ts';

const feed = feedHere({
  count: 6,
  stepsPerEpoch: 3,
  batchAt: (_, index) => ({
    images: new Float32Array(2),
    labels: Int32Array.of(0, index === 0 ? 0 : 1),
    count: 2,
    shape: [1, 1, 1],
  }),
});

/** Answers class 0 always; its losses are given. */
const model = (losses: readonly number[]): Learner & Pick<Session, 'predict'> => ({
  step: async (_, step) => ({ loss: losses[step] ?? 1, correct: 1 }),
  predict: async (_, count) => Float32Array.from({ length: count * 2 }, (_, i) => (i % 2 === 0 ? 1 : 0)),
});

const recipe = completeRecipe({ epochs: 2, batch: 2 });

test('metrics of every step and epoch, with the held-out pictures judged after each', async () => {
  const metrics: Metric[] = [];
  const ended: number[] = [];
  const learner = model([3, 2, 1, 1, 1, 0.5]);
  const control: LoopControl = {
    next: async () => 'go',
    metric: (m) => metrics.push(m),
    between: async ({ steps }, _, epochEnded) => void (epochEnded && ended.push(steps)),
    validate: () => evaluate(learner, feed),
  };
  const result = await train(learner, feed, recipe, control);
  expect(result).toMatchObject({ position: { steps: 6, trainLoss: 0.5 }, epochs: 2, stopped: false });
  expect(metrics.map((m) => `${m.kind} ${m.epoch} ${m.step}`)).toEqual([
    'step 0 0',
    'step 0 1',
    'step 0 2',
    'validation 0 2',
    'epoch 0 2',
    'step 1 3',
    'step 1 4',
    'step 1 5',
    'validation 1 5',
    'epoch 1 5',
  ]);
  for (const m of metrics.filter((told) => told.kind === 'step'))
    expect(m.waitMs).toBeLessThanOrEqual(m.durationMs);
  expect(metrics[3]).toEqual({ ...metrics[3], loss: expect.any(Number), accuracy: 4 / 6 });
  expect(metrics[4]).toMatchObject({ loss: 2, accuracy: 0.5, validationAccuracy: 4 / 6 });
  expect(ended).toEqual([3, 6]);
});

test('from any position the rest is told as if nothing had been between', async () => {
  const losses = [3, 2, 1, 4, 5, 0.5];
  const run = async (from?: Position) => {
    const metrics: Metric[] = [];
    const positions: Position[] = [];
    const { position } = await train(
      model(losses),
      feed,
      recipe,
      {
        next: async () => 'go',
        metric: (m) => metrics.push(m),
        between: async (now) => void positions.push(now),
        validate: async () => ({ loss: 1, accuracy: 0.5, count: 2, confusion: [] }),
      },
      from,
    );
    const untimed = metrics.map((m) => ({ ...m, durationMs: 0, waitMs: 0 }));
    return { positions, position, metrics: untimed };
  };
  const whole = await run();
  expect(whole.positions).toHaveLength(6);
  for (const from of whole.positions) {
    const { metrics, position } = await run(from);
    expect(position).toEqual(whole.position);
    expect(metrics).toEqual(whole.metrics.filter(({ step }) => step >= from.steps));
  }
});

test('training ends when the held-out loss has not fallen for as many looks as it waits, from any position', async () => {
  const losses = [4, 3, 3.5, 3.2, 2, 1];
  const patient = { ...recipe, epochs: 3, validateEvery: 1, earlyStop: 2, keepBest: 1 };
  const run = async (from?: Position) => {
    const told: string[] = [];
    const positions: Position[] = [];
    const result = await train(
      model([]),
      feed,
      patient,
      {
        next: async () => 'go',
        metric: (m) => told.push(m.kind),
        validate: async (steps) => ({ loss: losses[steps - 1] ?? 0, accuracy: 0, count: 1, confusion: [] }),
        between: async (now, _, __, verdict) => {
          positions.push(JSON.parse(JSON.stringify(now)) as Position);
          told.push(`${now.steps}: ${verdict?.keep}, ${verdict?.improved}, ${verdict?.shouldStop}`);
        },
      },
      from,
    );
    return { result: { ...result, stepMs: [] }, told: told.filter((t) => t.includes(':')), positions };
  };
  const { result, told, positions } = await run();
  expect(told).toEqual([
    '1: true, true, false',
    '2: true, true, false',
    '3: false, false, false',
    '4: false, false, true',
  ]);
  expect(result).toMatchObject({ stopped: false, endedEarly: true, epochs: 1, position: { steps: 4 } });
  for (const [i, from] of positions.entries()) {
    const rest = await run(from);
    expect(rest).toMatchObject({ result, told: told.slice(i + 1) });
  }
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])(
  'a loss of %d ends training with the step in words',
  async (bad) => {
    const metrics: Metric[] = [];
    const control = { next: async () => 'go' as const, metric: (m: Metric) => metrics.push(m) };
    await expect(train(model([1, 1, bad]), feed, recipe, control)).rejects.toThrow(
      `The loss became ${bad} at step 3 (learning rate 0.01).`,
    );
    expect(metrics).toHaveLength(2);
  },
);

test('stop is heard before the next step, and between batches of an evaluation', async () => {
  let asked = 0;
  const next = async () => (++asked > 2 ? ('stop' as const) : ('go' as const));
  const result = await train(model([]), feed, recipe, { next, metric: () => {} });
  expect(result).toMatchObject({ position: { steps: 2 }, epochs: 0, stopped: true });
  asked = 1;
  expect(await evaluate(model([]), feed, next)).toBeUndefined();
});

test('the held-out pictures are judged every so many steps and at each epoch’s end; a stopped look tells nothing', async () => {
  const at = async (validateEvery: number, stopped = false) => {
    const looks: number[] = [];
    const between: number[] = [];
    const metrics: Metric[] = [];
    await train(
      model([]),
      feed,
      { ...recipe, validateEvery },
      {
        next: async () => 'go',
        metric: (m) => metrics.push(m),
        between: async ({ steps }) => void between.push(steps),
        validate: async (steps) => {
          looks.push(steps);
          return stopped ? undefined : { loss: 1, accuracy: 0.5, count: 2, confusion: [] };
        },
      },
    );
    return { looks, between, told: metrics.filter((m) => m.kind === 'validation').map((m) => m.step) };
  };
  expect(await at(0)).toEqual({ looks: [3, 6], between: [1, 2, 3, 4, 5, 6], told: [2, 5] });
  expect(await at(2)).toMatchObject({ looks: [2, 3, 4, 6], told: [1, 2, 3, 5] });
  expect(await at(2, true)).toMatchObject({ looks: [2], between: [1], told: [] });
});

test('stopped in a look it goes on with that look: the metrics are those of a training that never ended', async () => {
  const course = async (stopIn?: number) => {
    const metrics: Metric[] = [];
    let stopped = false;
    const control: LoopControl = {
      next: async () => 'go',
      metric: (m) => metrics.push({ ...m, ...(m.kind === 'step' && { durationMs: 0, waitMs: 0 }) }),
      validate: async (steps) => {
        if (steps === stopIn && !stopped) {
          stopped = true;
          return undefined;
        }
        return { loss: 1 / steps, accuracy: 0.5, count: 2, confusion: [] };
      },
    };
    const first = await train(model([3, 2, 1]), feed, recipe, control);
    if (!first.stopped) return { metrics, position: first.position };
    expect(first.position).toMatchObject({ steps: stopIn, owesLook: true });
    const { position } = await train(model([3, 2, 1]), feed, recipe, control, first.position);
    return { metrics, position };
  };
  const whole = await course();
  expect(whole.metrics.filter(({ kind }) => kind === 'epoch')).toHaveLength(2);
  expect(await course(3)).toEqual(whole);
  expect(await course(6)).toEqual(whole);
});

test('the confusion matrix, by hand: a row for each true class, a column for each answer', async () => {
  // Three classes, two batches; the logits name the answers 0 1 1 and 2 0.
  const labels = [
    [0, 1, 2],
    [2, 2],
  ];
  const answers = [
    [0, 1, 1],
    [2, 0],
  ];
  let asked = 0;
  const learner: Pick<Session, 'predict'> = {
    predict: async () =>
      Float32Array.from((answers[asked++] ?? []).flatMap((a) => [0, 1, 2].map((c) => (c === a ? 5 : -1)))),
  };
  const pictures: Omit<Pipeline, 'fill' | 'picturesOf'> = {
    ...{ count: 5, stepsPerEpoch: 2 },
    batchAt: (_, index) => {
      const row = labels[index] ?? [];
      return {
        images: new Float32Array(3),
        labels: Int32Array.from(row),
        count: row.length,
        shape: [1, 1, 1],
      };
    },
  };
  expect(await evaluate(learner, feedHere(pictures))).toMatchObject({
    ...{ count: 5, accuracy: 3 / 5 },
    confusion: [
      [1, 0, 0],
      [0, 1, 0],
      [1, 1, 1],
    ],
  });
  const broken = { predict: async () => Float32Array.of(Number.NaN, 1, Number.NaN, Number.NaN, 1, 0) };
  const two = { ...pictures, stepsPerEpoch: 1, batchAt: () => ({ ...pictures.batchAt(0, 1), count: 2 }) };
  expect(await evaluate(broken, feedHere(two))).toMatchObject({ loss: Number.NaN, accuracy: 0 });
});

test('samples: as many of each class as there is room for, the same for a seed, sorted by class', () => {
  const labels = Uint8Array.from({ length: 200 }, (_, i) => (i * 7) % 10);
  const chosen = chooseSamples(labels, 20, 1);
  expect([...chosen].map((i) => labels[i])).toEqual(Array.from({ length: 20 }, (_, i) => i >> 1));
  expect(new Set(chosen).size).toBe(20);
  expect(chooseSamples(labels, 20, 1)).toEqual(chosen);
  expect(chooseSamples(labels, 20, 2)).not.toEqual(chosen);
  expect([...chooseSamples(Uint8Array.of(1, 0, 1), 20, 1)].sort()).toEqual([0, 1, 2]);
  const [a, b] = softmaxRows(Float32Array.of(1000, 1000, 0, Math.log(3)), 2);
  expect(a).toEqual([0.5, 0.5]);
  expect(b?.[1]).toBeCloseTo(0.75);
});

test('evaluation: cross entropy and accuracy by hand', async () => {
  const result = await evaluate(model([]), feed);
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
