import { expect, test } from 'vitest';
import { AppError } from '../../base/errors.ts';
import type { TrainerProcess } from '../host.ts';
import type { AskMessage, ToTrainer } from '../jobs.ts';
import { failure } from '../testing-host.node.ts';
import { OpenNetworks } from './open-networks.node.ts';

/** Processes that answer when the test says so. */
function standIn() {
  const made: { asked: AskMessage[]; heard: string[]; say(message: unknown): void; die(): void }[] = [];
  const fork = (): TrainerProcess => {
    let say: (message: unknown) => void = () => {};
    let exit: (end: { code: number | null; signal: string | null; said: string }) => void = () => {};
    const process = {
      asked: [] as AskMessage[],
      heard: [] as string[],
      say: (message: unknown) => say(message),
      die: () => exit({ code: null, signal: 'SIGKILL', said: '' }),
    };
    made.push(process);
    return {
      pid: made.length,
      post(given) {
        const message = given as ToTrainer;
        process.heard.push(message.type);
        if (message.type === 'ask') process.asked.push(message);
        if (message.type === 'stop') say({ type: 'done', result: null });
      },
      onMessage: (listener) => (say = listener),
      onExit: (listener) => (exit = listener),
      kill: () => process.die(),
    };
  };
  const answer = (process: number, nth: number, value: unknown) => {
    const { asked, say } = made[process] as (typeof made)[number];
    say({ type: 'event', event: { id: asked[nth]?.id, ok: true, value } });
  };
  return { fork, made, answer };
}
const open = { kind: 'open' } as const;

test('one process a network; answers find their questions, in whatever order they come', async () => {
  const { fork, made, answer } = standIn();
  const networks = new OpenNetworks(fork);
  const [first, second] = [networks.ask('a', open), networks.ask('a', open)];
  expect(made).toHaveLength(1);
  answer(0, 1, 'two');
  answer(0, 0, 'one');
  expect(await Promise.all([first, second])).toEqual(['one', 'two']);
  networks.dispose(new AppError('x', 'x'));
});

test('nothing asked for a while: it is let go, and opened again by the next question', async () => {
  const { fork, made, answer } = standIn();
  const networks = new OpenNetworks(fork, { idleMs: 1 });
  const asked = networks.ask('a', open);
  // While it thinks it is not idle.
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(networks.count).toBe(1);
  answer(0, 0, 'late');
  expect(await asked).toBe('late');
  while (networks.count > 0) await new Promise((resolve) => setTimeout(resolve, 1));
  expect(made[0]?.heard).toContain('stop');
  void networks.ask('a', open).catch(() => {});
  expect(made).toHaveLength(2);
  networks.dispose(new AppError('x', 'x'));
});

test('the one that was asked longest ago makes room, but never one that still has to answer', async () => {
  const { fork, made, answer } = standIn();
  const networks = new OpenNetworks(fork, { most: 1 });
  const a = networks.ask('a', open);
  const b = networks.ask('b', open);
  expect(networks.count).toBe(2);
  answer(0, 0, 'a');
  answer(1, 0, 'b');
  expect(await Promise.all([a, b])).toEqual(['a', 'b']);
  const c = networks.ask('c', open);
  expect(networks.count).toBe(1);
  expect(made.slice(0, 2).map(({ heard }) => heard.includes('stop'))).toEqual([true, true]);
  networks.dispose(new AppError('x', 'It closes.'));
  expect(await failure(c)).toMatchObject({ message: 'It closes.' });
});

test('a process that dies is told to those who wait, and the next question makes another', async () => {
  const { fork, made } = standIn();
  const networks = new OpenNetworks(fork);
  const asked = networks.ask('a', open);
  made[0]?.die();
  expect(await failure(asked)).toMatchObject({ code: 'trainer/died' });
  const again = networks.ask('a', open);
  expect(made).toHaveLength(2);
  networks.close('a');
  void networks.ask('a', open).catch(() => {});
  expect(made).toHaveLength(3);
  expect(await failure(again)).toMatchObject({ code: 'predict/closed' });
  networks.dispose(new AppError('x', 'x'));
});

test('more questions than can wait are refused', async () => {
  const { fork } = standIn();
  const networks = new OpenNetworks(fork, { waitMost: 1 });
  const first = networks.ask('a', open);
  expect(await failure((async () => networks.ask('a', open))())).toMatchObject({ code: 'predict/busy' });
  networks.close('a');
  await failure(first);
});
