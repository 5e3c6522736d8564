/** Batches in the order in which steps take them. */
import type { Batch, Plan } from './pipeline.ts';

export interface FeedRange {
  /** Ends after this epoch count. */
  readonly epochs: number;
  /** Where to begin, as a resumed run does. */
  readonly from?: { readonly epoch: number; readonly index: number };
}

export interface FedBatch {
  readonly epoch: number;
  readonly index: number;
  /** Its memory is the feed's: whole until the next one is asked for. */
  readonly batch: Batch;
  /** What whoever takes it waited for it. */
  readonly waitMs: number;
}

export interface Feed extends Plan {
  /** What `batchAt` gives, in order. Leaving the loop frees what is held for it. */
  batches(range: FeedRange): AsyncGenerator<FedBatch, void>;
}

/** The batches of a range counted over all epochs, from `first` to before `end`. */
export function numbersOf(stepsPerEpoch: number, { epochs, from }: FeedRange) {
  const first = from ? from.epoch * stepsPerEpoch + from.index : 0;
  return { first, end: epochs * stepsPerEpoch };
}

export const placeOf = (stepsPerEpoch: number, number: number) => ({
  epoch: Math.floor(number / stepsPerEpoch),
  index: number % stepsPerEpoch,
});

/** What makes a batch when it is asked for. */
export interface BatchMaker extends Plan {
  batchAt(epoch: number, index: number): Batch | Promise<Batch>;
}

/** Each batch is made on this thread when it is asked for. */
export function feedHere({ count, stepsPerEpoch, batchAt }: BatchMaker): Feed {
  return {
    count,
    stepsPerEpoch,
    async *batches(range) {
      const { first, end } = numbersOf(stepsPerEpoch, range);
      for (let number = first; number < end; number++) {
        const began = performance.now();
        const { epoch, index } = placeOf(stepsPerEpoch, number);
        const batch = await batchAt(epoch, index);
        yield { epoch, index, batch, waitMs: performance.now() - began };
      }
    },
  };
}
