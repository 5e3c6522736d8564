/** A fault at every call that changes the disk: what is read back afterwards was current at some moment. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { AppError } from '../base/errors.ts';
import type { Files } from '../base/files.ts';
import type { StepMetric } from '../training/metric.ts';
import type { Answers } from './answers.ts';
import type { CheckpointState } from './checkpoint.node.ts';
import { type Fault, faults, faultyFiles, isPartial } from './faulty-files.node.ts';
import {
  addExport,
  createRun,
  editLabels,
  listExports,
  listRuns,
  RunReader,
  type RunWriter,
  removeRun,
  reopenRun,
} from './store.node.ts';

// Thousands of flushes: in memory where the system has such a place.
const root = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'stemma-faults-'));
afterAll(() => rmSync(root, { recursive: true }));

/** Of no living process: what it leaves counts for nothing, as after a crash. */
const writer = { pid: 2 ** 22 + 1, started: null };

/** What a reader sees; every tensor of a checkpoint holds its step, so a mixture of two would show. */
interface View {
  readonly title: string;
  readonly epochs: unknown;
  readonly last?: number | undefined;
  readonly best?: number | undefined;
  readonly weights?: number | undefined;
  readonly samples?: unknown;
  readonly answers?: number | undefined;
  readonly exports: number;
}
type Model = View | 'none';

const numberOf = (tensors: Iterable<{ readonly data: Float32Array }>): number => {
  const values = new Set([...tensors].flatMap(({ data }) => [...data]));
  expect(values.size).toBe(1);
  return [...values][0] as number;
};

async function stepOf(reader: RunReader, name: string): Promise<number | undefined> {
  try {
    const { state, meta } = await reader.checkpoint(name);
    expect(numberOf([...state.weights.values(), ...state.slots.values()])).toBe(meta.step);
    return meta.step;
  } catch (error) {
    if (error instanceof AppError && error.code === 'runs/no-checkpoint') return undefined;
    throw error;
  }
}

async function look(home: string): Promise<{ readonly view: Model; readonly lines: number }> {
  const listed = listRuns(home);
  expect(listed.length).toBeLessThan(2);
  const [item] = listed;
  if (!item) return { view: 'none', lines: 0 };
  if (!('record' in item)) throw new Error(item.damaged);
  const reader = new RunReader(join(home, item.record.id));
  expect(await reader.document()).toBe('{}');
  const { metrics, damagedLines } = reader.storedMetrics();
  expect(damagedLines).toEqual([]);
  expect(metrics.map(({ step }) => step)).toEqual(metrics.map((_, i) => i));
  return {
    view: {
      title: item.record.title,
      epochs: item.record.summary.epochs ?? 0,
      last: await stepOf(reader, 'last'),
      best: await stepOf(reader, 'best'),
      weights: reader.hasWeights ? numberOf((await reader.weights()).values()) : undefined,
      samples: reader.note('samples'),
      answers: (await reader.answers('test'))?.looks[0]?.step,
      exports: listExports(reader.folder).length,
    },
    lines: metrics.length,
  };
}

const tensor = (value: number) => ({ shape: [500], data: new Float32Array(500).fill(value) });
const stateAt = (steps: number): CheckpointState => ({
  weights: new Map([['w', tensor(steps)]]),
  slots: new Map([['w#momentum', tensor(steps)]]),
  averages: new Map(),
  steps,
});
const answersAt = (step: number): Answers => {
  const floats = Float32Array.of(step / 10);
  const look = { step, epoch: 0, answers: Uint16Array.of(step) };
  return {
    labels: Uint16Array.of(step),
    looks: [{ ...look, answerProbability: floats, truthProbability: floats }],
  };
};
const metric = (n: number): StepMetric => ({
  ...{ kind: 'step', step: n, epoch: 0, loss: 1, accuracy: 0, learningRate: 0.1, durationMs: 1 },
});

