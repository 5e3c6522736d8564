import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { StepMetric } from '../training/metric.ts';
import type { CheckpointState } from './checkpoint.node.ts';
import { createRun, RunReader, type RunWriter, reopenRun } from './store.node.ts';

const root = mkdtempSync(join(tmpdir(), 'stemma-checkpoints-'));
afterAll(() => rmSync(root, { recursive: true }));

const newRun = () =>
  createRun(join(root, 'runs'), {
    title: 'a',
    recipe: {},
    environment: {},
    document: '{}',
    state: 'running',
  });
const tensor = (...values: number[]) => ({ shape: [values.length], data: Float32Array.from(values) });
const stateAt = (steps: number): CheckpointState => ({
  weights: new Map([
    ['conv/kernel', tensor(steps, Number.NaN, -0)],
    ['7', tensor(1)],
  ]),
  slots: new Map([['conv/kernel#momentum', tensor(steps / 2)]]),
  averages: new Map(steps % 2 === 0 ? [['conv/kernel', tensor(3)]] : []),
  steps,
});
const step = (n: number): StepMetric => ({
  ...{ kind: 'step', step: n, epoch: 0, loss: 1, accuracy: 0, learningRate: 0.1, durationMs: 1 },
});
const namesOf = async (run: RunWriter) => (await new RunReader(run.folder).checkpoints()).map((c) => c.name);
const fileOf = (run: RunWriter, name: string) => join(run.folder, 'checkpoints', `${name}.safetensors`);

test('everything that training goes on from is read back', async () => {
  const run = await newRun();
  run.appendMetric(step(0));
  const note = { epoch: 1, score: 0.25, lookedAt: [1, 2], worst: Number.NaN };
  const saved = run.saveCheckpoint('last', stateAt(2), note);
  run.appendMetric(step(1));
  await saved;
  await run.flush();
  const { name, meta, state } = await new RunReader(run.folder).checkpoint('last');
  const metricsBytes = `${JSON.stringify(step(0))}\n`.length;
  expect({ name, ...meta }).toMatchObject({
    ...{ name: 'last', step: 2, epoch: 1, score: 0.25, lookedAt: [1, 2], worst: null },
    ...{ metricsBytes, telemetryBytes: 0 },
  });
  expect(state).toEqual(stateAt(2));
  expect([...state.weights.keys()]).toEqual(['conv/kernel', '7']);
  expect(Object.is(state.weights.get('conv/kernel')?.data[2], -0)).toBe(true);
  await expect(new RunReader(run.folder).checkpoint('best')).rejects.toThrow(/has no checkpoint 'best'/);
  await expect(new RunReader(run.folder).checkpoint('../../x')).rejects.toThrow(/has no checkpoint/);
});

test('the one before stays; between two renames it is the last', async () => {
  const run = await newRun();
  for (const n of [1, 2, 3]) await run.saveCheckpoint('last', stateAt(n), { epoch: 0 });
  expect(await namesOf(run)).toEqual(['last', 'last-1']);
  const read = new RunReader(run.folder);
  expect((await read.checkpoint('last')).state).toEqual(stateAt(3));
  expect((await read.checkpoint('last-1')).state).toEqual(stateAt(2));
  renameSync(fileOf(run, 'last'), fileOf(run, 'last-1'));
  expect(await read.checkpoint('last')).toMatchObject({ name: 'last-1', meta: { step: 3 } });
  await run.saveCheckpoint('last', stateAt(4), { epoch: 0 });
  expect((await read.checkpoint('last-1')).meta.step).toBe(3);
});

