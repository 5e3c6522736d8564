import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { diskFiles } from '../base/disk.node.ts';
import { AppError } from '../base/errors.ts';
import type { Files } from '../base/files.ts';
import { isAlive, thisProcess } from '../base/process.node.ts';
import type { Metric, StepMetric } from '../training/metric.ts';
import { metricsPage, parseMetrics } from './metrics.ts';
import {
  addExport,
  createRun,
  endRun,
  findRun,
  listExports,
  listRuns,
  openRun,
  RunReader,
  removeRun,
  runsHome,
} from './store.node.ts';

const root = mkdtempSync(join(tmpdir(), 'stemma-runs-'));
afterAll(() => rmSync(root, { recursive: true }));
let homes = 0;
const newHome = () => join(root, `${homes++}`, 'runs');
const init = {
  title: 'ResNet 18 · größer',
  recipe: { lr: 0.1 },
  environment: { engine: 'portable' },
  document: '{}',
};
const tensor = (value: number) => new Map([['w', { shape: [1], data: Float32Array.of(value) }]]);
const step = (n: number): StepMetric => ({
  kind: 'step',
  step: n,
  epoch: 0,
  loss: 1 / (n + 1),
  accuracy: 0.5,
  learningRate: 0.1,
  durationMs: 20,
});
const idOf = (folder: string) => folder.split(/[\\/]/).at(-1) as string;

/** The disk, but the next call of `name` on a path that has `part` in it fails after `before`. */
function failing(name: 'write' | 'sync' | 'rename' | 'append' | 'makeFolder', part: string, code: string) {
  let armed = false;
  const fail = (called: string, path: string) => {
    if (!armed || called !== name || !path.includes(part)) return;
    throw Object.assign(new Error(`${code}: injected`), { code });
  };
  const files: Files = {
    ...diskFiles,
    async makeFolder(path, options) {
      fail('makeFolder', path);
      await diskFiles.makeFolder(path, options);
    },
    async create(path) {
      const file = await diskFiles.create(path);
      return {
        async write(bytes) {
          if (armed && name === 'write') await file.write(bytes.subarray(0, bytes.length >> 1));
          fail('write', path);
          await file.write(bytes);
        },
        async sync() {
          fail('sync', path);
          await file.sync();
        },
        close: () => file.close(),
      };
    },
    async rename(from, to) {
      fail('rename', to);
      await diskFiles.rename(from, to);
    },
    append(path, text) {
      // A full disk takes a part.
      if (armed && name === 'append') diskFiles.append(path, text.slice(0, text.length >> 1));
      fail('append', path);
      diskFiles.append(path, text);
    },
  };
  return {
    files,
    arm: (on = true) => {
      armed = on;
    },
  };
}

test('what a run is given is read back, byte for byte', async () => {
  const home = newHome();
  const document = '{ "größer": "\u0000 ⊕" }\n';
  const run = await createRun(
    home,
    { ...init, document, parent: 'p' },
    { now: new Date('2026-11-24T06:50:12.345Z') },
  );
  expect(idOf(run.folder)).toMatch(/^2026-11-24-065012-resnet-18-gro-er-[0-9a-f]{4}$/);
  await run.setState({ state: 'running' });
  for (let i = 0; i < 100; i++) run.appendMetric(step(i));
  run.appendMetric({ kind: 'epoch', step: 99, epoch: 0, loss: Number.NaN, accuracy: 0 });
  await run.saveWeights(tensor(3));
  await run.setState({ state: 'finished', summary: { steps: 100 } });
  await run.setState({ summary: { testAccuracy: 0.5, stepMs: { median: 3 } } });
  await run.close();
  const read = openRun(home, idOf(run.folder));
  expect(read.record).toEqual({
    ...{ formatVersion: 1, id: idOf(run.folder), title: init.title, createdAt: '2026-11-24T06:50:12.345Z' },
    ...{
      parent: 'p',
      state: 'finished',
      reason: '',
      recipe: { lr: 0.1 },
      environment: { engine: 'portable' },
    },
    summary: { steps: 100, testAccuracy: 0.5, stepMs: { median: 3 } },
  });
  expect(await read.document()).toBe(document);
  expect(read.metrics().slice(0, 100)).toEqual(Array.from({ length: 100 }, (_, i) => step(i)));
  expect(read.metrics()[100]).toMatchObject({ kind: 'epoch', loss: null });
  expect(await read.weights()).toEqual(tensor(3));
  const names = ['document.stemma', 'metrics.jsonl', 'run.json', 'weights.safetensors'];
  expect(readdirSync(run.folder).sort()).toEqual(names);
});

