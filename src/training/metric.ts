/** What the loop tells of training; stored a line each in metrics.jsonl. */

export interface StepMetric {
  readonly kind: 'step';
  readonly step: number;
  readonly epoch: number;
  readonly loss: number;
  /** Of this batch. */
  readonly accuracy: number;
  readonly learningRate: number;
  /** From the end of the step before to the end of this one, data included, pauses not. */
  readonly durationMs: number;
  /** What of it was waiting for data; absent in runs of older versions. */
  readonly waitMs?: number;
  /** What of it was bringing the weights forward; absent where the engine cannot tell it apart. */
  readonly updateMs?: number;
  /** Pictures of this batch, where they are fewer than the recipe says. */
  readonly count?: number;
  /** What the process holds in memory; told about once a second. */
  readonly rssBytes?: number;
}

export interface EpochMetric {
  readonly kind: 'epoch';
  readonly epoch: number;
  readonly step: number;
  /** Over the epoch's batches. */
  readonly loss: number;
  readonly accuracy: number;
  /** On pictures held out of training, where the recipe holds any out. */
  readonly validationLoss?: number;
  readonly validationAccuracy?: number;
}

/** On pictures held out of training, after `step`. */
export interface ValidationMetric {
  readonly kind: 'validation';
  readonly step: number;
  readonly epoch: number;
  readonly loss: number;
  readonly accuracy: number;
}

export type Metric = StepMetric | EpochMetric | ValidationMetric;
