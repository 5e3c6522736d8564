import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findRun, listRuns, RunFolder } from './store.node.ts';

const home = mkdtempSync(join(tmpdir(), 'stemma-runs-'));
afterAll(() => {
  chmodSync(home, 0o755);
  rmSync(home, { recursive: true });
});
const create = (title: string) =>
  RunFolder.create(home, { title, recipe: {}, environment: {}, document: '{}' });

test.skipIf(!existsSync('/dev/full'))(
  'a full disk is told with the file; what was stored before stays',
  async () => {
    const run = await create('Full disk');
    symlinkSync('/dev/full', join(run.folder, 'metrics.jsonl'));
    expect(() => run.appendMetrics([{ kind: 'step' }])).toThrow(/metrics.jsonl could not be written: ENOSPC/);
    expect((await RunFolder.open(run.folder)).record.title).toBe('Full disk');
  },
);

test('weights that cannot be replaced leave the old ones', async () => {
  const run = await create('Weights');
  const weights = (value: number) => new Map([['w', { shape: [1], data: Float32Array.of(value) }]]);
  await run.saveWeights(weights(1));
  // A folder where the temporary file should be: the write fails before anything is replaced.
  mkdirSync(join(run.folder, `.weights.safetensors.${process.pid}.tmp`));
  await expect(run.saveWeights(weights(2))).rejects.toThrow(
    /weights.safetensors could not be written: EISDIR/,
  );
  expect(await run.weights()).toEqual(weights(1));
});

test('runs are found by folder, id, beginning and last; what is ambiguous lists its candidates', async () => {
  const run = await create('Zebra');
  expect((await findRun(home, run.record.id)).folder).toBe(run.folder);
  expect((await findRun(home, run.folder)).record.id).toBe(run.record.id);
  await expect(findRun(home, '20')).rejects.toThrow(/'20' begins \d runs: .*zebra/);
  await expect(findRun(home, 'nope')).rejects.toThrow("There is no run 'nope'.");
  expect(listRuns(home)).toHaveLength(3);
  expect(listRuns(join(home, 'nothing'))).toEqual([]);
});