interface Scene {
  readonly home: string;
  readonly files: Files;
  run: RunWriter;
  /** Metrics told, and those that a flush has promised. */
  told: number;
  flushed: number;
  /** The step of the checkpoint that it went on from. */
  from: number;
}

interface Act {
  readonly name: string;
  readonly act: (scene: Scene) => Promise<unknown>;
  /** What is seen afterwards; where it has several parts, in their order. */
  readonly changes: readonly Partial<View>[] | ((scene: Scene) => readonly Partial<View>[]);
}

async function tell(scene: Scene, until: number): Promise<void> {
  while (scene.told < until) {
    scene.run.appendTelemetry({ step: scene.told });
    scene.run.appendMetric(metric(scene.told++));
  }
  await scene.run.flush();
  scene.flushed = scene.told;
}

const checkpoint = (kind: 'last' | 'best', steps: number): Act => ({
  name: `${kind} ${steps}`,
  act: ({ run }) =>
    run.saveCheckpoint(kind, stateAt(steps), { epoch: 0, ...(kind === 'best' && { score: steps }) }),
  changes: [{ [kind]: steps }],
});
const metrics = (until: number): Act => ({
  name: `metrics ${until}`,
  act: (scene) => tell(scene, until),
  changes: [],
});
const epoch = (epochs: number): Act => ({
  name: `epoch ${epochs}`,
  act: ({ run }) => run.setState({ summary: { epochs } }),
  changes: [{ epochs }],
});
const close: Act = { name: 'close', act: ({ run }) => run.close(), changes: [] };

const acts: readonly Act[] = [
  ...[metrics(3), checkpoint('last', 3), metrics(5), checkpoint('best', 5), checkpoint('last', 5)],
  { name: 'weights', act: ({ run }) => run.saveWeights(stateAt(5).weights), changes: [{ weights: 5 }] },
  { name: 'samples', act: ({ run }) => run.saveNote('samples', { n: 1 }), changes: [{ samples: { n: 1 } }] },
  {
    name: 'answers',
    act: ({ run }) => run.saveAnswers('test', answersAt(5)),
    changes: [{ answers: 5 }],
  },
  {
    name: 'title',
    act: ({ run, files }) => editLabels(run.folder, { title: 'b' }, files),
    changes: [{ title: 'b' }],
  },
  ...[metrics(7), checkpoint('best', 7), checkpoint('last', 7), metrics(9), checkpoint('last', 9)],
  ...[checkpoint('best', 9), epoch(1), close],
  {
    name: 'reopen',
    async act(scene) {
      const from = await new RunReader(scene.run.folder).checkpoint('last-1');
      scene.from = from.meta.step;
      scene.flushed = Math.min(scene.flushed, from.meta.step);
      scene.run = await reopenRun(scene.run.folder, { from, files: scene.files, writer });
      scene.told = (await look(scene.home)).lines;
    },
    changes: ({ from }) => [{ best: from }, { last: from }],
  },
  ...[metrics(8), epoch(2), close],
  { name: 'export', act: ({ run, files }) => addExport(run.folder, {}, files), changes: [{ exports: 1 }] },
];

/** All that may be seen after an act of these changes went wrong. */
function prefixes(view: View, changes: readonly Partial<View>[]): View[] {
  const views = [view];
  for (const change of changes) views.push({ ...(views.at(-1) as View), ...change });
  return views;
}

const shown = (model: Model) =>
  typeof model === 'string'
    ? model
    : JSON.stringify(
        Object.entries(model)
          .filter(([, value]) => value !== undefined)
          .sort(),
      );

interface Outcome {
  readonly calls: ReturnType<typeof faultyFiles>['calls'];
  readonly allowed: readonly Model[];
  readonly scene: Scene | undefined;
}

/** Acts after an error: as many as show that it goes on. */
const PLAYED_ON = 4;

