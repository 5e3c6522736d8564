import { type ChildProcess, fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, expect, test } from 'vitest';
import { createRun, openRun, RunReader, removeRun, reopenRun } from './store.node.ts';

const root = mkdtempSync(join(tmpdir(), 'stemma-lock-'));
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(root, { recursive: true });
});
const init = { title: 'a', recipe: {}, environment: {}, document: '{}', state: 'running' } as const;
const marks = (folder: string) => readdirSync(folder).filter((name) => name.startsWith('.writer-'));
const dead = () => ({ pid: spawnSync(process.execPath, ['-e', '']).pid, started: null });

async function contender(): Promise<ChildProcess> {
  const program = join(root, 'contender.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('./lock-contender.node.ts', import.meta.url))],
    outfile: program,
    ...{ bundle: true, platform: 'node', target: 'node20', format: 'esm', logLevel: 'warning' },
  });
  const child = fork(program, { execArgv: [] });
  children.push(child);
  return child;
}

const ask = async (child: ChildProcess, folder: string | null): Promise<unknown> => {
  const answered = once(child, 'message');
  child.send(folder as string);
  return (await answered)[0];
};

test('of three processes that want a run of a dead writer at once one has it; killed, another takes over', async () => {
  const three = await Promise.all([contender(), contender(), contender()]);
  for (let round = 0; round < 8; round++) {
    const { folder } = await createRun(root, init, { writer: dead() });
    const answers = await Promise.all(three.map((child) => ask(child, folder)));
    expect(answers.toSorted()).toEqual(['owner', 'runs/active', 'runs/active']);
    expect(marks(folder)).toHaveLength(1);
    const owner = three[answers.indexOf('owner')] as ChildProcess;
    if (round < 7) expect(await ask(owner, null)).toBe('released');
    else {
      expect(new RunReader(folder).record.state).toBe('running');
      await expect(reopenRun(folder)).rejects.toThrow(new RegExp(`written by process ${owner.pid}\\.$`));
      owner.kill('SIGKILL');
      await once(owner, 'exit');
      expect(new RunReader(folder).record.state).toBe('interrupted');
      const others = three.filter((child) => child !== owner);
      const again = await Promise.all(others.map((child) => ask(child, folder)));
      expect(again.toSorted()).toEqual(['owner', 'runs/active']);
    }
  }
});

test('a run is written once at a time in one process too; nothing is left when it is closed', async () => {
  const run = await createRun(root, init);
  await expect(reopenRun(run.folder)).rejects.toMatchObject({
    code: 'runs/active',
    hint: expect.stringMatching(/remove .*\.writer-/),
  });
  await run.close();
  const again = await reopenRun(run.folder);
  await again.close();
  expect(readdirSync(run.folder).sort()).toEqual(['document.stemma', 'run.json']);
});

test('what a dead writer left under temporary names goes when somebody goes on; what a living one has stays', async () => {
  const { pid } = dead();
  const run = await createRun(root, init);
  await run.close();
  mkdirSync(join(run.folder, 'checkpoints'));
  for (const name of [
    `.run.json.${pid}-1.tmp`,
    `checkpoints/.last.safetensors.${pid}-2.tmp`,
    `.notes.json.${process.pid}-1.tmp`,
  ])
    writeFileSync(join(run.folder, name), 'half');
  mkdirSync(join(root, `.2026-01-01-000000-a-0000.${pid}-1.tmp`));
  await (await reopenRun(run.folder)).close();
  expect(readdirSync(run.folder).sort()).toEqual([
    ...[`.notes.json.${process.pid}-1.tmp`, 'checkpoints', 'document.stemma', 'run.json'],
  ]);
  expect(readdirSync(join(run.folder, 'checkpoints'))).toEqual([]);
  await (await createRun(root, init)).close();
  expect(readdirSync(root).filter((name) => name.startsWith('.2026'))).toEqual([]);
});

test('a clock that goes back makes no id twice and breaks nothing but the order', async () => {
  const home = join(root, 'clock');
  const at = (iso: string) => createRun(home, init, { now: new Date(iso) });
  const runs = [
    await at('2026-05-01T10:00:00Z'),
    await at('2026-05-01T09:00:00Z'),
    await at('2026-05-01T10:00:00Z'),
  ];
  expect(new Set(runs.map(({ folder }) => folder)).size).toBe(3);
  for (const run of runs) {
    await run.saveCheckpoint(
      'last',
      { weights: new Map(), slots: new Map(), averages: new Map(), steps: 7 },
      { epoch: 0 },
    );
    await run.close();
    const id = run.folder.slice(home.length + 1);
    expect((await openRun(home, id).newestCheckpoint()).meta.step).toBe(7);
    await removeRun(home, id);
  }
});
