import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { permutation } from '../base/random.ts';
import { BatchThread } from './batch-thread.node.ts';
import {
  type BatchWorkers,
  startBatchWorkers,
  usefulWorkers,
  withBatchWorkers,
} from './batch-workers.node.ts';
import type { ImageSet } from './dataset.ts';
import type { FeedRange } from './feed.ts';
import { type Batch, createPipeline, type PipelineOptions } from './pipeline.ts';
import { createRing, ringBytes } from './ring.ts';
import { shareSet } from './shared.ts';

beforeAll(async () => {
  const { buildIfStale } = (await import(new URL('../../scripts/build.mjs', import.meta.url).href)) as {
    buildIfStale(): Promise<void>;
  };
  await buildIfStale();
});

const started: BatchWorkers[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((workers) => workers.dispose()));
});
function start(count: number, program?: URL): BatchWorkers {
  const workers = startBatchWorkers(count, program);
  started.push(workers);
  return workers;
}

const set: ImageSet = {
  images: Uint8Array.from(permutation(23 * 20, 5, 0, 'test')),
  labels: Uint8Array.from({ length: 23 }, (_, i) => i),
  ...{ count: 23, height: 5, width: 4, channels: 1 },
};
const options: PipelineOptions = {
  ...{ set, batchSize: 4, shape: [9, 7, 3], mean: 0.3, std: 0.7, seed: 9, shuffle: true, limit: 21 },
  augment: { flip: true, shift: 2, cutout: 3 },
  mixup: 0.4,
};

