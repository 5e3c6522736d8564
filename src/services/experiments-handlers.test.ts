import { afterEach, beforeAll, expect, test } from 'vitest';
import { readExperiment, writeExperiment } from '../experiments/experiment.ts';
import { documentOf, findKind } from '../experiments/kinds/index.ts';
import { createExperiment } from '../experiments/store.node.ts';
import { buildTrainer, caller, failure, testingHost, tinyRecipe } from './testing-host.node.ts';
import { tinyDocument } from './tiny-document.ts';

beforeAll(buildTrainer);
let host: ReturnType<typeof testingHost>;
const open = () => {
  host = testingHost();
  return host;
};
afterEach(() => host.close());

const tiny = writeExperiment({
  ...documentOf(findKind('plain-vs-residual'), {
    ...{ input: [8, 8, 1], classes: 10, data: 'mnist', values: [8], seeds: [1] },
    recipe: { batch: 64, limit: 128, epochs: 1 },
  }),
});

test('from start to end: what pages are told, what they find afterwards, and that nothing else trains meanwhile', async () => {
  const { handlers, event, of } = open();
  const { id } = await handlers['experiments.start'](
    { source: { experiment: tiny }, engine: 'portable' },
    caller,
  );
  expect(await handlers['experiments.active']({}, caller)).toMatchObject({ id, total: 2, done: 0 });
  expect(host.activeRuns()).toBe(1);
  const training = { document: tinyDocument(), recipe: tinyRecipe, engine: null };
  expect(await failure(handlers['training.start'](training, caller))).toMatchObject({
    message: 'An experiment is running.',
  });
  const again = { source: { experiment: tiny }, engine: null };
  expect((await failure(handlers['experiments.start'](again, caller))).code).toBe('training/busy');
  expect(await event('experiments.ended')).toEqual({ id, state: 'finished', reason: '' });

  const states = of('experiments.state');
  expect(states[0]).toMatchObject({ id, done: 0, net: null, secondsLeft: null });
  expect(states.some(({ net }) => net?.variant === 'residual-8' && net.seed === 1)).toBe(true);
  const results = of('experiments.result').map(({ result }) => result);
  expect(results.map(({ variant }) => variant)).toEqual(['plain-8', 'residual-8']);
  const stored = await handlers['experiments.open']({ id }, caller);
  expect(stored).toMatchObject({ experiment: tiny, record: { state: 'finished', results } });
  expect(await handlers['experiments.list']({}, caller)).toMatchObject([
    { id, kind: 'plain-vs-residual', total: 2, done: 2, pace: expect.any(Number) },
  ]);
  expect(await handlers['experiments.active']({}, caller)).toBeNull();
  expect((await handlers['runs.list']({}, caller)).length).toBe(2);
}, 180_000);

test('kept for later, run, its process killed: what is said, and that it goes on', async () => {
  const { handlers, event, processes } = open();
  const { id } = await handlers['experiments.save']({ experiment: tiny }, caller);
  expect(await handlers['experiments.list']({}, caller)).toMatchObject([{ id, state: 'created', done: 0 }]);
  await handlers['experiments.start']({ source: { id }, engine: 'portable' }, caller);
  await event('experiments.result');
  processes.at(-1)?.kill();
  const end = await event('experiments.ended');
  expect(end).toMatchObject({ id, state: 'failed', reason: expect.stringContaining('The trainer is gone') });
  const stored = await handlers['experiments.open']({ id }, caller);
  expect(stored.record).toMatchObject({ state: 'failed', reason: end.reason });
  expect(stored.record.results).toHaveLength(1);
  host.told.length = 0;
  await handlers['experiments.start']({ source: { id }, engine: 'portable' }, caller);
  expect(await event('experiments.ended')).toMatchObject({ state: 'finished' });
  expect((await handlers['experiments.open']({ id }, caller)).record.results).toHaveLength(2);
  await handlers['experiments.delete']({ id }, caller);
  expect(await handlers['experiments.list']({}, caller)).toEqual([]);
}, 180_000);

test('what is no experiment is refused, and one that is not there', async () => {
  const { handlers } = open();
  const newer = JSON.stringify({ ...readExperiment(tiny, 'it'), version: 9 });
  expect(
    await failure((async () => handlers['experiments.save']({ experiment: newer }, caller))()),
  ).toMatchObject({
    code: 'experiment/newer',
  });
  const start = handlers['experiments.start']({ source: { id: '../runs' }, engine: null }, caller);
  expect((await failure(start)).code).toBe('experiment/unknown');
  const control = async () => handlers['experiments.control']({ id: 'x', action: 'stop' }, caller);
  expect((await failure(control())).code).toBe('experiment/not-active');
});

test('one that another living process runs is not deleted', async () => {
  const { handlers, options } = open();
  const running = await createExperiment(options.runsHome, readExperiment(tiny, 'it'));
  const { id } = running.record;
  const remove = async () => handlers['experiments.delete']({ id }, caller);
  expect((await failure(remove())).code).toBe('experiment/active');
  await running.setState('stopped');
  expect(await remove()).toBeNull();
});
