import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { createRun } from '../runs/store.node.ts';
import { caller, failure, testingHost } from './testing-host.node.ts';

test('damaged runs stand in the list and are refused in words; a removed one is gone from it', async () => {
  const { handlers, options, of, close } = testingHost();
  mkdirSync(join(options.runsHome, 'broken'), { recursive: true });
  writeFileSync(join(options.runsHome, 'broken', 'run.json'), '{');
  expect(await handlers['runs.list']({}, caller)).toEqual([
    { id: 'broken', damaged: expect.stringContaining('it is not JSON') },
  ]);
  expect(await failure(handlers['runs.open']({ run: 'broken' }, caller))).toMatchObject({
    code: 'runs/damaged',
  });
  for (const run of ['..', '../..', '.trash', 'none', 'a/b'])
    for (const call of ['runs.open', 'runs.delete'] as const)
      expect(await failure(handlers[call]({ run }, caller))).toMatchObject({ code: 'runs/unknown' });
  await handlers['runs.delete']({ run: 'broken' }, caller);
  expect(await handlers['runs.list']({}, caller)).toEqual([]);
  expect(of('runs.changed')).toHaveLength(1);
  await close();
});

test('a person’s words about a run, and what it takes on the disk', async () => {
  const { handlers, options, of, close } = testingHost();
  const run = await createRun(options.runsHome, {
    ...{ title: 'Net', recipe: {}, environment: {}, document: 'drawing' },
  });
  await run.close();
  const id = basename(run.folder);
  await handlers['runs.edit']({ run: id, title: 'The good one', tags: ['thesis', 'thesis'] }, caller);
  await handlers['runs.edit']({ run: id, note: 'Look again.' }, caller);
  expect(await handlers['runs.list']({}, caller)).toMatchObject([
    { record: { id, title: 'The good one' }, note: 'Look again.', tags: ['thesis'], active: false },
  ]);
  expect(of('runs.changed')).toHaveLength(2);
  const { totalBytes, checkpoints } = await handlers['runs.usage']({ run: id }, caller);
  expect([totalBytes > 'drawing'.length, checkpoints]).toEqual([true, 0]);
  expect(await failure(handlers['runs.edit']({ run: '..', note: '' }, caller))).toMatchObject({
    code: 'runs/unknown',
  });
  await close();
});
