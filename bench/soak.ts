/**
 * Does memory grow? A run with everything on that training has, for so many minutes (30 where none are given): pictures
 * that are changed, looks at the nodes and at held-out pictures, checkpoints, samples. Fails where the trainer or the
 * host takes more than a twentieth more at the end than after two fifths of the time.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { writeDocument } from '../src/document/file.ts';
import { nodeFork } from '../src/services/node-fork.node.ts';
import { createTrainingHandlers } from '../src/services/training-handlers.node.ts';
import { findTemplate } from '../src/templates/index.ts';

const minutes = Number(process.argv[2] ?? 30);
if (!(minutes > 0))
  throw new Error(`Expected minutes, as in 'npm run bench -- soak 30'; received '${process.argv[2]}'.`);
const EVERY_MS = 10_000;
const GROWTH = 1.05;

const home = mkdtempSync(join(tmpdir(), 'stemma-soak-'));
const fork = nodeFork(resolve('dist/trainer.mjs'));
let pid = 0;
let [step, looks, ended] = [0, 0, ''];
const services = createTrainingHandlers(
  {
    ...{ host: 'web', version: '0', ui: null, stateHome: join(home, 'state') },
    ...{ documentsFolder: join(home, 'documents'), runsHome: join(home, 'runs') },
    fork() {
      const made = fork();
      pid = made.pid ?? 0;
      return made;
    },
    broadcast(name, value) {
      if (name === 'training.state') ({ step } = value as { step: number });
      if (name === 'training.telemetry') looks++;
      if (name === 'training.ended') ended = JSON.stringify(value);
    },
  },
  () => false,
);
const caller = { id: 'soak', emit: () => {} };
const document = writeDocument(
  findTemplate('resnet20-cifar').build({ input: [16, 16, 1], classes: 10, flavour: 'torchvision', set: {} }),
);
const recipe = {
  ...{ data: 'mnist', size: 16, batch: 32, epochs: 10_000, validation: 0.1, validateEvery: 50, limit: 4000 },
  ...{ optimizer: 'adamw', ema: 0.99, mixup: 0.2, crop: 2, labelSmoothing: 0.1, keepBest: 2 },
  ...{ checkpointEvery: 100, observeEvery: 20, learningRate: 0.001 },
};
const { run } = await services.handlers['training.start']({ document, recipe, engine: null }, caller);

const rssOf = (id: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]) / 1024;
const samples: { trainer: number; host: number }[] = [];
const until = Date.now() + minutes * 60_000;
while (Date.now() < until && ended === '') {
  await new Promise((done) => setTimeout(done, EVERY_MS));
  globalThis.gc?.();
  samples.push({ trainer: rssOf(pid), host: rssOf(process.pid) });
  const { trainer, host } = samples.at(-1) as (typeof samples)[0];
  console.log(
    `${((samples.length * EVERY_MS) / 60_000).toFixed(1)} min  step ${step}  ${looks} looks  trainer ${trainer.toFixed(0)} MB  host ${host.toFixed(0)} MB`,
  );
}
await services.handlers['training.control']({ run, action: 'stop' }, caller);
await services.dispose(60_000);
rmSync(home, { recursive: true });

/** Medians of a tenth of the time, so that a moment of collecting is no growth. */
const middle = (from: number, of: 'trainer' | 'host'): number => {
  const begin = Math.floor(samples.length * from);
  const part = samples.slice(begin, begin + Math.max(1, Math.floor(samples.length / 10))).map((s) => s[of]);
  return part.sort((a, b) => a - b)[part.length >> 1] ?? Number.NaN;
};
for (const of of ['trainer', 'host'] as const) {
  const [early, late] = [middle(0.4, of), middle(0.9, of)];
  const grew = late > early * GROWTH;
  console.log(
    `${of}: ${early.toFixed(1)} MB after two fifths, ${late.toFixed(1)} MB at the end: ${grew ? 'GREW' : 'constant'}`,
  );
  if (grew) process.exitCode = 1;
}
console.log(`${step} steps; it ended by itself: ${ended || 'no'}`);
