import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AppError } from '../base/errors.ts';
import { Queue } from './queue.node.ts';
import { caller, failure } from './testing-host.node.ts';
import { tinyDocument } from './tiny-document.ts';

let stateHome: string;
beforeEach(() => {
  stateHome = mkdtempSync(join(tmpdir(), 'stemma-queue-'));
});
afterEach(() => rmSync(stateHome, { recursive: true, force: true }));

/** One at a time is trained; `end` ends it. */
function made() {
  const begun: number[] = [];
  let busy = false;
  const told = vi.fn();
  const queue = new Queue({
    ...{ stateHome, told },
    isBusy: () => busy,
    async start({ recipe }) {
      if (recipe.batch === 0) throw new AppError('recipe/misfit', 'The batch is 0.');
      busy = true;
      begun.push(recipe.batch as number);
    },
  });
  const add = (batch: number) =>
    queue.handlers['queue.add']({ document: tinyDocument(), recipe: { batch }, engine: null }, caller);
  const end = () => {
    busy = false;
    queue.next();
  };
  const waiting = () => queue.state.entries.map(({ recipe }) => recipe.batch);
  return { queue, begun, add, end, waiting, told };
}
const settled = (check: () => void) => vi.waitFor(check);

test('one after another, in their order; the next begins when the one before has ended', async () => {
  const { begun, add, end, waiting, told } = made();
  await add(1);
  await settled(() => expect(begun).toEqual([1]));
  await add(2);
  await add(3);
  await settled(() => expect(waiting()).toEqual([2, 3]));
  end();
  await settled(() => expect([begun, waiting()]).toEqual([[1, 2], [3]]));
  expect(told.mock.lastCall?.[0].entries).toMatchObject([
    { title: 'Tiny', recipe: { batch: 3 }, failed: null },
  ]);
  expect(told.mock.lastCall?.[0].entries[0]).not.toHaveProperty('document');
});

test('one that cannot begin says why and does not stop the next', async () => {
  const { queue, begun, add, waiting } = made();
  queue.handlers['queue.hold']({ held: true }, caller);
  await add(0);
  await add(2);
  expect(begun).toEqual([]);
  queue.handlers['queue.hold']({ held: false }, caller);
  await settled(() => expect(begun).toEqual([2]));
  await settled(() => expect(waiting()).toEqual([0]));
  expect(queue.state.entries[0]?.failed).toContain('The batch is 0.');
});

test('moved and removed; what does not wait any more is refused', async () => {
  const { queue, add, waiting } = made();
  queue.handlers['queue.hold']({ held: true }, caller);
  for (const batch of [1, 2, 3]) await add(batch);
  const [first, second] = queue.state.entries;
  await queue.handlers['queue.move']({ id: first?.id ?? '', to: 2 }, caller);
  expect(waiting()).toEqual([2, 3, 1]);
  await queue.handlers['queue.remove']({ id: second?.id ?? '' }, caller);
  expect(waiting()).toEqual([3, 1]);
  const again = (async () => queue.handlers['queue.remove']({ id: second?.id ?? '' }, caller))();
  expect(await failure(again)).toMatchObject({ code: 'queue/unknown' });
});

test('what waits outlives the host, in its order, and begins when a person says so', async () => {
  const first = made();
  first.queue.handlers['queue.hold']({ held: true }, caller);
  for (const batch of [4, 5]) await first.add(batch);
  const { queue, begun, waiting } = made();
  expect([waiting(), queue.state.held]).toEqual([[4, 5], true]);
  queue.next();
  expect(begun).toEqual([]);
  queue.handlers['queue.hold']({ held: false }, caller);
  await settled(() => expect([begun, waiting()]).toEqual([[4], [5]]));
  expect(JSON.parse(readFileSync(join(stateHome, 'queue.json'), 'utf8')).waiting).toHaveLength(1);
});

test('a damaged file is put aside, a damaged entry left out', async () => {
  writeFileSync(join(stateHome, 'queue.json'), '{');
  expect(made().waiting()).toEqual([]);
  expect(readFileSync(join(stateHome, 'queue.json.damaged'), 'utf8')).toBe('{');
  const { add, queue } = made();
  queue.handlers['queue.hold']({ held: true }, caller);
  await add(7);
  const file = JSON.parse(readFileSync(join(stateHome, 'queue.json'), 'utf8'));
  file.waiting.unshift({ id: 3 });
  writeFileSync(join(stateHome, 'queue.json'), JSON.stringify(file));
  expect(made().waiting()).toEqual([7]);
});
