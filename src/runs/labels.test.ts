import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createRun, editLabels, listRuns, RunReader, readLabels } from './store.node.ts';

const home = mkdtempSync(join(tmpdir(), 'stemma-labels-'));
afterAll(() => rmSync(home, { recursive: true }));
const newRun = () =>
  createRun(home, { title: 'a', recipe: {}, environment: {}, document: '{}', state: 'running' });

test('what a person says of a run stands beside it, and its writer is not touched', async () => {
  const run = await newRun();
  const before = readFileSync(join(run.folder, 'run.json'), 'utf8');
  expect(readLabels(run.folder)).toEqual({ note: '', tags: [] });
  await editLabels(run.folder, { title: ' Plain, depth 20 ' });
  await Promise.all([
    editLabels(run.folder, { note: 'learns\nslowly' }),
    editLabels(run.folder, { tags: ['lesson 3', 'plain', 'plain'] }),
  ]);
  expect(readFileSync(join(run.folder, 'run.json'), 'utf8')).toBe(before);
  const [item] = listRuns(home);
  expect(item).toMatchObject({
    record: { title: 'Plain, depth 20', state: 'running' },
    note: 'learns\nslowly',
    tags: ['lesson 3', 'plain'],
  });
  await run.setState({ state: 'finished' });
  await run.close();
  expect(new RunReader(run.folder).record).toMatchObject({ title: 'Plain, depth 20', state: 'finished' });
  await editLabels(run.folder, { tags: [] });
  expect(new RunReader(run.folder).labels.tags).toEqual([]);
});

test('what is too long is refused; a file that was spoilt by hand is passed over and kept', async () => {
  const { folder } = await newRun();
  await expect(editLabels(folder, { title: ' ' })).rejects.toMatchObject({ code: 'runs/labels' });
  await expect(editLabels(folder, { tags: Array(21).fill('x') })).rejects.toThrow(/tags/);
  const file = join(folder, 'notes.json');
  writeFileSync(file, '{"title":7,"note":"kept","later":true}');
  expect(readLabels(folder)).toEqual({ note: 'kept', tags: [] });
  await editLabels(folder, { tags: ['b'] });
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ later: true, note: 'kept', tags: ['b'] });
  writeFileSync(file, '{"note":"ha');
  expect(new RunReader(folder).record.id).toBe(basename(folder));
  await editLabels(folder, { note: 'new' });
  expect(readLabels(folder).note).toBe('new');
  expect(readFileSync(join(folder, 'notes-damaged.json'), 'utf8')).toBe('{"note":"ha');
});