test('metrics wait for a full buffer or a flush', async () => {
  const run = await createRun(newHome(), init);
  const file = join(run.folder, 'metrics.jsonl');
  run.appendMetric(step(0));
  expect(existsSync(file)).toBe(false);
  await run.flush();
  expect(parseMetrics(readFileSync(file, 'utf8')).metrics).toEqual([step(0)]);
  for (let i = 1; i < 100; i++) run.appendMetric(step(i));
  expect(parseMetrics(readFileSync(file, 'utf8')).metrics.length).toBeGreaterThan(50);
});

test('a torn last line is dropped', async () => {
  const run = await createRun(newHome(), init);
  run.appendMetric(step(0));
  await run.close();
  appendFileSync(join(run.folder, 'metrics.jsonl'), '{"kind":"st');
  expect(new RunReader(run.folder).metrics()).toEqual([step(0)]);
});

test.each([
  ['write', 'run.json.', 'ENOSPC', 'The disk is full'],
  ['sync', 'run.json.', 'EIO', 'What was stored before is unchanged'],
  ['rename', 'run.json', 'EACCES', 'change its rights'],
] as const)('%s that fails at %s with %s leaves the version before', async (name, part, code, hint) => {
  const home = newHome();
  const { files, arm } = failing(name, part, code);
  const run = await createRun(home, init, { files });
  await run.setState({ state: 'running', reason: 'before' });
  arm();
  const error = await run.setState({ reason: 'after' }).catch((e) => e);
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({
    code: 'file/write',
    message: `${join(run.folder, 'run.json')} could not be written: ${code}: injected.`,
  });
  expect(error.hint).toContain(hint);
  expect(run.record.reason).toBe('before');
  expect(openRun(home, idOf(run.folder)).record.reason).toBe('before');
  expect(readdirSync(run.folder).filter((n) => n.endsWith('.tmp'))).toEqual([]);
  arm(false);
  await run.setState({ reason: 'after' });
  expect(openRun(home, idOf(run.folder)).record.reason).toBe('after');
});

test('a full disk in the middle of weights or metrics: the old weights, whole lines, and nothing lost afterwards', async () => {
  const home = newHome();
  const weights = failing('write', 'weights.safetensors.', 'ENOSPC');
  const run = await createRun(home, init, { files: weights.files });
  await run.saveWeights(tensor(1));
  weights.arm();
  await expect(run.saveWeights(tensor(2))).rejects.toThrow(
    /weights\.safetensors could not be written: ENOSPC/,
  );
  expect(await openRun(home, idOf(run.folder)).weights()).toEqual(tensor(1));

  const metrics = failing('append', 'metrics.jsonl', 'ENOSPC');
  const other = await createRun(home, init, { files: metrics.files });
  other.appendMetric(step(0));
  await other.flush();
  other.appendMetric(step(1));
  metrics.arm();
  await expect(other.flush()).rejects.toThrow(/metrics\.jsonl could not be written: ENOSPC/);
  const read = () => openRun(home, idOf(other.folder)).storedMetrics();
  expect(read()).toEqual({ metrics: [step(0)], damagedLines: [] });
  metrics.arm(false);
  await other.flush();
  expect(read()).toEqual({ metrics: [step(0), step(1)], damagedLines: [] });
});

test('a crash before the rename leaves the version before, and its remains disturb nobody', async () => {
  const home = newHome();
  const run = await createRun(home, init);
  await run.saveWeights(tensor(1));
  writeFileSync(join(run.folder, '.weights.safetensors.99.tmp'), 'half');
  writeFileSync(join(run.folder, '.run.json.99.tmp'), '{"form');
  const read = openRun(home, idOf(run.folder));
  expect(read.record.state).toBe('created');
  expect(await read.weights()).toEqual(tensor(1));
});

