import type { Session, SessionOptions } from '../compile/session.ts';
import type { Network } from '../network/network.ts';
import type { Weights } from '../weights/tensors.ts';

export interface Availability {
  readonly available: boolean;
  readonly device: string;
  /** Why it is, or is not, or what to know before choosing it. */
  readonly reason: string;
  readonly version: string;
}

/** Something that trains a network. How it runs a step is its own affair: op by op, or recorded once and replayed. */
export interface Engine {
  readonly id: string;
  readonly title: string;
  /** Higher is chosen first; 0: only on request. */
  readonly rank: number;
  availability(): Promise<Availability>;
  /** What its tensors may take together, where there is such a limit. */
  readonly memoryLimitBytes?: number;
  /** Puts a network on it. @throws AppError where it cannot; never falls back to another engine */
  open(network: Network, weights: Weights, options: SessionOptions): Promise<Session>;
}