/** The program of a thread, given as text. */
const program = (text: string) =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`import { parentPort, threadId } from 'node:worker_threads';\n${text}`)}`,
  );
const built = new URL('../../dist/batch-worker.mjs', import.meta.url);
/** Says late what it has made, each thread by a time of its own. */
const late = program(`
  const post = parentPort.postMessage.bind(parentPort);
  parentPort.postMessage = (message) => setTimeout(() => post(message), ((threadId * 7) % 5) * 4);
  await import(${JSON.stringify(built.href)});`);
const onMake = (what: string) =>
  program(`
  parentPort.postMessage({ type: 'started' });
  parentPort.on('message', ({ type }) => { if (type === 'make') ${what}; });`);

const copyOf = ({ images, labels, mixed }: Batch) => ({
  ...{ images: [...images], labels: [...labels] },
  mixed: mixed && { labels: [...mixed.labels], shares: [...mixed.shares] },
});

/** Copies of what a feed gives. */
async function all(workers: BatchWorkers, range: FeedRange, given = options) {
  const found: ({ place: [number, number] } & ReturnType<typeof copyOf>)[] = [];
  for await (const { epoch, index, batch, waitMs } of workers.open(given).batches(range)) {
    expect(waitMs).toBeGreaterThanOrEqual(0);
    expect([batch.images.length, batch.labels.length]).toEqual([batch.count * 9 * 7 * 3, batch.count]);
    found.push({ place: [epoch, index], ...copyOf(batch) });
  }
  return found;
}

test.each([
  { epochs: 3 },
  { epochs: 3, from: { epoch: 1, index: 4 } },
  { epochs: 2, from: { epoch: 1, index: 5 } },
])('the same batches in the same order by 0, 1 and 3 threads, whatever their pace: %j', async (range) => {
  const pipeline = createPipeline(options);
  const { epoch, index } = range.from ?? { epoch: 0, index: 0 };
  const expected = Array.from({ length: 6 * range.epochs - 6 * epoch - index }, (_, i) => {
    const number = 6 * epoch + index + i;
    const place: [number, number] = [Math.floor(number / 6), number % 6];
    return { place, ...copyOf(pipeline.batchAt(...place)) };
  });
  expect(expected.at(-1)?.labels).toHaveLength(1);
  for (const workers of [start(0), start(1), start(3), start(3, late)])
    expect(await all(workers, range)).toEqual(expected);
});

test('streams share threads: one is read while another waits, and after it was left', async () => {
  const workers = start(2);
  const judged = { ...options, shuffle: false, batchSize: 5 };
  const expected = await all(start(0), { epochs: 1 }, judged);
  let steps = 0;
  for await (const { batch } of workers.open(options).batches({ epochs: 50 })) {
    const before = [...batch.images];
    expect(await all(workers, { epochs: 1 }, judged)).toEqual(expected);
    // Held, it is not written to.
    expect([...batch.images]).toEqual(before);
    if (++steps === 3) break;
  }
  expect(await all(workers, { epochs: 1 }, judged)).toEqual(expected);
});

test('memory: as many slots as threads and one, made once; a slow reader makes it no more', async () => {
  const shared = vi.fn();
  const Whole = SharedArrayBuffer;
  vi.stubGlobal(
    'SharedArrayBuffer',
    class extends Whole {
      constructor(bytes: number) {
        super(bytes);
        shared(bytes);
      }
    },
  );
  const bytes = () => shared.mock.calls.reduce((sum, [length]) => sum + length, 0);
  try {
    const feed = start(2).open(options);
    // The set was copied to where threads see it.
    expect(bytes()).toBe(23 * 20 + 23);
    const buffers = new Set<ArrayBufferLike>();
    for await (const { batch } of feed.batches({ epochs: 4 })) {
      const before = [...batch.images];
      buffers.add(batch.images.buffer);
      await new Promise((resolve) => setTimeout(resolve, 3));
      expect([...batch.images]).toEqual(before);
    }
    expect(buffers.size).toBe(1);
    expect(bytes()).toBe(23 * 20 + 23 + ringBytes(options, 3));
    expect(ringBytes(options, 3)).toBe(3 * (4 * 4 * 9 * 7 * 3 + 3 * 4 * 4));
  } finally {
    vi.unstubAllGlobals();
  }
});

test('never more is asked for than there are slots, and nothing after the reader has left', async () => {
  const workers = start(
    1,
    program(`
      let label = 0;
      const rings = new Map();
      parentPort.postMessage({ type: 'started' });
      parentPort.on('message', ({ type, stream, ring, number, slot }) => {
        if (type === 'open') rings.set(stream, ring);
        if (type !== 'make') return;
        rings.get(stream).labels[slot * 4] = ++label;
        parentPort.postMessage({ type: 'made', stream, number });
      });`),
  );
  const asked: number[] = [];
  for await (const { batch } of workers.open(options).batches({ epochs: 9 })) {
    asked.push(batch.labels[0] as number);
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (asked.length === 5) break;
  }
  // Two slots: when the fifth is read, the sixth is made; the next stream's first is the seventh.
  for await (const { batch } of workers.open(options).batches({ epochs: 9 })) {
    asked.push(batch.labels[0] as number);
    break;
  }
  expect(asked).toEqual([1, 2, 3, 4, 5, 7]);
});

test('what keeps a batch from being made is thrown with its words where the batch is due', async () => {
  const thread = new BatchThread();
  const ring = createRing(options, 2);
  thread.open(0, { ...options, shape: [9, 7, 2] }, ring);
  thread.open(1, options, ring);
  thread.make(0, 0, 0);
  thread.make(1, 0, 1);
  await thread.made(1, 0);
  await expect(thread.made(0, 0)).rejects.toMatchObject({
    code: 'data/channels',
    message: "The pictures have 1 channels, the network's input has 2.",
    hint: 'Give the input 1 channels, or 3.',
  });
  await thread.end();
  await expect(thread.made(1, 1)).rejects.toThrow('after its thread had been ended');
  // Errors without a code are bugs: they stay so.
  const broken = onMake(
    `parentPort.postMessage({ type: 'failed', stream: 0, number: 0, why: { message: 'bug' } })`,
  );
  await expect(all(start(1, broken), { epochs: 1 })).rejects.toEqual(new Error('bug'));
});

test.each([
  ['ends', 'process.exit(7)', 'The thread that prepares pictures died: it ended with code 7.'],
  ['throws', `throw new Error('no room')`, 'The thread that prepares pictures died: no room.'],
])('a thread that %s is told in words; batches made before it are given', async (_, what, message) => {
  await expect(all(start(2, onMake(what)), { epochs: 1 })).rejects.toMatchObject({
    ...{ code: 'data/worker', message, hint: expect.stringContaining('smaller batch') },
  });
});

test.each([
  ['is missing', new URL('nowhere.mjs', built), /could not be started: Cannot find module .*nowhere\.mjs/],
  ['is damaged', program('}'), /could not be started: Unexpected token/],
  ['cannot be one', new URL('https://localhost/worker.mjs'), /could not be started: /],
])('a program that %s is told in words', async (_, file, message) => {
  const training = async () => all(start(2, file), { epochs: 1 });
  await expect(training()).rejects.toMatchObject({ code: 'data/worker' });
  await expect(training()).rejects.toThrow(message);
});

test('threads end with what uses them, however that ends', async () => {
  // Counts in a byte of the shared pictures as long as it lives.
  const counting = program(`
    parentPort.postMessage({ type: 'started' });
    parentPort.on('message', ({ type, options, stream, number }) => {
      if (type === 'open') setInterval(() => options.set.images[0]++, 1);
      if (type === 'make') parentPort.postMessage({ type: 'made', stream, number });
    });`);
  const shared = shareSet(set);
  const count = () => shared.images[0];
  const moves = async () => {
    const before = count();
    await new Promise((resolve) => setTimeout(resolve, 50));
    return count() !== before;
  };
  const failing = async (workers: BatchWorkers) => {
    for await (const _ of workers.open({ ...options, set: shared }).batches({ epochs: 1 })) break;
    await vi.waitUntil(moves);
    throw new Error('stopped');
  };
  await expect(withBatchWorkers(failing, () => startBatchWorkers(2, counting))).rejects.toThrow('stopped');
  expect(await moves()).toBe(false);
});

test('a number of threads: whole; as many as are of use', () => {
  expect(() => startBatchWorkers(-1)).toThrow('Workers: expected a whole number from 0, received -1.');
  expect(() => start(1).open({ ...options, batchSize: 0 })).toThrow('batch size: expected a whole number');
  expect([1, 2, 8, 16, 128].map(usefulWorkers)).toEqual([1, 1, 2, 4, 4]);
});
