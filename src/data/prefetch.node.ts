/** Batches made ahead of the step that wants them. */
import { AppError } from '../base/errors.ts';
import type { Batch, Pipeline } from './pipeline.ts';

export interface Prefetched {
  readonly epoch: number;
  readonly index: number;
  readonly batch: Batch;
}

export interface PrefetchOptions {
  /** How many batches may wait at most; at least 1. */
  readonly ahead: number;
  /** Ends after this epoch count. */
  readonly epochs: number;
  /** Where to begin, as a resumed run does. */
  readonly from?: { readonly epoch: number; readonly index: number };
}

/**
 * What `batchAt` gives, in order, whatever `ahead` is. Batches are made between turns of the event loop, so they
 * overlap with a step that waits for a device and not with one that computes on this thread. Leaving the loop stops it.
 */
export async function* prefetch(
  pipeline: Pipeline,
  options: PrefetchOptions,
): AsyncGenerator<Prefetched, void> {
  const { ahead, epochs, from = { epoch: 0, index: 0 } } = options;
  if (!Number.isInteger(ahead) || ahead < 1)
    throw new AppError('data/prefetch', `Expected to make at least 1 batch ahead, received ${ahead}.`);
  const steps = pipeline.stepsPerEpoch;
  const end = epochs * steps;
  const queue: Prefetched[] = [];
  let next = from.epoch * steps + from.index;
  let failure: { readonly error: unknown } | undefined;
  let timer: NodeJS.Immediate | undefined;
  let wake = () => {};
  const make = () => {
    timer = undefined;
    try {
      const [epoch, index] = [Math.floor(next / steps), next % steps];
      queue.push({ epoch, index, batch: pipeline.batchAt(epoch, index) });
      next++;
    } catch (error) {
      failure = { error };
    }
    schedule();
    wake();
  };
  const schedule = () => {
    if (!timer && !failure && next < end && queue.length < ahead) timer = setImmediate(make);
  };
  try {
    schedule();
    for (;;) {
      const ready = queue.shift();
      schedule();
      if (ready) yield ready;
      else if (failure) throw failure.error;
      else if (next >= end) return;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    if (timer) clearImmediate(timer);
  }
}
