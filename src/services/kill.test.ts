/** A trainer that is killed again and again, and its run, which must come out as if nobody had. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RandomStream } from '../base/random.ts';
import { writeDocument } from '../document/file.ts';
import { emptyDocument } from '../document/model.ts';
import { locateTensorFlow } from '../engines/tensorflow/locate.node.ts';
import { listRuns, RunReader } from '../runs/store.node.ts';
import type { TrainingJob } from './jobs.ts';
import { nodeFork } from './node-fork.node.ts';
import { resumeJob } from './resume.node.ts';
import { buildTrainer } from './testing-host.node.ts';
import { startTrainer } from './trainer-process.node.ts';

interface Moment {
  readonly call: 'open' | 'write' | 'sync' | 'rename' | 'remove' | 'append' | 'truncate';
  readonly file: string;
  readonly when: 'before' | 'half' | 'after';
  readonly nth?: number;
}
/** Steps that it does in this process, or milliseconds after it began, before it is killed from outside. */
type Kill = Moment | { readonly steps: number } | { readonly ms: number };

const whens = ['before', 'half', 'after'] as const;
const moments: readonly Kill[] = [
  { steps: 1 },
  { ms: 0 },
  { ms: 300 },
  ...whens.map((when) => ({ call: 'write', file: 'checkpoints', when }) as const),
  ...(['open', 'sync', 'rename'] as const).flatMap((call) =>
    (['before', 'after'] as const).map((when) => ({ call, file: 'checkpoints', when, nth: 2 })),
  ),
  // Only what a killed writer left behind a checkpoint is there to be cut.
  { call: 'append', file: 'metrics.jsonl', when: 'before' },
  { call: 'append', file: 'metrics.jsonl', when: 'half' },
  { call: 'truncate', file: 'metrics.jsonl', when: 'before' },
  { call: 'truncate', file: 'metrics.jsonl', when: 'after' },
  { call: 'append', file: 'metrics.jsonl', when: 'after' },
  ...(['before', 'after'] as const).map((when) => ({ call: 'rename', file: 'run.json', when }) as const),
  ...whens.map((when) => ({ call: 'write', file: 'weights.safetensors', when }) as const),
  { call: 'rename', file: 'evaluation.json', when: 'before' },
  { call: 'rename', file: 'samples.json', when: 'after' },
  { steps: 7 },
];

const verify = process.env.STEMMA_VERIFY !== undefined;
const program = fileURLToPath(new URL('../../dist/trainer.mjs', import.meta.url));
const killer = new URL('./testing-kill.mjs', import.meta.url).href;
const home = mkdtempSync(join(tmpdir(), 'stemma-kill-'));
afterAll(() => rmSync(home, { recursive: true }));
beforeAll(buildTrainer);

/** Everything that a step may depend on: running statistics, dropout's numbers, a skip. */
const parts: readonly [string, Record<string, number | number[]>][] = [
  ['input', { shape: [8, 8, 1] }],
  ['conv2d', { filters: 4, kernelSize: [3, 3] }],
  ['batchNorm', {}],
  ['activation', {}],
  ['dropout', { rate: 0.2 }],
  ['add', {}],
  ['globalAvgPool', {}],
  ['dense', { units: 10 }],
  ['output', {}],
];
const wire = (from: number, to: number, port: string) => ({
  from: { node: `n${from}`, port: 'out' },
  to: { node: `n${to}`, port },
});
const document = writeDocument({
  ...emptyDocument('Tiny'),
  nodes: parts.map(([type, params], i) => ({ id: `n${i}`, type, name: type, params, x: 0, y: 0 })),
  wires: parts
    .slice(1)
    .flatMap(([type], i) =>
      type === 'add' ? [wire(i, i + 1, 'a'), wire(1, i + 1, 'b')] : [wire(i, i + 1, 'in')],
    ),
});
const jobFor = (engine: string, runsHome: string): TrainingJob => ({
  document,
  recipe: {
    ...{ data: 'mnist', size: 8, batch: 8, limit: 200, validation: 0.2, epochs: 12, validateEvery: 7 },
    ...{ optimizer: 'adamw', weightDecay: 0.01, schedule: 'cosine', warmup: 5, checkpointEvery: 3, seed: 4 },
  },
  ...{ engine, runsHome },
});

