import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { createRun, removeRun } from '../runs/store.node.ts';
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

test('a run is named, weighed, drawn as curves and told its checkpoints; the system has its bin, or we have ours', async () => {
  const binned: string[] = [];
  const { handlers, options, of, close } = testingHost();
  const run = await createRun(options.runsHome, {
    ...{ title: 'a', recipe: {}, environment: {}, document: '{}' },
  });
  const id = basename(run.folder);
  for (let step = 0; step < 100; step++)
    run.appendMetric({
      ...{ kind: 'step', step, epoch: 0, loss: 100 - step, accuracy: 0, learningRate: 1, durationMs: 10 },
    });
  const empty = new Map();
  const state = { weights: empty, slots: empty, averages: empty, steps: 100 };
  await run.saveCheckpoint('last', state, { epoch: 1 });
  await run.close();
  const asked = { run: id, series: ['step.loss', 'validation.loss'], points: 11 } as const;
  const { curves, lines, lastStep } = await handlers['runs.curves'](
    { ...asked, series: [...asked.series] },
    caller,
  );
  expect([lines, lastStep, curves[0]?.count, curves[1]?.count]).toEqual([100, 99, 100, 0]);
  expect([curves[0]?.values[0], curves[0]?.values.at(-1)]).toEqual([100, 1]);
  expect(await handlers['runs.checkpoints']({ run: id }, caller)).toMatchObject([
    { name: 'last', step: 100, epoch: 1, score: null, damaged: '' },
  ]);
  await handlers['runs.edit']({ run: id, title: 'b', tags: ['x'] }, caller);
  expect(await handlers['runs.list']({}, caller)).toMatchObject([{ record: { title: 'b' }, tags: ['x'] }]);
  expect(of('runs.changed')).toHaveLength(1);
  const used = await handlers['runs.usage']({}, caller);
  expect(used.runs).toEqual([{ run: id, bytes: used.bytes }]);
  expect(used.bytes).toBeGreaterThan(1000);
  await removeRun(options.runsHome, id, {
    trash: async (folder) => {
      binned.push(folder);
      throw new Error('no bin here');
    },
  });
  expect(binned).toEqual([run.folder]);
  expect(await handlers['runs.usage']({}, caller)).toMatchObject({ bytes: 0, trashBytes: used.bytes });
  await close();
});
