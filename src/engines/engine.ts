import type { TensorOps } from '../compile/tensor-ops.ts';

export interface Availability {
  readonly available: boolean;
  readonly device: string;
  /** Why it is, or is not, or what to know before choosing it. */
  readonly reason: string;
  readonly version: string;
}

/** Something that can run a compiled step. An engine that records and replays whole steps will say so here. */
export interface Engine {
  readonly id: string;
  readonly title: string;
  /** Higher is chosen first; 0: only on request. */
  readonly rank: number;
  availability(): Promise<Availability>;
  /** Makes it tf.js' backend. @throws AppError where it cannot; never falls back to another engine */
  start(): Promise<TensorOps>;
}