/** Trains until it is killed; whether it came to the end instead. */
async function trainUntil(job: TrainingJob, kill?: Kill): Promise<boolean> {
  const inside = kill && 'call' in kill;
  const env = inside ? { STEMMA_KILL: JSON.stringify({ nth: 1, ...kill }) } : {};
  const fork = nodeFork(program, { env, execArgv: inside ? ['--import', killer] : [] });
  let steps = 0;
  const trainer = startTrainer(
    job,
    (event) => {
      if (event.type === 'started' && kill && 'ms' in kill) setTimeout(end, kill.ms);
      if (event.type === 'metric' && event.metric.kind === 'step') steps++;
      if (kill && 'steps' in kill && steps === kill.steps) end();
    },
    fork,
  );
  const end = () => process.kill(trainer.pid ?? 0, 'SIGKILL');
  try {
    await trainer.result;
    return true;
  } catch (error) {
    expect(String(error)).toMatch(/ended by SIGKILL/);
    return false;
  }
}

/** All that a run says which is no matter of time, of place, or of who wrote it. */
function outcomeOf(runsHome: string) {
  const [listed, ...more] = listRuns(runsHome);
  expect(more).toEqual([]);
  if (!listed || !('record' in listed)) throw new Error(`no whole run: ${JSON.stringify(listed)}`);
  const run = new RunReader(join(runsHome, listed.record.id));
  const { metrics, damagedLines } = run.storedMetrics();
  expect(damagedLines).toEqual([]);
  const { state, reason, summary } = run.record;
  const { steps, trainLoss, testAccuracy, testLoss } = summary;
  return {
    ...{ state, reason, steps, trainLoss, testAccuracy, testLoss },
    metrics: metrics.map((metric) => ({ ...metric, durationMs: 0, waitMs: 0, updateMs: 0, rssBytes: 0 })),
    evaluation: run.note('evaluation'),
    weights: readFileSync(join(run.folder, 'weights.safetensors')).toString('base64'),
  };
}

/** STEMMA_TABLE=1 prints each kill and what is there after it. */
const table = process.env.STEMMA_TABLE !== undefined;
const tell = (...cells: string[]) => table && console.log(`| ${cells.join(' | ')} |`);
const inWords = (kill: Kill | undefined): string => {
  if (!kill) return '';
  if ('steps' in kill) return `step ${kill.steps} of its process`;
  if ('ms' in kill) return `${kill.ms} ms after it began`;
  return `${kill.when} ${kill.call} ${kill.nth ?? 1} of ${kill.file}`;
};

/** One run that is killed at each of these, in turn, and then let go to its end. How often it was killed. */
async function killedRun(engine: string, runsHome: string, kills: readonly Kill[]): Promise<number> {
  let job = jobFor(engine, runsHome);
  tell('killed at', 'the run then says', 'metrics of steps', 'it goes on after step');
  for (const [killed, kill] of [...kills, undefined].entries()) {
    if (await trainUntil(job, kill)) return killed;
    const [listed] = listRuns(runsHome);
    // Killed before there was a run: nothing is there, and nothing is lost.
    if (!listed) continue;
    if (!('record' in listed)) throw new Error(`damaged after ${JSON.stringify(kill)}: ${listed.damaged}`);
    const run = new RunReader(join(runsHome, listed.record.id));
    job = await resumeJob(run, runsHome, {});
    if (!table) continue;
    const [newest] = await run.checkpoints();
    const steps = run.metrics().filter((metric) => metric.kind === 'step').length;
    tell(inWords(kill), run.record.state, `${steps}`, `${newest?.meta?.step ?? 0}`);
  }
  throw new Error('it was killed by nobody');
}

describe.each(['portable', ...(locateTensorFlow().library ? ['tensorflow'] : [])])('%s', (engine) => {
  const homeOf = (name: string) => join(home, `${engine}-${name}`);
  beforeAll(async () => {
    expect(await trainUntil(jobFor(engine, homeOf('whole')))).toBe(true);
  }, 60_000);

  // What a moment does to the store is the same on every engine.
  test.skipIf(engine !== 'portable' && !verify)(
    'killed at chosen moments',
    async () => {
      const killed = await killedRun(engine, homeOf('chosen'), moments);
      expect(moments.slice(killed)).toEqual([]);
      expect(outcomeOf(homeOf('chosen'))).toEqual(outcomeOf(homeOf('whole')));
    },
    600_000,
  );

  const many = Number(process.env.STEMMA_KILLS ?? (verify ? 100 : 2));
  test(
    `killed ${many} times at random`,
    async () => {
      const stream = new RandomStream(Number(process.env.STEMMA_KILL_SEED ?? 1), 0, 'kill');
      // A run comes to its end between two kills; then there is another.
      for (let [killed, runs] = [0, 0]; killed < many; runs++) {
        const runsHome = homeOf(`random-${runs}`);
        const kills = Array.from({ length: many - killed }, () => ({
          ms: Math.floor(stream.uniform() * 200),
        }));
        killed += await killedRun(engine, runsHome, kills);
        expect(outcomeOf(runsHome)).toEqual(outcomeOf(homeOf('whole')));
        expect(runs).toBeLessThan(many);
      }
    },
    200_000 + many * 30_000,
  );
});