test('a run that cannot be made leaves nothing and says where', async () => {
  const home = newHome();
  const full = failing('write', 'document.stemma.', 'ENOSPC');
  full.arm();
  await expect(createRun(home, init, { files: full.files })).rejects.toThrow(
    /document\.stemma could not be written/,
  );
  expect(readdirSync(home)).toEqual([]);
  const locked = failing('makeFolder', 'runs', 'EROFS');
  locked.arm();
  await expect(createRun(home, init, { files: locked.files })).rejects.toThrow(
    /^The folder .*resnet-18.* cannot be made/,
  );
});

test('running without its writer reads as interrupted; a pid that another process took does too', async () => {
  const home = newHome();
  const run = await createRun(home, { ...init, state: 'running' });
  const id = idOf(run.folder);
  const state = () => openRun(home, id).record.state;
  expect(state()).toBe('running');
  const file = join(run.folder, 'run.json');
  const change = (fields: object) => writeFileSync(file, JSON.stringify({ ...run.record, ...fields }));
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  change({ writer: { pid, started: null } });
  expect(openRun(home, id).record).toMatchObject({
    state: 'interrupted',
    reason: expect.stringMatching(/trainer is gone/),
  });
  change({ writer: pid });
  expect(state()).toBe('interrupted');
  change({ writer: { pid, started: null }, state: 'finished' });
  expect(state()).toBe('finished');
  change({ state: 'paused', writer: undefined });
  expect(state()).toBe('paused');
  change({ state: 'running', writer: undefined });
  expect(state()).toBe('interrupted');
  const own = thisProcess();
  expect(isAlive(own)).toBe(true);
  if (process.platform === 'linux')
    expect(isAlive({ pid: process.pid, started: 'another boot 1' })).toBe(false);
});

test('newest first; damaged runs stand among them with the reason', async () => {
  const home = newHome();
  const at = (iso: string) => createRun(home, { ...init, title: 'a' }, { now: new Date(iso) });
  const first = await at('2026-01-01T00:00:00.000Z');
  const last = await at('2026-01-03T00:00:00.000Z');
  for (const [id, text] of [
    ['2026-01-02-000000-json', '{'],
    ['2026-01-02-000001-newer', '{"formatVersion":2}'],
    ['2026-01-02-000002-null', 'null'],
    ['2026-01-02-000003-state', JSON.stringify({ ...first.record, state: 'asleep' })],
  ] as const) {
    mkdirSync(join(home, id));
    writeFileSync(join(home, id, 'run.json'), text);
  }
  mkdirSync(join(home, '2026-01-02-000004-empty'));
  writeFileSync(join(home, 'notes.txt'), '');
  const listed = listRuns(home).map((r) => ('record' in r ? r.record.id : `${r.id}: ${r.damaged}`));
  expect(listed).toEqual([
    idOf(last.folder),
    expect.stringMatching(/-empty: .*run\.json cannot be read: ENOENT/),
    expect.stringMatching(/-state: .*state: Invalid option/),
    expect.stringMatching(/-null: .*expected format version 1, received none/),
    expect.stringMatching(/-newer: .*newer Stemma \(format 2\)\. Update Stemma/),
    expect.stringMatching(/-json: .*it is not JSON/),
    idOf(first.folder),
  ]);
  expect(findRun(home, 'last').folder).toBe(last.folder);
  expect(findRun(home, '2026-01-01').folder).toBe(first.folder);
  expect(() => findRun(home, '2026-01-02-00000')).toThrow(/begins 5 runs: 2026-01-02-000004-empty, /);
  expect(() => findRun(home, '')).toThrow(AppError);
  expect(() => findRun(join(home, 'none'), 'last')).toThrow(/there are none in .* yet/);
  for (const id of ['..', '../x', 'a/b', '', 'none'])
    expect(() => openRun(home, id)).toThrow(/There is no run/);
  expect(listRuns(join(home, 'notes.txt'))).toMatchObject([{ damaged: expect.stringContaining('ENOTDIR') }]);
});

