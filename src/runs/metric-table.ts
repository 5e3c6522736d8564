/** Figures of metrics.jsonl as columns of numbers. */

/** Fields of each kind, in the order of their columns; what a line lacks is NaN. */
export const metricFields = {
  step: ['step', 'epoch', 'loss', 'accuracy', 'learningRate', 'durationMs', 'waitMs', 'updateMs', 'rssBytes'],
  validation: ['step', 'epoch', 'loss', 'accuracy'],
  epoch: ['step', 'epoch', 'loss', 'accuracy', 'validationLoss', 'validationAccuracy'],
} as const;
export type MetricKind = keyof typeof metricFields;
export const metricKinds = Object.keys(metricFields) as MetricKind[];

/** Of one kind. Steps are exact, the rest is for charts. */
export class MetricTable {
  rows = 0;
  #steps: Float64Array;
  #figures: Float32Array[];

  constructor(kind: MetricKind, steps = new Float64Array(0), figures?: Float32Array[]) {
    this.#steps = steps;
    this.#figures = figures ?? metricFields[kind].slice(1).map(() => new Float32Array(0));
    this.rows = steps.length;
  }

  get steps(): Float64Array {
    return this.#steps.subarray(0, this.rows);
  }

  /** Of a column from 1 on. */
  figures(column: number): Float32Array {
    return (this.#figures[column - 1] ?? new Float32Array(this.rows)).subarray(0, this.rows);
  }

  add(row: Float64Array): void {
    if (this.rows === this.#steps.length) this.#grow();
    this.#steps[this.rows] = row[0] as number;
    for (let c = 0; c < this.#figures.length; c++)
      (this.#figures[c] as Float32Array)[this.rows] = row[c + 1] as number;
    this.rows++;
  }

  #grow(): void {
    const size = Math.max(256, 2 * this.rows);
    const steps = new Float64Array(size);
    steps.set(this.#steps);
    this.#steps = steps;
    this.#figures = this.#figures.map((column) => {
      const larger = new Float32Array(size);
      larger.set(column);
      return larger;
    });
  }
}

/** Lines between two of the places that are kept. */
export const LINES_A_PLACE = 1024;

export interface MetricColumns {
  readonly tables: Readonly<Record<MetricKind, MetricTable>>;
  /** Of whole lines. */
  bytes: number;
  lines: number;
  damaged: number;
  /** Where every 1024th line begins. */
  readonly places: number[];
}

export const emptyColumns = (): MetricColumns => ({
  tables: {
    step: new MetricTable('step'),
    validation: new MetricTable('validation'),
    epoch: new MetricTable('epoch'),
  },
  ...{ bytes: 0, lines: 0, damaged: 0, places: [] },
});