/** Plays until it crashes, or to its end; a mere error is taken note of, and the play goes on for a while. */
async function play(home: string, at: number, fault: Fault): Promise<Outcome> {
  const { files, calls, crashed } = faultyFiles(at, fault);
  const begun: View = { title: 'a', epochs: 0, exports: 0 };
  const init = { title: 'a', recipe: {}, environment: {}, document: '{}', state: 'running' } as const;
  let run: RunWriter;
  try {
    run = await createRun(home, init, { files, writer });
  } catch {
    return { calls, allowed: crashed() ? ['none', begun] : ['none'], scene: undefined };
  }
  const scene: Scene = { home, files, run, told: 0, flushed: 0, from: 0 };
  let allowed: View[] = [begun];
  let after = 0;
  for (const { name, act, changes } of acts) {
    if (at >= 0 && calls.length > at && ++after > PLAYED_ON) return { calls, allowed, scene };
    const changesOf = () => (typeof changes === 'function' ? changes(scene) : changes);
    try {
      await act(scene);
      allowed = allowed.map((view) => Object.assign({}, view, ...changesOf()));
    } catch (error) {
      expect(error, name).toBeInstanceOf(AppError);
      allowed = allowed.flatMap((view) => prefixes(view, changesOf()));
      if (crashed() || name === 'reopen') return { calls, allowed, scene };
    }
  }
  try {
    await removeRun(home, scene.run.record.id, { files });
    return { calls, allowed: ['none'], scene };
  } catch {
    return { calls, allowed: ['none', ...allowed], scene };
  }
}

/** Whatever happened, somebody can go on. */
async function goOn(folder: string): Promise<void> {
  const reader = new RunReader(folder);
  const from = (await reader.checkpoints()).length > 0 ? await reader.newestCheckpoint() : undefined;
  const run = await reopenRun(folder, { ...(from && { from }), writer });
  const lines = reader.metrics().length;
  if (from) expect(lines).toBe(from.meta.step);
  run.appendMetric(metric(lines));
  await run.saveCheckpoint('last', stateAt(lines + 1), { epoch: 0 });
  await run.setState({ state: 'finished' });
  await run.close();
  expect(reader.metrics()).toHaveLength(lines + 1);
  expect(await stepOf(reader, 'last')).toBe(lines + 1);
  expect(new RunReader(folder).record.state).toBe('finished');
}

let homes = 0;
const whole = await play(join(root, 'whole'), -1, 'error');

test('the play as it should be', async () => {
  expect(whole.calls.length).toBeGreaterThan(100);
  expect((await look(join(root, 'whole'))).view).toBe('none');
  expect(new Set(whole.calls.map(({ name }) => name))).toEqual(
    new Set([
      'makeFolder',
      'create',
      'write',
      'sync',
      'rename',
      'remove',
      'syncFolder',
      'syncFile',
      'append',
      'truncate',
    ]),
  );
});

/** What is left after a call is what is left before the next: the long proofs play both. */
const played = process.env.STEMMA_VERIFY ? faults : faults.filter((fault) => fault !== 'crash after');

describe.each(played)('%s', (fault) => {
  test('at every call', async () => {
    for (const [at, call] of whole.calls.entries()) {
      if (fault.includes('short') && !isPartial(call)) continue;
      const home = join(root, `${homes++}`);
      const { allowed, scene } = await play(home, at, fault);
      const { view, lines } = await look(home);
      const where = `${fault} at call ${at}, ${call.name} ${call.path.split('/').at(-1)}`;
      expect(allowed.map(shown), where).toContain(shown(view));
      if (view === 'none') continue;
      expect(lines, where).toBeGreaterThanOrEqual(scene?.flushed ?? 0);
      expect(lines, where).toBeLessThanOrEqual(Math.max(scene?.told ?? 0, 9));
      const [item] = listRuns(home);
      await goOn(join(home, item && 'record' in item ? item.record.id : ''));
    }
  }, 300_000);
});
