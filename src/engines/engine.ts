import type { Session, SessionOptions } from '../compile/session.ts';
import type { Network } from '../network/network.ts';
import type { Weights } from '../weights/tensors.ts';
import type { Device, Machine, Offer } from './machine.ts';

export interface Availability {
  readonly available: boolean;
  readonly device: string;
  /** As a wish names it: 'cuda:0'; absent where none is. */
  readonly deviceId?: string;
  /** Why it is, or is not, or what to know before choosing it. */
  readonly reason: string;
  readonly version: string;
  /** All that it could use, or why not, best first; absent where the engine tells only of one. */
  readonly devices?: readonly Offer[];
}

export interface OpenOptions extends SessionOptions {
  /** One of those that it offered; absent: its own choice. */
  readonly device?: Device;
}

/** Something that trains a network. How it runs a step is its own affair: op by op, or recorded once and replayed. */
export interface Engine {
  readonly id: string;
  readonly title: string;
  /** Higher is chosen first; 0: only on request. Offers tell it of each device. */
  readonly rank: number;
  /** Which of a machine's devices it would use, and why or why not; pure. */
  offers?(machine: Machine): readonly Offer[];
  /** In place of offers, of an engine that can tell only of the machine that it runs on. */
  availability?(): Promise<Availability>;
  /** What its tensors may take together, where there is such a limit. */
  readonly memoryLimitBytes?: number;
  /** Puts a network on it. @throws AppError where it cannot; never falls back to another engine */
  open(network: Network, weights: Weights, options: OpenOptions): Promise<Session>;
}
