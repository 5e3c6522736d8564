import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeDocument } from '../document/file.ts';
import { listRuns } from '../runs/store.node.ts';
import { findTemplate } from '../templates/index.ts';
import { nodeFork } from './node-fork.node.ts';
import { startTrainer } from './trainer-process.node.ts';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));
/** Beside the packages, so that the trainer finds them. */
const beside = join(dist, `test-data-${process.pid}`);
const runsHome = mkdtempSync(join(tmpdir(), 'stemma-trainer-data-'));
afterAll(() => {
  for (const folder of [beside, runsHome]) rmSync(folder, { recursive: true, force: true });
});
beforeAll(async () => {
  const { buildIfStale } = (await import(new URL('../../scripts/build.mjs', import.meta.url).href)) as {
    buildIfStale(): Promise<void>;
  };
  await buildIfStale();
  mkdirSync(beside);
  for (const name of ['trainer.mjs', 'kernels.wasm']) cpSync(join(dist, name), join(beside, name));
});

const document = writeDocument(
  findTemplate('resnet20-cifar').build({ input: [12, 12, 1], classes: 10, flavour: 'd2l', set: {} }),
);

/** Trains with a thread of this program, and without its file where none is given. */
async function failureWith(worker: string | undefined): Promise<string> {
  const file = join(beside, 'batch-worker.mjs');
  rmSync(file, { force: true });
  if (worker !== undefined) writeFileSync(file, worker);
  const recipe = { data: 'mnist', size: 12, batch: 4, limit: 40, epochs: 5 };
  const trainer = startTrainer(
    { document, recipe, engine: 'portable', runsHome },
    () => {},
    nodeFork(join(beside, 'trainer.mjs')),
  );
  await expect(trainer.result).rejects.toMatchObject({ code: 'data/worker' });
  const [newest] = listRuns(runsHome);
  return newest && 'record' in newest ? `${newest.record.state}: ${newest.record.reason}` : 'no run';
}

test('without the program of the threads a training ends with words', async () => {
  const reason = await failureWith(undefined);
  expect(reason).toMatch(
    /^failed: The thread that prepares pictures could not be started: Cannot find module/,
  );
  expect(reason).toContain('install it again');
});

test('a thread that dies while it trains ends it with words', async () => {
  const dying = `import { parentPort } from 'node:worker_threads';
    parentPort.postMessage({ type: 'started' });
    parentPort.on('message', ({ type, stream, number }) => {
      if (type !== 'make') return;
      if (number === 4) process.exit(9);
      parentPort.postMessage({ type: 'made', stream, number });
    });`;
  const reason = await failureWith(dying);
  expect(reason).toMatch(/^failed: The thread that prepares pictures died: it ended with code 9\./);
});
