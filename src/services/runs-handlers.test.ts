import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
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
