/** What crosses between the thread that trains and those that make its batches. Types alone. */
import type { PictureSet } from './dataset.ts';
import type { PipelineOptions } from './pipeline.ts';
import type { Ring } from './ring.ts';

export type ToWorker =
  /** A stream of batches begins. The set and the ring lie in shared memory. */
  | {
      readonly type: 'open';
      readonly stream: number;
      readonly options: PipelineOptions<PictureSet>;
      readonly ring: Ring;
    }
  | {
      readonly type: 'make';
      readonly stream: number;
      /** Counted over all epochs. */
      readonly number: number;
      readonly slot: number;
    }
  | { readonly type: 'close'; readonly stream: number };

export type FromWorker =
  /** Its program runs. */
  | { readonly type: 'started' }
  | { readonly type: 'made'; readonly stream: number; readonly number: number }
  | { readonly type: 'failed'; readonly stream: number; readonly number: number; readonly why: Failure };

/** An error as plain data; without a code it is a bug of ours. */
export interface Failure {
  readonly code?: string;
  readonly message: string;
  readonly hint?: string;
}
