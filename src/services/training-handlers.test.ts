import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { locateTensorFlow } from '../engines/tensorflow/locate.node.ts';
import { openRun } from '../runs/store.node.ts';
import { buildTrainer, caller, failure, longRecipe, testingHost, tinyRecipe } from './testing-host.node.ts';
import { tinyDocument } from './tiny-document.ts';

beforeAll(buildTrainer);
let host: ReturnType<typeof testingHost>;
const open = (...given: Parameters<typeof testingHost>) => {
  host = testingHost(...given);
  return host;
};
afterEach(() => host.close());

const document = tinyDocument();
const start = (recipe: Record<string, unknown> = tinyRecipe, engine: string | null = null) =>
  host.handlers['training.start']({ document, recipe: recipe as typeof tinyRecipe, engine }, caller);
const stateOf = (run: string) =>
  JSON.parse(readFileSync(join(host.options.runsHome, run, 'run.json'), 'utf8')) as {
    state: string;
    reason: string;
    writer?: object;
  };

/** Chosen where nothing is asked for: TensorFlow where its library is at hand. */
const best = locateTensorFlow().library ? 'tensorflow' : 'portable';

test('a run from start to end: what pages are told, and what they can ask for afterwards', async () => {
  const { handlers, event, of } = open();
  const { run } = await start();
  expect(await handlers['training.active']({}, caller)).toMatchObject([
    {
      run,
      title: 'Tiny',
      document,
      recipe: tinyRecipe,
      engine: best,
      totalSteps: 16,
      stepsPerEpoch: 8,
    },
  ]);
  expect(host.activeRuns()).toBe(1);
  const end = await event('training.ended');
  expect(end).toEqual({ run, state: 'finished', reason: '' });
  expect(host.activeRuns()).toBe(0);
  expect(await handlers['training.active']({}, caller)).toEqual([]);

  expect(of('training.state')[0]).toMatchObject({ phase: 'preparing', step: 0, secondsLeft: null });
  expect(of('training.state').at(-1)).toMatchObject({ step: 16, imagesPerSecond: expect.any(Number) });
  const batches = of('training.metrics');
  const metrics = batches.flatMap((b) => b.metrics);
  expect(metrics.map((m) => m.kind)).toEqual(
    [1, 2].flatMap(() => [...Array(8).fill('step'), 'validation', 'epoch']),
  );
  let line = 0;
  for (const batch of batches) {
    expect(batch.from).toBe(line);
    line += batch.metrics.length;
  }

  const page = async (from: number) => handlers['runs.metrics']({ run, from }, caller);
  expect(await page(0)).toEqual({ metrics, next: 20 });
  expect(await page(15)).toEqual({ metrics: metrics.slice(15), next: 20 });
  expect(await page(500)).toEqual({ metrics: [], next: 500 });

  const reports = of('training.evaluation').map((e) => e.report);
  // Of two that come at once, the last is told.
  expect(reports.slice(-2).map((r) => [r.set, r.step, r.epoch, r.count])).toEqual([
    ['validation', 16, 1, 64],
    ['test', 16, 1, 10_000],
  ]);
  for (const { confusion, count, accuracy } of reports) {
    expect(confusion.flat().reduce((a, b) => a + b)).toBe(count);
    expect(confusion.reduce((sum, row, i) => sum + (row[i] ?? 0), 0)).toBe(Math.round(accuracy * count));
  }
  const asked = of('training.samples').map((e) => e.report);
  expect([asked[0]?.step, asked.at(-1)?.step]).toEqual([0, 16]);
  expect(asked[0]?.labels).toEqual(Array.from({ length: 20 }, (_, i) => i >> 1));
  expect(Buffer.from(asked[0]?.pixels ?? '', 'base64')).toHaveLength(20 * 28 * 28);
  for (const row of asked.at(-1)?.probabilities ?? []) expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 5);

  const opened = await handlers['runs.open']({ run }, caller);
  expect(opened).toMatchObject({ document, hasWeights: true, exports: [], metricCount: 20 });
  expect(opened.record).toMatchObject({ id: run, state: 'finished' });
  expect(opened.evaluation).toEqual(reports.at(-1));
  expect(opened.samples).toEqual(asked.at(-1));
  const engines = await handlers['engines.list']({}, caller);
  expect(engines.filter((e) => e.chosen)).toMatchObject([{ id: best, why: expect.any(String) }]);
});

test('one seed shows the same pictures and the same answers', async () => {
  const { event, of } = open();
  const first = async () => {
    host.told.length = 0;
    await start({ ...tinyRecipe, epochs: 1 });
    await event('training.ended');
    // On a slow machine there may be others between them.
    return [0, 8].map((step) => {
      const report = of('training.samples').find((e) => e.report.step === step)?.report;
      return [report?.pixels, report?.labels, report?.probabilities];
    });
  };
  const told = await first();
  expect(told[0]).not.toEqual(told[1]);
  expect(await first()).toEqual(told);
});