test.each([
  ['cut short', (bytes: Buffer) => bytes.subarray(0, -1), /should lie at/],
  ['with zeros at its end', (bytes: Buffer) => bytes.fill(0, bytes.length - 12), /checksum should be/],
  ['with zeros at its beginning', (bytes: Buffer) => bytes.fill(0, 0, 64), /is not a whole safetensors/],
  [
    'with another step',
    (b: Buffer) => Buffer.from(b.toString('latin1').replace('step\\":2', 'step\\":9'), 'latin1'),
    /checksum/,
  ],
  ['that is another file', () => Buffer.from('\x02\0\0\0\0\0\0\0{}'), /no 'checkpoint' in its metadata/],
] as const)('a checkpoint %s is told, and the one before is offered', async (_, spoil, words) => {
  const run = await newRun();
  run.appendMetric(step(0));
  for (const n of [1, 2]) await run.saveCheckpoint('last', stateAt(n), { epoch: 0 });
  const spoilt = spoil(readFileSync(fileOf(run, 'last')));
  writeFileSync(fileOf(run, 'last'), spoilt);
  const read = new RunReader(run.folder);
  await expect(read.checkpoint('last')).rejects.toMatchObject({
    code: 'runs/damaged-checkpoint',
    message: expect.stringMatching(words),
    hint: "Checkpoint 'last-1', after step 1, may be whole.",
  });
  const newest = await read.newestCheckpoint();
  expect(newest).toMatchObject({
    name: 'last-1',
    state: stateAt(1),
    passedOver: [expect.stringMatching(words)],
  });
  await run.close();
  const again = await reopenRun(run.folder, { from: newest });
  await again.saveCheckpoint('last', stateAt(2), { epoch: 0 });
  expect((await read.checkpoint('last-1')).state).toEqual(stateAt(1));
  writeFileSync(fileOf(run, 'last'), spoilt);
  rmSync(fileOf(run, 'last-1'));
  await expect(read.newestCheckpoint()).rejects.toThrow(/no whole checkpoint\. .*last\.safetensors/);
});

test('the best are kept, and those that were the best at the last but one', async () => {
  const run = await newRun();
  const scores: [steps: number, score: number][] = [
    ...(
      [
        [10, 0.3],
        [20, 0.5],
        [30, 0.4],
        [40, 0.5],
        [50, 0.9],
        [60, 0.8],
      ] as const
    ).map(([a, b]) => [a, b] as [number, number]),
  ];
  const stored: string[][] = [];
  for (const [steps, score] of scores) {
    if (await run.isAmongBest(score, 2))
      await run.saveCheckpoint('best', stateAt(steps), { epoch: 0, score });
    await run.saveCheckpoint('last', stateAt(steps), { epoch: 0 }, { keepBest: 2 });
    stored.push((await namesOf(run)).filter((name) => name.startsWith('best')));
  }
  expect(stored).toEqual([
    ['best-10'],
    ['best-20', 'best-10'],
    ['best-30', 'best-20', 'best-10'],
    ['best-40', 'best-30', 'best-20'],
    ['best-50', 'best-40', 'best-20'],
    ['best-60', 'best-50', 'best-20'],
  ]);
  expect((await new RunReader(run.folder).checkpoint('best')).name).toBe('best-50');
  expect(await run.isAmongBest(Number.NaN, 9)).toBe(false);
});

test('a run that goes on takes back what came after its checkpoint', async () => {
  const run = await newRun();
  const lines = () => new RunReader(run.folder).metrics().length;
  run.appendMetric(step(0));
  run.appendTelemetry({ step: 0 });
  await run.saveCheckpoint('step', stateAt(1), { epoch: 0 });
  await run.saveCheckpoint('last', stateAt(1), { epoch: 0 });
  run.appendMetric(step(1));
  run.appendTelemetry({ step: 1 });
  await run.saveCheckpoint('step', stateAt(2), { epoch: 0 });
  await run.saveCheckpoint('best', stateAt(2), { epoch: 0, score: 1 });
  await run.setState({ state: 'stopped', reason: 'Stopped by hand.' });
  await run.close();
  expect(lines()).toBe(2);
  const again = await reopenRun(run.folder, { from: await new RunReader(run.folder).checkpoint('last') });
  expect(lines()).toBe(1);
  expect(await namesOf(run)).toEqual(['last', 'step-1']);
  expect(readFileSync(join(run.folder, 'telemetry.jsonl'), 'utf8')).toBe('{"step":0}\n');
  expect(new RunReader(run.folder).record).toMatchObject({ state: 'running', reason: '', title: 'a' });
  again.appendMetric(step(1));
  await again.saveCheckpoint('last', stateAt(2), { epoch: 0 });
  expect((await new RunReader(run.folder).checkpoint('last')).meta.metricsBytes).toBe(
    readFileSync(join(run.folder, 'metrics.jsonl')).length,
  );
  expect(readdirSync(join(run.folder, 'checkpoints')).every((name) => !name.endsWith('.tmp'))).toBe(true);
  await expect(reopenRun(run.folder)).rejects.toMatchObject({ code: 'runs/active' });
  expect(existsSync(join(run.folder, 'weights.safetensors'))).toBe(false);
});
