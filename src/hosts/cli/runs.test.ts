import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createRun } from '../../runs/store.node.ts';
import { runsCommand } from './runs.node.ts';

const runs = mkdtempSync(join(tmpdir(), 'stemma-cli-runs-'));
afterAll(() => rmSync(runs, { recursive: true }));

test('runs are listed with their tags, named, weighed; what is not understood is refused', async () => {
  expect((await runsCommand([], { runs })).text).toMatch(/^No runs yet in /);
  const recipe = { data: 'mnist', size: 32, optimizer: 'sgd' };
  const run = await createRun(runs, { title: 'a', recipe, environment: {}, document: '{}' });
  await run.close();
  const id = basename(run.folder);
  const edited = await runsCommand(['edit', 'last'], {
    runs,
    title: 'Plain',
    tag: ['lesson 3', 'plain', ''],
  });
  expect(edited.json).toEqual({ run: run.folder, title: 'Plain', note: '', tags: ['lesson 3', 'plain'] });
  expect((await runsCommand([], { runs })).text).toMatch(new RegExp(`^${id}  created .*#lesson-3 #plain$`));
  await runsCommand(['edit', id], { runs, note: 'slow', tag: [''] });
  expect((await runsCommand(['edit', id], { runs, note: 'slow' })).json).toMatchObject({
    title: 'Plain',
    tags: [],
  });
  const { json, text } = await runsCommand(['usage'], { runs });
  expect(json).toMatchObject({ runs: [{ run: id }], trashBytes: 0 });
  expect(text).toMatch(/kB {2}in all/);
  await expect(runsCommand(['edit', 'last'], { runs })).rejects.toThrow(/expected --title, --note or --tag/);
  await expect(runsCommand([], { runs, note: 'x' })).rejects.toThrow(/--note is for/);
  await expect(runsCommand(['burn', 'last'], { runs })).rejects.toThrow(/received 'burn last'/);
  await expect(runsCommand(['edit', 'none'], { runs, note: 'x' })).rejects.toThrow(/no run 'none'/);
});