test('a second start is refused; paused and resumed are told and stored; stop keeps the weights', async () => {
  const { handlers, event } = open();
  const { run } = await start(longRecipe);
  const control = (action: 'pause' | 'resume' | 'stop') =>
    handlers['training.control']({ run, action }, caller);
  expect(await failure(start())).toMatchObject({ code: 'training/busy', hint: expect.any(String) });
  expect(
    await failure(handlers['training.probe']({ document, recipe: tinyRecipe, engine: null }, caller)),
  ).toMatchObject({ code: 'training/busy' });
  await event('training.state', (s) => s.step > 10);
  await control('pause');
  await event('training.state', (s) => s.phase === 'paused');
  expect(stateOf(run).state).toBe('paused');
  // What the file lacks is there all the same, without a gap.
  const { metrics, next } = await handlers['runs.metrics']({ run, from: 3 }, caller);
  expect(next).toBe(3 + metrics.length);
  expect((await handlers['runs.open']({ run }, caller)).metricCount).toBe(next);
  expect(await failure(handlers['runs.delete']({ run }, caller))).toMatchObject({ code: 'runs/active' });
  const exported = { run, document: null, format: 'document', place: null, overwrite: false };
  expect(await failure(handlers['exports.start'](exported, caller))).toMatchObject({
    code: 'export/running',
  });
  host.told.length = 0;
  await control('resume');
  await event('training.state', (s) => s.phase === 'training');
  expect(stateOf(run).state).toBe('running');
  await control('stop');
  expect(host.of('training.state').at(-1)?.phase).toBe('stopping');
  expect(await event('training.ended')).toEqual({ run, state: 'stopped', reason: 'Stopped by hand.' });
  expect(await handlers['runs.open']({ run }, caller)).toMatchObject({ hasWeights: true });
  await expect(async () => control('pause')).rejects.toThrow(`Run '${run}' is not being trained.`);
});

test('cancelled: at once, and the run says who did it', async () => {
  const { handlers, event } = open();
  const { run } = await start(longRecipe);
  await handlers['training.control']({ run, action: 'cancel' }, caller);
  expect(await event('training.ended')).toEqual({ run, state: 'stopped', reason: 'Cancelled.' });
  expect(stateOf(run)).toMatchObject({ state: 'stopped', reason: 'Cancelled.' });
  expect(stateOf(run).writer).toBeUndefined();
  // The way is free.
  const again = await start({ ...tinyRecipe, epochs: 1 });
  expect(again.run).not.toBe(run);
  await event('training.ended', (e) => e.run === again.run);
});

test('a trainer that dies is told in words with a way on, and its run says that it failed', async () => {
  const { event, processes } = open();
  const { run } = await start(longRecipe);
  await event('training.state', (s) => s.step > 0);
  processes.at(-1)?.kill();
  const end = await event('training.ended');
  expect(end).toMatchObject({ run, state: 'failed' });
  expect(end.reason).toMatch(/^The trainer is gone: it was ended by SIGKILL\..*use a smaller batch/);
  expect(stateOf(run)).toMatchObject({ state: 'failed', reason: end.reason });
});

test('a loss that is no number: the step in words, what to do, and the last whole weights stay', async () => {
  const { event, options } = open();
  // Grows until it is too large, some epochs on.
  const growing = { learningRate: 100, momentum: 0.99, warmup: 10_000, epochs: 1000 };
  const { run } = await start({ ...tinyRecipe, ...growing });
  const end = await event('training.ended');
  expect(end).toMatchObject({
    run,
    state: 'failed',
    reason: expect.stringContaining('lower the learning rate'),
  });
  expect(stateOf(run)).toMatchObject({ state: 'failed', reason: end.reason });
  const weights = await openRun(options.runsHome, run).weights();
  expect([...weights.values()].every(({ data }) => data.every(Number.isFinite))).toBe(true);
});

test('no memory left: in words, and what to do', async () => {
  const { event } = open();
  const large = document.replace('"filters":4', '"filters":4096');
  const recipe = { ...tinyRecipe, limit: 0, batch: 4096 };
  const { run } = await host.handlers['training.start'](
    { document: large, recipe, engine: 'portable' },
    caller,
  );
  const end = await event('training.ended');
  expect(end).toMatchObject({ run, state: 'failed' });
  expect(end.reason).toMatch(
    /no memory left: it asked for .* A batch of \d+ should fit \(this one had 4096\)/,
  );
});

test('what cannot start is refused with its reason, and nothing stays behind', async () => {
  const { handlers } = open();
  expect(await failure(start({ ...tinyRecipe, batch: 0 }))).toMatchObject({ code: 'recipe/invalid' });
  expect(await failure(start(tinyRecipe, 'none-such'))).toMatchObject({ code: 'engine/unknown' });
  expect(host.activeRuns()).toBe(0);
  expect(await handlers['runs.list']({}, caller)).toEqual([]);
});

test('the host closes while it trains: stopped after the step, weights kept', async () => {
  const { event, dispose } = open();
  const { run } = await start(longRecipe);
  await event('training.state', (s) => s.step > 0);
  await dispose(60_000);
  expect(stateOf(run)).toMatchObject({ state: 'stopped', reason: 'Stopped by hand.' });
});

test('a probe tells how long a step takes; a later one ends it', async () => {
  const { handlers } = open();
  const probe = (recipe: object) =>
    handlers['training.probe']({ document, recipe: recipe as typeof tinyRecipe, engine: null }, caller);
  const early = failure(probe({ ...tinyRecipe, batch: 4096 }));
  const late = await probe(tinyRecipe);
  expect(await early).toMatchObject({ code: 'probe/ended' });
  expect(late).toMatchObject({ engine: best, device: expect.stringContaining('CPU') });
  expect(late.imagesPerSecond).toBeCloseTo((32 * 1000) / late.stepMs);
  expect(late.peakBytes).toBeGreaterThan(1e7);
  expect(await failure(probe({ ...tinyRecipe, data: 'none' }))).toMatchObject({ code: 'data/unknown' });
});
