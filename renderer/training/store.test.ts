import { beforeEach, expect, test, vi } from 'vitest';
import type { ActiveRun, EventName, Events } from '../../src/services/contract.ts';
import type { Metric } from '../../src/training/metric.ts';

const heard = new Map<string, (value: never) => void>();
const call = vi.fn();
vi.mock('../bridge.ts', () => ({
  bridge: { on: (name: string, listener: (value: never) => void) => heard.set(name, listener) },
  call,
}));
vi.mock('../ui/toasts.tsx', () => ({ say: vi.fn(), sayError: vi.fn() }));
const { activeOf, listen, refresh, useTraining } = await import('./store.ts');

const tell = <K extends EventName>(name: K, value: Events[K]) => heard.get(name)?.(value as never);
const lines = Array.from({ length: 10 }, (_, step): Metric => {
  return { kind: 'step', step, epoch: 0, loss: 10 - step, accuracy: 0, learningRate: 1, durationMs: 1 };
});
const run = (id: string, step = 0): ActiveRun => ({
  ...{
    run: id,
    title: id,
    phase: 'training',
    document: '',
    recipe: {},
    engine: '',
    engineWhy: '',
    device: '',
  },
  ...{
    totalSteps: 10,
    stepsPerEpoch: 10,
    step,
    imagesPerSecond: null,
    pace: null,
    secondsLeft: null,
    memoryBytes: 0,
  },
  warnings: [],
});
const known = () => useTraining.getState().series.train.step.length;
const onEnd = vi.fn();
/** How many lines the host has stored. */
let stored = 10;

beforeEach(() => {
  vi.clearAllMocks();
  useTraining.setState(useTraining.getInitialState(), true);
  stored = 10;
  call.mockImplementation(async (name: string, { from }: { from: number }) => {
    if (name === 'runs.metrics') return { metrics: lines.slice(from, stored), next: Math.max(from, stored) };
    if (name === 'runs.open')
      return { record: { id: 'a', state: 'failed', reason: 'Why.' }, evaluation: null, samples: null };
    return [run('a', 10)];
  });
  listen(onEnd);
});

test('a page that comes late has everything', async () => {
  await refresh();
  await vi.waitFor(() => expect(known()).toBe(10));
  expect(activeOf(useTraining.getState())?.run).toBe('a');
});

test('a gap in the events is filled from the host, once', async () => {
  tell('training.state', run('a'));
  tell('training.metrics', { run: 'a', from: 0, metrics: lines.slice(0, 2) });
  expect(known()).toBe(2);
  tell('training.metrics', { run: 'a', from: 5, metrics: lines.slice(5, 6) });
  tell('training.metrics', { run: 'a', from: 6, metrics: lines.slice(6, 7) });
  await vi.waitFor(() => expect(known()).toBe(10));
  expect(call.mock.calls.filter(([name]) => name === 'runs.metrics').map(([, { from }]) => from)).toEqual([
    2, 10,
  ]);
});

test('events that come while a gap is filled are not lost and not doubled', async () => {
  stored = 6;
  tell('training.state', run('a'));
  tell('training.metrics', { run: 'a', from: 3, metrics: lines.slice(3, 6) });
  await vi.waitFor(() => expect(known()).toBe(6));
  tell('training.metrics', { run: 'a', from: 5, metrics: lines.slice(5, 8) });
  expect([...useTraining.getState().series.train.step.values]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test('another run begins anew; what is told of the one before is not mixed in', () => {
  tell('training.state', run('a'));
  tell('training.metrics', { run: 'a', from: 0, metrics: lines });
  tell('training.state', run('b'));
  tell('training.metrics', { run: 'a', from: 0, metrics: lines });
  expect([useTraining.getState().run?.run, known()]).toEqual(['b', 0]);
});

test('an end is told once, and a late state does not wake the run', () => {
  tell('training.state', run('a'));
  const end = { run: 'a', state: 'finished', reason: '' } as const;
  tell('training.ended', end);
  tell('training.ended', end);
  tell('training.state', run('a', 10));
  expect(onEnd).toHaveBeenCalledTimes(1);
  expect(activeOf(useTraining.getState())).toBeUndefined();
});

test('a run that ended while the host could not be heard says how', async () => {
  tell('training.state', run('a'));
  call.mockImplementationOnce(async () => []);
  await refresh();
  expect(useTraining.getState().ended).toMatchObject({ state: 'failed', reason: 'Why.' });
});

test('a run that had ended and goes on is being trained again, with what is stored of it', async () => {
  tell('training.state', run('a'));
  tell('training.metrics', { run: 'a', from: 0, metrics: lines.slice(0, 6) });
  tell('training.ended', { run: 'a', state: 'stopped', reason: '' });
  expect(activeOf(useTraining.getState())).toBeUndefined();
  // What came after its checkpoint is taken back.
  stored = 4;
  tell('training.state', { ...run('a', 4), phase: 'preparing' });
  await vi.waitFor(() => expect(known()).toBe(4));
  expect(activeOf(useTraining.getState())?.run).toBe('a');
});
