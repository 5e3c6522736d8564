import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterEach, expect, test, vi } from 'vitest';
import { inWords, lastWords } from './memory-words.ts';
import { readEvaluation, readExports, readSamples } from './notes.ts';
import { Pace } from './pace.ts';
import { Throttle } from './throttle.ts';

afterEach(() => void vi.useRealTimers());

test('however often it is asked for, it happens at once, then ten times a second, the last included', () => {
  vi.useFakeTimers();
  let value = 0;
  const told: number[] = [];
  const throttle = new Throttle(() => told.push(value));
  for (value = 1; value <= 1000; value++) {
    throttle.request();
    vi.advanceTimersByTime(1);
  }
  value = 1000;
  vi.advanceTimersByTime(1000);
  expect([told[0], told.at(-1), told.length]).toEqual([1, 1000, 11]);
  throttle.now();
  throttle.now();
  expect(told).toHaveLength(13);
  throttle.request();
  throttle.end();
  vi.advanceTimersByTime(1000);
  expect(told).toHaveLength(13);
});

test('pace: the last twenty steps without the first; what is left counts evaluations once one was seen', () => {
  const course = {
    recipe: { batch: 10, validateEvery: 20 },
    steps: 100,
    stepsPerEpoch: 50,
    testCount: 1000,
    done: 0,
  };
  const pace = new Pace(course);
  expect([pace.imagesPerSecond, pace.secondsLeft]).toEqual([null, null]);
  pace.step({ durationMs: 5000 });
  expect(pace.imagesPerSecond).toBe(2);
  for (let i = 0; i < 19; i++) pace.step({ durationMs: 100 });
  expect([pace.imagesPerSecond, pace.secondsLeft]).toEqual([100, 8]);
  pace.judged(500, 100);
  // Left: looks after 40, 50, 60, 80 and 100 steps, and the thousand test pictures.
  expect(pace.secondsLeft).toBeCloseTo(8 + 5 * 0.5 + 5);
  for (let i = 0; i < 20; i++) pace.step({ durationMs: 200 });
  expect(pace.imagesPerSecond).toBe(50);
});

test('a step is split by what is told of each of the last steps, and by nothing else', () => {
  const pace = new Pace({
    recipe: { batch: 1, validateEvery: 0 },
    steps: 9,
    stepsPerEpoch: 9,
    testCount: 1,
    done: 0,
  });
  expect(pace.split).toBeNull();
  pace.step({ durationMs: 900, waitMs: 800, updateMs: 50 });
  pace.step({ durationMs: 100, waitMs: 1, updateMs: 10 });
  pace.step({ durationMs: 110, waitMs: 3, updateMs: 20 });
  expect(pace.split).toEqual({ stepMs: 105, waitMs: 2, updateMs: 15 });
  pace.step({ durationMs: 105, waitMs: 2 });
  expect(pace.split).toEqual({ stepMs: 105, waitMs: 2, updateMs: null });
});

test('memory that ran out is told in words', () => {
  for (const make of [() => new Float32Array(-1), () => new ArrayBuffer(2 ** 53)]) {
    let thrown: unknown;
    try {
      make();
    } catch (error) {
      thrown = inWords(error);
    }
    expect(thrown).toMatchObject({ code: 'trainer/out-of-memory', hint: expect.stringContaining('smaller') });
  }
  const other = new RangeError('Batch 7 was asked for');
  expect(inWords(other)).toBe(other);
  const v8 =
    'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n 1: 0xb7a940 node::Abort()';
  expect(lastWords(v8)).toMatch(/^FATAL ERROR: .* out of memory$/);
});

test('what was written beside a run by somebody else is left out', () => {
  const report = { step: 1, epoch: 0, loss: 1, accuracy: 1, count: 1, classes: ['a'], confusion: [[1]] };
  const test = { ...report, set: 'test' };
  const validation = { ...report, set: 'validation' };
  expect(readEvaluation({ validation, test })).toEqual(test);
  expect(readEvaluation({ validation, test: { ...test, confusion: 'x' } })).toEqual(validation);
  for (const wrong of [undefined, null, 'x', [], {}]) {
    expect(readEvaluation(wrong)).toBeNull();
    expect(readSamples(wrong)).toBeNull();
  }
  const entry = { format: 'tfjs', at: '', by: '', largestDifference: 0, agreement: 1, samples: 8 };
  expect(readExports([{ ...entry, path: 'model' }, 7, { ...entry, place: '/m' }])).toEqual([
    { ...entry, place: 'model' },
    { ...entry, place: '/m' },
  ]);
});

test('a host starts without tf.js: what needs it runs in the trainer process', async () => {
  const { metafile } = await build({
    entryPoints: [fileURLToPath(new URL('./training-handlers.node.ts', import.meta.url))],
    ...{ bundle: true, write: false, metafile: true, platform: 'node', format: 'esm', packages: 'external' },
  });
  // What is imported when it is asked for, as sharp for a preview of files, keeps nobody from starting.
  const packages = Object.values(metafile.outputs).flatMap((o) =>
    o.imports.flatMap((i) => (i.kind === 'dynamic-import' ? [] : [i.path])),
  );
  expect(packages).toContain('zod');
  expect(packages.filter((name) => /tensorflow|sharp/.test(name))).toEqual([]);
});
