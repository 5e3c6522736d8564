/** Threads that make batches ahead of the steps that take them. */
import { availableParallelism } from 'node:os';
import { AppError } from '../base/errors.ts';
import { BatchThread } from './batch-thread.node.ts';
import type { PictureSet } from './dataset.ts';
import { decodeFiles } from './decode.node.ts';
import { type Feed, type FeedRange, feedHere, numbersOf, placeOf } from './feed.ts';
import { type PipelineOptions, planOf } from './pipeline.ts';
import { batchIn, createRing } from './ring.ts';
import { shareSet } from './shared.ts';
import { createFiller } from './window.ts';

export interface BatchWorkers {
  /** @throws AppError for options that do not fit, as `createPipeline` */
  open(options: PipelineOptions<PictureSet>): Feed;
  /** Ends the threads; nothing can be asked for after it. */
  dispose(): Promise<void>;
}

/** One thread makes 64 pictures of 96² in some 6 ms: more are of use only where a device takes them faster. */
export const usefulWorkers = (processors = availableParallelism()): number =>
  Math.max(1, Math.min(4, Math.floor(processors / 4)));

/**
 * So many threads, which all streams share; 0: batches are made on this thread when they are asked for. The batches are
 * the same however many there are.
 *
 * Memory: while `batches` is being read, (threads + 1) · batch · (4 · h · w · c + 4) bytes: one batch is with the step,
 * and each thread has one to make or made. No batch is made before a slot is free. Pictures lie in memory once, whatever
 * the number of threads; a set outside of shared memory is copied when it is opened. A thread itself takes some 10 MB.
 * @throws AppError('data/workers') for a number of threads that is none, ('data/worker') where one cannot be started
 */
export function startBatchWorkers(count: number, program?: URL): BatchWorkers {
  if (!Number.isInteger(count) || count < 0)
    throw new AppError('data/workers', `Workers: expected a whole number from 0, received ${count}.`);
  if (count === 0)
    return {
      open: (options) => feedHere(createFiller(options, decodeFiles)),
      dispose: () => Promise.resolve(),
    };
  const threads = Array.from({ length: count }, () => new BatchThread(program));
  let streams = 0;
  return {
    open(given) {
      const options = { ...given, set: shareSet(given.set) };
      return {
        ...planOf(options),
        batches: (range) => read(threads, streams++, options, range),
      };
    },
    async dispose() {
      await Promise.all(threads.map((thread) => thread.end()));
    },
  };
}

/** With as many threads as are of use, which end when `use` does, however it does. */
export async function withBatchWorkers<T>(
  use: (workers: BatchWorkers) => Promise<T>,
  start = () => startBatchWorkers(usefulWorkers()),
): Promise<T> {
  const workers = start();
  try {
    return await use(workers);
  } finally {
    await workers.dispose();
  }
}

async function* read(
  threads: readonly BatchThread[],
  stream: number,
  options: PipelineOptions<PictureSet>,
  range: FeedRange,
): ReturnType<Feed['batches']> {
  const plan = planOf(options);
  const slots = threads.length + 1;
  const ring = createRing(options, slots);
  const { first, end } = numbersOf(plan.stepsPerEpoch, range);
  // Batches are dealt in turn: who makes one is no matter of timing either.
  const threadOf = (number: number) => threads[number % threads.length] as BatchThread;
  const ask = (number: number) => {
    if (number < end) threadOf(number).make(stream, number, number % slots);
  };
  for (const thread of threads) thread.open(stream, options, ring);
  try {
    for (let number = first; number < first + slots; number++) ask(number);
    for (let number = first; number < end; number++) {
      const began = performance.now();
      await threadOf(number).made(stream, number);
      const { epoch, index } = placeOf(plan.stepsPerEpoch, number);
      const batch = batchIn(ring, options, plan, number % slots, index);
      yield { epoch, index, batch, waitMs: performance.now() - began };
      // Whoever took it asked for the next: its slot is free.
      ask(number + slots);
    }
  } finally {
    for (const thread of threads) thread.close(stream);
  }
}
