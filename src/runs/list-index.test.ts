import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { RUN_VERSION } from './record.ts';
import { editLabels, listRuns, removeRun } from './store.node.ts';

const root = mkdtempSync(join(tmpdir(), 'stemma-index-'));
afterAll(() => rmSync(root, { recursive: true }));

const COUNT = 30;
const idOf = (n: number) => `2026-01-01-0000${`${n}`.padStart(2, '0')}-a-0000`;
function recordOf(n: number, title: string) {
  const createdAt = `2026-01-01T00:00:${`${n}`.padStart(2, '0')}Z`;
  return JSON.stringify({
    ...{ formatVersion: RUN_VERSION, id: idOf(n), title, createdAt, state: 'finished', reason: '' },
    ...{ recipe: {}, environment: {}, summary: {} },
  });
}
let homes = 0;
function newHome(): string {
  const home = join(root, `${homes++}`);
  for (let n = 0; n < COUNT; n++) {
    mkdirSync(join(home, idOf(n)), { recursive: true });
    writeFileSync(join(home, idOf(n), 'run.json'), recordOf(n, `run ${n}`));
  }
  return home;
}
/** As a process lists them that has listed none before: what is kept in memory goes by the folder's name. */
let fresh = 0;
const listFresh = (home: string) => listRuns(`${home}${'/.'.repeat(++fresh)}`);
const titles = (items: ReturnType<typeof listRuns>) =>
  items.map((item) => ('record' in item ? item.record.title : `damaged: ${item.damaged}`));
const expected = Array.from({ length: COUNT }, (_, n) => `run ${COUNT - 1 - n}`);

async function indexed(home: string): Promise<string> {
  listRuns(home);
  const file = join(home, 'index.json');
  await vi.waitFor(() => statSync(file), { timeout: 60_000 });
  return file;
}

test('what the index says counts only for the files that it was made of', async () => {
  const home = newHome();
  const file = await indexed(home);
  expect(titles(listFresh(home))).toEqual(expected);
  writeFileSync(join(home, idOf(3), 'run.json'), recordOf(3, 'other'));
  await editLabels(join(home, idOf(4)), { title: 'mine', tags: ['t'] });
  writeFileSync(join(home, idOf(5), 'run.json'), '{');
  const run6 = join(home, idOf(6), 'run.json');
  const { atime, mtime } = statSync(run6);
  writeFileSync(run6, recordOf(6, 'ran 6'));
  utimesSync(run6, atime, mtime);
  await removeRun(home, idOf(7));
  for (const list of [listRuns(home), listFresh(home)]) {
    const shown = titles(list);
    expect(shown).toHaveLength(COUNT - 1);
    expect(shown).toEqual(expect.arrayContaining(['other', 'mine', 'ran 6', 'run 8']));
    expect(shown).toContainEqual(expect.stringMatching(/^damaged: .*not JSON/));
  }
  expect(JSON.parse(readFileSync(file, 'utf8').split('\n')[0] as string)).toMatchObject({ version: 1 });
});

test.each([
  ['no JSON', () => 'rubbish'],
  ['half', (text: string) => text.slice(0, text.length >> 1)],
  ['altered', (text: string) => text.replaceAll('run 1', 'run 9')],
  ['of another version', (text: string) => text.replace('"version":1', '"version":2')],
  ['a list', () => '[]\n[]\n'],
])('an index that is %s is made again of the folders', async (_, spoil) => {
  const home = newHome();
  const file = await indexed(home);
  writeFileSync(file, spoil(readFileSync(file, 'utf8')));
  expect(titles(listFresh(home))).toEqual(expected);
});
