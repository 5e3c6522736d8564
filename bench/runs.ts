/** `npm run bench -- runs [STEPS]` (at least 500,000): a thousand runs listed, and a run of a million metric lines opened. */
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { curvesOf } from '../src/runs/curves.ts';
import { RUN_VERSION } from '../src/runs/record.ts';
import { listRuns, openRun } from '../src/runs/store.node.ts';
import type { Metric } from '../src/training/metric.ts';
import { tell } from './measure.ts';

const steps = Number(process.argv[2] ?? 1_000_000);
const RUNS = 1000;
const TIMES = 5;
const home = mkdtempSync(join(tmpdir(), 'stemma-bench-runs-'));
const idOf = (n: number) => `2026-01-01-000000-resnet-18-${n.toString(16).padStart(4, '0')}`;

function makeRun(n: number): void {
  const folder = join(home, idOf(n));
  mkdirSync(folder, { recursive: true });
  const record = {
    ...{ formatVersion: RUN_VERSION, id: idOf(n), title: 'ResNet-18', state: 'finished', reason: '' },
    createdAt: new Date(1.8e12 + 1000 * n).toISOString(),
    recipe: { data: 'mnist', size: 32, batch: 64, epochs: 10, optimizer: 'sgd', learningRate: 0.1, seed: 1 },
    environment: { engine: 'portable', device: 'cpu', classes: [...'0123456789'], node: process.version },
    summary: { steps: 9380, trainLoss: 0.01, testAccuracy: 0.99, stepMs: { median: 20, p95: 30 } },
  };
  writeFileSync(join(folder, 'run.json'), JSON.stringify(record, null, 2));
  writeFileSync(join(folder, 'notes.json'), JSON.stringify({ tags: ['lesson'] }));
}

function* lines(): Generator<Metric> {
  for (let step = 0; step < steps; step++) {
    const noise = Math.abs(Math.sin(step * 12.9898) * 43758.5453) % 1;
    yield {
      ...{ kind: 'step', step, epoch: Math.floor(step / 1000), learningRate: 0.1 },
      ...{ loss: 2.3 * Math.exp((-6 * step) / steps) + 0.3 * noise, accuracy: Math.round(64 * noise) / 64 },
      ...{ durationMs: 20 + 5 * noise, waitMs: noise, updateMs: 2 + noise },
    };
  }
}

/** Another name of the same folder: what a process keeps in memory goes by the name, so it begins anew. */
const links: string[] = [];
function asNew(): string {
  const link = `${home}-${links.length}`;
  symlinkSync(home, link);
  links.push(link);
  return link;
}

async function times(name: string, goalMs: number, act: () => unknown, before = () => {}): Promise<void> {
  const durations: number[] = [];
  for (let i = 0; i < TIMES; i++) {
    before();
    const start = performance.now();
    await act();
    durations.push(performance.now() - start);
  }
  tell(name, goalMs, durations);
}

try {
  for (let n = 0; n < RUNS; n++) makeRun(n);
  const dropIndex = () => rmSync(join(home, 'index.json'), { force: true });
  const list = (from: string) => {
    if (listRuns(from).length !== RUNS) throw new Error('A run is missing.');
  };
  await times('1,000 runs listed, no index', 200, () => list(asNew()), dropIndex);
  await new Promise((resolve) => setTimeout(resolve, 500));
  await times('the same, with the index', 200, () => list(asNew()));
  const again = asNew();
  list(again);
  await times('the same, listed before by this process', 200, () => list(again));

  const file = join(home, idOf(0), 'metrics.jsonl');
  let text = '';
  for (const line of lines()) {
    text += `${JSON.stringify(line)}\n`;
    if (text.length > 1 << 24) {
      appendFileSync(file, text);
      text = '';
    }
  }
  appendFileSync(file, text);
  const open = async (from: string, run = 0, expected = steps) => {
    const columns = await openRun(from, idOf(run)).metricColumns();
    curvesOf(columns, ['step.loss', 'step.accuracy', 'step.learningRate'], { points: 2000 });
    if (columns.lines !== expected) throw new Error('Lines are missing.');
  };
  const cacheOf = (run: number) => join(home, idOf(run), 'metrics.cache');
  const name = `${steps.toLocaleString('en')} lines → three curves`;
  await open(asNew());
  await times(`${name}, its writer has closed it`, 500, () => open(asNew()));

  // A writer leaves a cache every 64 MB: what a killed run lacks at most, and a checkpoint.
  const all = readFileSync(file);
  const cut = all.indexOf('\n', Math.max(0, all.length - 64e6)) + 1;
  const killed = join(home, idOf(1), 'metrics.jsonl');
  writeFileSync(killed, all.subarray(0, cut));
  const before = (await openRun(asNew(), idOf(1)).metricColumns()).lines;
  const cache = readFileSync(cacheOf(1));
  appendFileSync(killed, all.subarray(cut));
  const restore = () => writeFileSync(cacheOf(1), cache);
  const tail = (steps - before).toLocaleString('en');
  await times(`${name}, killed ${tail} lines after its last cache`, 500, () => open(asNew(), 1), restore);
  const drop = () => rmSync(cacheOf(0), { force: true });
  await times(`${name}, no cache at all (of an older Stemma), once`, 1500, () => open(asNew()), drop);
  const kept = asNew();
  await open(kept);
  await times(`${name}, opened before by this process`, 500, () => open(kept));
  await times('a page of 20,000 lines from its middle', 500, () =>
    openRun(kept, idOf(0)).metricsPage(steps / 2, 20_000),
  );
} finally {
  for (const link of links) unlinkSync(link);
  rmSync(home, { recursive: true });
}