test('runs lie where each system keeps what must be kept', () => {
  const at = (env: Record<string, string>, platform = 'linux') =>
    runsHome(undefined, env, platform, '/home/a');
  expect(at({})).toBe('/home/a/.local/share/stemma/runs');
  expect(at({ XDG_DATA_HOME: '/x', STEMMA_HOME: '' })).toBe('/x/stemma/runs');
  expect(at({ XDG_DATA_HOME: 'relative' })).toBe('/home/a/.local/share/stemma/runs');
  expect(at({ STEMMA_HOME: '/s', STEMMA_RUNS: '' })).toBe('/s/runs');
  expect(at({ STEMMA_HOME: '/s', STEMMA_RUNS: '/r' })).toBe('/r');
  expect(at({}, 'darwin')).toBe('/home/a/Library/Application Support/Stemma/runs');
  expect(at({ APPDATA: '/app' }, 'win32')).toBe('/app/Stemma/runs');
  expect(runsHome('/o', { STEMMA_RUNS: '/r' })).toBe('/o');
});

test('a page of metrics: by lines, damaged ones passed over and counted, a torn last one not there yet', () => {
  const validation: Metric = { kind: 'validation', step: 1, epoch: 0, loss: 2, accuracy: 0.25 };
  const text = `${JSON.stringify(step(0))}\nrubbish\n${JSON.stringify(validation)}\n${JSON.stringify(step(2))}\n{"ki`;
  expect(metricsPage(text, 0, 2)).toEqual({ metrics: [step(0)], next: 2 });
  expect(metricsPage(text, 2, 2)).toEqual({ metrics: [validation, step(2)], next: 4 });
  expect(metricsPage(text, 4, 2)).toEqual({ metrics: [], next: 4 });
  expect(metricsPage(text, 9, 2)).toEqual({ metrics: [], next: 9 });
  expect(metricsPage('', 0, 2)).toEqual({ metrics: [], next: 0 });
  expect(parseMetrics(text)).toEqual({ metrics: [step(0), validation, step(2)], damagedLines: [2] });
});

test('what a dead writer could not say is said for it; what a run says itself stays', async () => {
  const home = newHome();
  const died = { state: 'failed', reason: 'The trainer is gone.' } as const;
  const run = await createRun(home, { ...init, state: 'running' });
  await endRun(run.folder, died);
  const stored = JSON.parse(readFileSync(join(run.folder, 'run.json'), 'utf8'));
  expect(stored).toMatchObject({ ...died, recipe: init.recipe });
  expect(stored.writer).toBeUndefined();
  await endRun(run.folder, { state: 'stopped', reason: 'Cancelled.' });
  expect(openRun(home, idOf(run.folder)).record).toMatchObject(died);
});

test('notes replace one another; a spoilt one is none', async () => {
  const run = await createRun(newHome(), init);
  const read = () => new RunReader(run.folder).note('samples');
  expect(read()).toBeUndefined();
  await run.saveNote('samples', { step: 1 });
  await run.saveNote('samples', { step: 2 });
  expect(read()).toEqual({ step: 2 });
  writeFileSync(join(run.folder, 'samples.json'), '{');
  expect(read()).toBeUndefined();
});

test('removed runs lie in .trash; one that is written and names that are none are refused', async () => {
  const home = newHome();
  const run = await createRun(home, { ...init, state: 'running' });
  const id = idOf(run.folder);
  await expect(removeRun(home, id)).rejects.toThrow(/is being trained/);
  await run.setState({ state: 'finished' });
  await run.close();
  expect(await removeRun(home, id)).toBe(join(home, '.trash', id));
  expect(listRuns(home)).toEqual([]);
  expect(readFileSync(join(home, '.trash', id, 'document.stemma'), 'utf8')).toBe(init.document);
  mkdirSync(join(home, id));
  expect(await removeRun(home, id)).toBe(join(home, '.trash', `${id}-2`));
  for (const name of ['.trash', '..', '', 'a/b', 'none', 'a\0b', '.trash\\x'])
    await expect(removeRun(home, name)).rejects.toThrow(/There is no run/);
});

test('exports are noted beside the run, newest last; a spoilt note begins anew', async () => {
  const { folder } = await createRun(newHome(), init);
  expect(listExports(folder)).toEqual([]);
  await addExport(folder, { format: 'a' });
  await addExport(folder, { format: 'b' });
  expect(listExports(folder)).toEqual([{ format: 'a' }, { format: 'b' }]);
  writeFileSync(join(folder, 'exports.json'), '{');
  expect(listExports(folder)).toEqual([]);
});
