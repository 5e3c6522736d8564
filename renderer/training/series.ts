/** What a chart draws of a run: grown as lines arrive, whole after any gap. */
import type { Metric } from '../../src/training/metric.ts';

/** Numbers that grow at their end. */
export class Column {
  #values = new Float64Array(256);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const wider = new Float64Array(this.length * 2);
      wider.set(this.#values);
      this.#values = wider;
    }
    this.#values[this.length++] = value;
  }

  get values(): Float64Array {
    return this.#values.subarray(0, this.length);
  }

  get last(): number | undefined {
    return this.length === 0 ? undefined : this.#values[this.length - 1];
  }
}

/** A stored file has null where a loss was no number. */
const figure = (value: number | null | undefined) => value ?? Number.NaN;

const columns = () => ({ step: new Column(), loss: new Column(), accuracy: new Column() });

export class Series {
  /** Steps done, from 1. */
  readonly train = { ...columns(), learningRate: new Column() };
  readonly validation = columns();
  readonly epochs = columns();
  /** The line that comes next. */
  next = 0;

  /**
   * Takes lines from `from` on; what is known already is passed over.
   * @returns false where lines are missing before them: nothing is taken then
   */
  take(from: number, metrics: readonly Metric[]): boolean {
    if (from > this.next) return false;
    for (const metric of metrics.slice(this.next - from)) this.#add(metric);
    this.next = Math.max(this.next, from + metrics.length);
    return true;
  }

  /** A page that begins at `next`; lines of it that were damaged are counted, not there. */
  takePage(metrics: readonly Metric[], next: number): void {
    for (const metric of metrics) this.#add(metric);
    this.next = next;
  }

  #add(metric: Metric): void {
    const step = metric.step + 1;
    const put = (to: ReturnType<typeof columns>, loss: number | null | undefined, accuracy: number) => {
      if (to.step.last !== undefined && to.step.last >= step) return false;
      to.step.push(step);
      to.loss.push(figure(loss));
      to.accuracy.push(figure(accuracy));
      return true;
    };
    if (metric.kind === 'validation') put(this.validation, metric.loss, metric.accuracy);
    else if (metric.kind === 'epoch') {
      put(this.epochs, metric.loss, metric.accuracy);
      const { validationLoss, validationAccuracy } = metric;
      if (validationAccuracy !== undefined) put(this.validation, validationLoss, validationAccuracy);
    } else if (put(this.train, metric.loss, metric.accuracy))
      this.train.learningRate.push(figure(metric.learningRate));
  }
}

/**
 * Moving average whose weights fall by `keep` a step, without the pull of its beginning towards zero (Kingma & Ba
 * 2015, §3). What is no number is passed over.
 */
export function smooth(values: Float64Array, keep: number): Float64Array {
  const out = new Float64Array(values.length);
  let sum = 0;
  let weight = 0;
  for (const [i, value] of values.entries()) {
    if (Number.isFinite(value)) {
      sum = keep * sum + (1 - keep) * value;
      weight = keep * weight + (1 - keep);
    }
    out[i] = weight > 0 ? sum / weight : Number.NaN;
  }
  return out;
}

type Points = (number | null)[];

export interface ChartData {
  readonly x: Float64Array;
  readonly raw: Points;
  readonly smoothed: Points;
  readonly validation: Points;
}

const drawable = (positive: boolean) => (value: number) =>
  Number.isFinite(value) && (!positive || value > 0) ? value : null;

/** The lines of a chart over the steps of training. `positive`: the scale is logarithmic. */
export function chartData(
  series: Series,
  what: 'loss' | 'accuracy',
  keep: number,
  positive = false,
): ChartData {
  const { train, validation } = series;
  const shown = drawable(positive);
  const x = train.step.values.slice();
  const raw = Array.from(train[what].values, shown);
  const smoothed = Array.from(smooth(train[what].values, keep), shown);
  const points: Points = new Array(x.length).fill(null);
  const values = validation[what].values;
  let at = 0;
  for (const [i, step] of validation.step.values.entries()) {
    while (at < x.length && (x[at] as number) < step) at++;
    if (x[at] === step) points[at] = shown(values[i] as number);
  }
  return { x, raw, smoothed, validation: points };
}
