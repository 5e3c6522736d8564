import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeDocument } from '../document/file.ts';
import { listRuns, RunReader } from '../runs/store.node.ts';
import { findTemplate } from '../templates/index.ts';
import type { TrainingEvent, TrainingJob } from './jobs.ts';
import { nodeFork } from './node-fork.node.ts';
import { startTrainer } from './trainer-process.node.ts';

const program = nodeFork(fileURLToPath(new URL('../../dist/trainer.mjs', import.meta.url)));
const runsHome = mkdtempSync(join(tmpdir(), 'stemma-trainer-'));
afterAll(() => rmSync(runsHome, { recursive: true }));
beforeAll(async () => {
  const { buildIfStale } = (await import(new URL('../../scripts/build.mjs', import.meta.url).href)) as {
    buildIfStale(): Promise<void>;
  };
  await buildIfStale();
});

const document = writeDocument(
  findTemplate('resnet20-cifar').build({ input: [12, 12, 1], classes: 10, flavour: 'd2l', set: {} }),
);
const job: TrainingJob = {
  document,
  recipe: { data: 'mnist', size: 12, batch: 4, limit: 4000, epochs: 5 },
  runsHome,
};

/** Starts a job and waits for its n-th step. */
function startAndWait(given: TrainingJob, steps: number) {
  const events: TrainingEvent[] = [];
  let reached: () => void = () => {};
  const atStep = new Promise<void>((resolve) => (reached = resolve));
  const trainer = startTrainer(
    given,
    (event) => {
      events.push(event);
      if (event.type === 'metric' && event.metric.kind === 'step' && event.metric.step === steps - 1)
        reached();
    },
    program,
  );
  return { trainer, events, ready: Promise.race([atStep, trainer.result.then(() => {})]) };
}

const stepsOf = (events: TrainingEvent[]) =>
  events.filter((e) => e.type === 'metric' && e.metric.kind === 'step').length;

test('paused it waits, resumed it goes on, stopped it keeps its weights', async () => {
  const { trainer, events, ready } = startAndWait(job, 3);
  await ready;
  trainer.pause();
  await new Promise((resolve) => setTimeout(resolve, 500));
  const held = stepsOf(events);
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(stepsOf(events)).toBe(held);
  trainer.resume();
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(stepsOf(events)).toBeGreaterThan(held);
  trainer.stop();
  const result = await trainer.result;
  expect(result.stopped).toBe(true);
  const run = new RunReader(result.run);
  expect(run.record).toMatchObject({ state: 'stopped', reason: 'Stopped by hand.' });
  expect((await run.weights()).size).toBeGreaterThan(50);
  expect(run.metrics()).toHaveLength(result.steps);
});

test('killed in the middle: told in words; the run says so, and what it stored can be read', async () => {
  const { trainer, events, ready } = startAndWait(job, 60);
  await ready;
  process.kill(trainer.pid ?? 0, 'SIGKILL');
  await expect(trainer.result).rejects.toThrow('The trainer is gone: it was ended by SIGKILL.');
  const started = events.find((e) => e.type === 'started');
  const folder = started?.type === 'started' ? started.run : '';
  const [listed] = listRuns(runsHome);
  expect(listed).toMatchObject({
    record: {
      state: 'failed',
      reason: expect.stringMatching(/^The trainer is gone: .* use a smaller batch\./),
    },
  });
  const run = new RunReader(folder);
  expect(run.metrics().length).toBeGreaterThanOrEqual(20);
  expect(await run.document()).toBe(document);
  await expect(run.weights()).rejects.toThrow('has no weights: it ended before its first epoch did');
});

test('a torn last line of metrics is dropped, a damaged run is listed with its reason', async () => {
  const [listed] = listRuns(runsHome);
  const id = listed && 'record' in listed ? listed.record.id : '';
  const run = new RunReader(join(runsHome, id));
  const file = join(run.folder, 'metrics.jsonl');
  const whole = run.metrics();
  writeFileSync(file, `${readFileSync(file, 'utf8')}{"kind":"st`);
  expect(run.metrics()).toEqual(whole);
  writeFileSync(join(run.folder, 'run.json'), '{"formatVersion":7}');
  expect(listRuns(runsHome)[0]).toMatchObject({
    id,
    damaged: expect.stringContaining('newer Stemma (format 7)'),
  });
  writeFileSync(join(run.folder, 'run.json'), '{');
  expect(listRuns(runsHome)[0]).toMatchObject({ id, damaged: expect.stringContaining('cannot be read') });
});

test('cancelled: it ends at once, and the run says that a person did it', async () => {
  const { trainer, events, ready } = startAndWait(job, 2);
  await ready;
  trainer.pause();
  trainer.kill();
  await expect(trainer.result).rejects.toMatchObject({ code: 'trainer/cancelled', message: 'Cancelled.' });
  const started = events.find((e) => e.type === 'started');
  const run = new RunReader(started?.type === 'started' ? started.run : '');
  expect(run.record).toMatchObject({ state: 'stopped', reason: 'Cancelled.' });
  expect(run.record.writer).toBeUndefined();
});

test('weights that grow without bound: told with the step and a way on; the run says so', async () => {
  const { trainer, ready } = startAndWait({ ...job, recipe: { ...job.recipe, learningRate: 100 } }, 10_000);
  await expect(ready).rejects.toThrow(/loss became (NaN|Infinity|-Infinity) at step \d+/);
  await expect(trainer.result).rejects.toMatchObject({
    hint: expect.stringContaining('lower the learning rate'),
  });
  const [listed] = listRuns(runsHome);
  expect(listed).toMatchObject({
    record: { state: 'failed', reason: expect.stringContaining('lower the learning rate') },
  });
});

test('two runs of one seed give the same losses', async () => {
  const losses = async () => {
    const { trainer, events, ready } = startAndWait(
      { ...job, recipe: { ...job.recipe, batch: 50, limit: 300, epochs: 1 } },
      6,
    );
    await ready;
    await trainer.result;
    expect(events.flatMap((e) => (e.type === 'phase' ? [e.phase] : []))).toEqual(['training', 'evaluating']);
    return events.flatMap((e) => (e.type === 'metric' ? [e.metric.loss] : []));
  };
  const first = await losses();
  expect(first).toHaveLength(7);
  expect(await losses()).toEqual(first);
});

test('a folder that cannot be written is told before the first step', async () => {
  const file = join(runsHome, 'a-file');
  writeFileSync(file, '');
  const trainer = startTrainer({ ...job, runsHome: join(file, 'runs') }, () => {}, program);
  await expect(trainer.result).rejects.toThrow(/The folder .* cannot be made/);
});
