import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { AppError } from '../base/errors.ts';
import { loadDatasetCached } from '../data/cache.node.ts';
import { findDataset } from '../data/index.node.ts';
import { createPipeline } from '../data/pipeline.ts';
import { completeRecipe } from '../recipe/recipe.ts';
import type { Caller } from './contract.ts';
import { trainingPictures } from './pictures.ts';
import { buildTrainer, longRecipe, testingHost, tinyDocument, tinyRecipe } from './testing-host.node.ts';

beforeAll(buildTrainer);
const caller: Caller = { id: 'page', emit: () => {} };
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
const failure = async (what: unknown): Promise<AppError> =>
  Promise.resolve(what).then(
    () => expect.unreachable('it was not refused'),
    (error: AppError) => error,
  );

test('a run from start to end: what pages are told, and what they can ask for afterwards', async () => {
  const { handlers, event, of } = open();
  const { run } = await start();
  expect(await handlers['training.active']({}, caller)).toMatchObject([
    {
      run,
      title: 'Tiny',
      document,
      recipe: tinyRecipe,
      engine: 'portable',
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
  expect(engines.filter((e) => e.chosen)).toMatchObject([{ id: 'portable', why: expect.any(String) }]);
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

test('a loss that is no number: the step in words, and what to do', async () => {
  const { event } = open();
  const { run } = await start({ ...tinyRecipe, epochs: 50, learningRate: 100, momentum: 0.99 });
  const end = await event('training.ended');
  expect(end).toMatchObject({
    run,
    state: 'failed',
    reason: expect.stringContaining('lower the learning rate'),
  });
  expect(stateOf(run)).toMatchObject({ state: 'failed', reason: end.reason });
});

test('no memory left: in words, and what to do', async () => {
  const { event } = open();
  const large = document.replace('"filters":4', '"filters":4096');
  const recipe = { ...tinyRecipe, limit: 0, batch: 4096 };
  const { run } = await host.handlers['training.start']({ document: large, recipe, engine: null }, caller);
  const end = await event('training.ended');
  expect(end).toMatchObject({ run, state: 'failed' });
  expect(end.reason).toMatch(/no memory left: it asked for .* Use a smaller batch/);
});

test('what cannot start is refused with its reason, and nothing stays behind', async () => {
  const { handlers } = open();
  expect(await failure(start({ ...tinyRecipe, batch: 0 }))).toMatchObject({ code: 'recipe/invalid' });
  expect(await failure(start(tinyRecipe, 'tensorflow'))).toMatchObject({ code: 'engine/unavailable' });
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
  expect(late).toMatchObject({ engine: 'portable', device: expect.stringContaining('CPU') });
  expect(late.imagesPerSecond).toBeCloseTo((32 * 1000) / late.stepMs);
  expect(late.peakBytes).toBeGreaterThan(1e7);
  expect(await failure(probe({ ...tinyRecipe, data: 'none' }))).toMatchObject({ code: 'recipe/invalid' });
});

test('a preview shows the pictures of the first steps, as the network will see them', async () => {
  const { handlers } = open();
  const recipe = completeRecipe(tinyRecipe);
  const { dataset } = await loadDatasetCached(findDataset('mnist'));
  const { pictures } = trainingPictures(dataset, recipe);
  const { mean, std } = dataset;
  const batch = createPipeline({
    ...{ set: pictures, batchSize: 32, shape: [12, 12, 3], mean, std, seed: recipe.seed, shuffle: true },
  }).batchAt(0, 1);
  const shown = await handlers['data.preview'](
    { recipe: tinyRecipe, shape: [12, 12, 3], from: 32, count: 5 },
    caller,
  );
  expect(shown).toMatchObject({ count: 5, height: 12, width: 12, channels: 3, total: 256 });
  expect(shown.labels).toEqual([...batch.labels.slice(0, 5)]);
  const bytes = [...Buffer.from(shown.pixels, 'base64')];
  expect(bytes).toHaveLength(5 * 12 * 12 * 3);
  bytes.forEach((byte, i) => {
    expect(Math.abs(byte / 255 - ((batch.images[i] ?? Number.NaN) * std + mean))).toBeLessThan(
      0.5 / 255 + 1e-6,
    );
  });
  const end = { recipe: tinyRecipe, shape: [12, 12, 1] as [number, number, number], count: 64 };
  // Large pictures come fewer at a time.
  expect(await handlers['data.preview']({ ...end, shape: [1024, 1024, 3], from: 0 }, caller)).toMatchObject({
    count: 5,
  });
  expect(await handlers['data.preview']({ ...end, from: 250 }, caller)).toMatchObject({ count: 6 });
  expect(await handlers['data.preview']({ ...end, from: 900 }, caller)).toMatchObject({
    count: 0,
    labels: [],
  });
  expect(await handlers['data.list']({}, caller)).toMatchObject([
    { id: 'mnist', folder: expect.any(String), fetchable: false, trainCount: 60_000 },
    { id: 'fashion-mnist', fetchable: true },
  ]);
  expect(await failure(handlers['data.fetch']({ id: 'mnist' }, caller))).toMatchObject({
    code: 'data/not-fetchable',
  });
});

test('a data set is fetched once at a time, with progress, and can be cancelled', async () => {
  const { handlers, event, of } = open();
  // Sends a part and waits.
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-length': 1000 });
    response.write(Buffer.alloc(10));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('STEMMA_FASHION_MNIST_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv('STEMMA_DATA', host.options.stateHome);
  const id = 'fashion-mnist';
  const fetched = failure(handlers['data.fetch']({ id }, caller));
  expect(await event('data.progress')).toMatchObject({ id, received: 10, total: 1000, done: false });
  expect(await failure(handlers['data.fetch']({ id }, caller))).toMatchObject({ code: 'data/busy' });
  await handlers['data.cancelFetch']({ id }, caller);
  expect(await fetched).toMatchObject({ code: 'data/cancelled', hint: expect.stringContaining('goes on') });
  expect(of('data.progress').at(-1)).toMatchObject({
    done: true,
    error: expect.stringContaining('cancelled'),
  });
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
});

test('damaged runs stand in the list and are refused in words; a removed one is gone from it', async () => {
  const { handlers, options, of } = open();
  mkdirSync(join(options.runsHome, 'broken'), { recursive: true });
  writeFileSync(join(options.runsHome, 'broken', 'run.json'), '{');
  expect(await handlers['runs.list']({}, caller)).toEqual([
    { id: 'broken', damaged: expect.stringContaining('it is not JSON') },
  ]);
  expect(await failure(handlers['runs.open']({ run: 'broken' }, caller))).toMatchObject({
    code: 'runs/damaged',
  });
  for (const run of ['..', '../..', '.trash', 'none', 'a/b'])
    for (const call of ['runs.open', 'runs.delete'] as const)
      expect(await failure(handlers[call]({ run }, caller))).toMatchObject({ code: 'runs/unknown' });
  await handlers['runs.delete']({ run: 'broken' }, caller);
  expect(await handlers['runs.list']({}, caller)).toEqual([]);
  expect(of('runs.changed')).toHaveLength(1);
});
