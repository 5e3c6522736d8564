/** What the training loop writes through; it knows no disk. */
import type { Weights } from '../weights/tensors.ts';
import type { RunState, RunSummary } from './record.ts';

/** One line of metrics.jsonl; fields beyond these are stored too. A number that is not finite is stored as null. */
export interface RunMetric {
  readonly kind: 'step' | 'epoch';
  /** Counted from 0 over the whole run. */
  readonly step: number;
  readonly epoch: number;
  readonly loss: number;
  /** A share, 0 to 1. */
  readonly accuracy?: number;
  readonly learningRate?: number;
  readonly imagesPerSecond?: number;
  /** From the end of the step before to the end of this one. */
  readonly durationMs?: number;
  /** Since the run began. */
  readonly wallMs?: number;
}

/** What changes; the rest stays. `summary` is merged field by field. */
export interface StateChange {
  readonly state?: RunState;
  /** In words, where it did not simply finish. */
  readonly reason?: string;
  readonly summary?: RunSummary;
}

export interface RunSink {
  /** Cheap: buffered. @throws AppError('file/write') where a full buffer cannot be stored */
  metric(metric: RunMetric): void;
  /** Resolves when they are safely stored, in place of the weights before; they must not change until then. */
  weights(weights: Weights): Promise<void>;
  state(change: StateChange): Promise<void>;
}
