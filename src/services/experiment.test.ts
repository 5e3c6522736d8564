import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ExperimentDocument, writeExperiment } from '../experiments/experiment.ts';
import { documentOf, findKind } from '../experiments/kinds/index.ts';
import { experimentFolder, listExperiments, openExperiment } from '../experiments/store.node.ts';
import { listRuns, openRun } from '../runs/store.node.ts';
import { startJob } from './job.node.ts';
import type { ExperimentEvent, ExperimentJob } from './jobs.ts';
import { nodeFork } from './node-fork.node.ts';

const program = nodeFork(fileURLToPath(new URL('../../dist/trainer.mjs', import.meta.url)));
const runsHome = mkdtempSync(join(tmpdir(), 'stemma-experiment-'));
afterAll(() => rmSync(runsHome, { recursive: true }));
beforeAll(async () => {
  const { buildIfStale } = (await import(new URL('../../scripts/build.mjs', import.meta.url).href)) as {
    buildIfStale(): Promise<void>;
  };
  await buildIfStale();
});

const small = { batch: 128, limit: 256, epochs: 1, learningRate: 0.05 };

function make(kind: string, values: readonly number[], seeds: readonly number[]): ExperimentDocument {
  const options = { input: [8, 8, 1] as const, classes: 10, data: 'mnist', values };
  return documentOf(findKind(kind), { ...options, seeds, recipe: small });
}

function start(source: ExperimentJob['source'], onEvent: (event: ExperimentEvent) => void = () => {}) {
  const events: ExperimentEvent[] = [];
  const job = startJob(program, 'experiment', { source, runsHome, engine: 'portable' }, (event) => {
    events.push(event);
    onEvent(event);
  });
  return { ...job, events };
}

test('stopped after a network and resumed: what is done is not done again, and every network has its run', async () => {
  const experiment = make('plain-vs-residual', [8], [1]);
  const first = start({ experiment: writeExperiment(experiment) }, (event) => {
    if (event.type === 'result') first.post({ type: 'stop' });
  });
  const { id, stopped, results } = await first.result;
  expect(stopped).toBe(true);
  expect(results.map(({ variant, seed }) => `${variant} ${seed}`)).toEqual(['plain-8 1']);
  expect(openExperiment(experimentFolder(runsHome, id)).record).toMatchObject({
    ...{ state: 'stopped', reason: 'Stopped by hand.' },
  });

  const second = start({ id });
  const end = await second.result;
  expect(second.events.find((e) => e.type === 'started')).toMatchObject({ total: 2, done: 1 });
  expect(second.events.filter((e) => e.type === 'net')).toHaveLength(1);
  expect(end.results.map(({ variant, seed }) => `${variant} ${seed}`)).toEqual([
    ...['plain-8 1', 'residual-8 1'],
  ]);
  expect(end.results[0]).toEqual(results[0]);
  for (const result of end.results) {
    expect(result).toMatchObject({ engine: 'portable', failed: '', steps: 2 });
    const run = openRun(runsHome, result.run ?? '');
    expect(run.record.summary.testAccuracy).toBe(result.testAccuracy);
    const epochs = run.metrics().filter(({ kind }) => kind === 'epoch');
    expect(epochs.at(-1)?.loss).toBe(result.finalTrainLoss);
    expect(result.curve.map(([x]) => x)).toEqual([1, 2]);
  }
  expect(listExperiments(runsHome)).toMatchObject([{ record: { id, state: 'finished' } }]);
  expect(listRuns(runsHome).every((run) => 'record' in run)).toBe(true);
}, 180_000);

test('a residual block whose branch is zero changes no answer; one at random and a plain one do', async () => {
  const { results } = await start({ experiment: writeExperiment(make('identity', [8], [1])) }).result;
  const differences = Object.fromEntries(
    results.map(({ variant, figures }) => [variant, figures.largestDifference]),
  );
  const [trained, zero] = results;
  expect(zero?.testLoss).toBe(trained?.testLoss);
  expect(differences['residual-zero-8']).toBe(0);
  expect(differences['residual-random-8']).toBeGreaterThan(0.01);
  expect(differences['plain-random-8']).toBeGreaterThan(0.01);
  expect(new Set(results.map(({ run }) => run)).size).toBe(1);
}, 180_000);

test('a range test tells a rate between its ends; a network that fails is a result, not the end', async () => {
  const range = make('learning-rate-range', [8], [1]);
  const [variant] = range.variants;
  const [plain] = make('plain-vs-residual', [8], [1]).variants;
  if (!variant || !plain) throw new Error('both kinds have a variant');
  const from = 1e-4;
  const experiment: ExperimentDocument = {
    ...{ ...range, kind: 'custom' },
    variants: [
      { ...plain, recipe: { learningRate: 100, epochs: 20 } },
      { ...variant, how: { kind: 'range', from, to: 10, steps: 40 } },
    ],
  };
  const { results } = await start({ experiment: writeExperiment(experiment) }).result;
  expect(results[0]?.failed).toMatch(/lower the learning rate/);
  expect(results[0]?.finalTrainLoss).toBeNull();
  const { curve = [], figures = {} } = results[1] ?? {};
  expect(curve[0]?.[0]).toBe(from);
  expect(figures.suggestedRate).toBeGreaterThan(from / 10);
  expect(figures.lowestRate).toBeLessThanOrEqual(10);
}, 180_000);
