/** What a chart draws of a run: grown as lines arrive, whole after any gap. */
import type { Metric, StepMetric } from '../../src/training/metric.ts';
import { Column, Curve } from './chart/column.ts';

/** A stored file has null where a loss was no number. */
const figure = (value: number | null | undefined) => value ?? Number.NaN;

/** Where a value stands: steps done, from 1, and the seconds of training until then, pauses left out. */
const places = () => ({ step: new Column(), time: new Column() });
const judged = () => ({ ...places(), loss: new Curve(), accuracy: new Curve() });
const trained = () => ({ ...judged(), learningRate: new Curve(), imagesPerSecond: new Curve() });
type Judged = ReturnType<typeof judged>;
type Trained = ReturnType<typeof trained>;

/** Steps that are kept; of more, those stay that a curve of the loss is drawn by. */
const MAX_STEPS = 1_500_000;

export class Series {
  train = trained();
  readonly validation = judged();
  readonly epochs = judged();
  /** What the process holds; told about once a second. */
  readonly memory = { ...places(), bytes: new Curve() };
  /** The line that comes next. */
  next = 0;
  /** Null until an epoch has ended. */
  stepsPerEpoch: number | null = null;
  readonly #batch: number;
  readonly #most: number;

  /** `batch`: pictures a step, where a step does not tell. */
  constructor(batch = Number.NaN, most = MAX_STEPS) {
    this.#batch = batch;
    this.#most = most;
  }

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
    const put = (to: Judged, loss: number | null | undefined, accuracy: number, durationMs = 0) => {
      if (to.step.last !== undefined && to.step.last >= step) return false;
      to.step.push(step);
      to.time.push((this.train.time.last ?? 0) + durationMs / 1000);
      to.loss.push(figure(loss));
      to.accuracy.push(figure(accuracy));
      return true;
    };
    if (metric.kind === 'validation') put(this.validation, metric.loss, metric.accuracy);
    else if (metric.kind === 'epoch') {
      this.stepsPerEpoch ??= step / (metric.epoch + 1);
      put(this.epochs, metric.loss, metric.accuracy);
      const { validationLoss, validationAccuracy } = metric;
      if (validationAccuracy !== undefined) put(this.validation, validationLoss, validationAccuracy);
    } else if (put(this.train, metric.loss, metric.accuracy, metric.durationMs)) this.#measure(metric);
  }

  #measure({ step, learningRate, durationMs, count = this.#batch, rssBytes }: StepMetric): void {
    this.train.learningRate.push(figure(learningRate));
    this.train.imagesPerSecond.push((count * 1000) / durationMs);
    if (rssBytes !== undefined) {
      this.memory.step.push(step + 1);
      this.memory.time.push(this.train.time.last ?? 0);
      this.memory.bytes.push(rssBytes);
    }
    if (this.train.step.length >= this.#most) this.train = halved(this.train);
  }
}

/** Of every four steps those with the lowest and the highest loss: half of them, and the curve looks the same. */
function halved(from: Trained): Trained {
  const kept: number[] = [];
  for (let at = 0; at < from.step.length; at += 4) {
    let [low, high] = [at, at];
    for (let i = at; i < Math.min(at + 4, from.step.length); i++) {
      if (from.loss.at(i) < from.loss.at(low)) low = i;
      if (from.loss.at(i) >= from.loss.at(high)) high = i;
    }
    kept.push(Math.min(low, high));
    if (low !== high) kept.push(Math.max(low, high));
  }
  // The ends say where training began and where it is.
  if (kept[0] !== 0) kept.unshift(0);
  if (kept.at(-1) !== from.step.length - 1) kept.push(from.step.length - 1);
  const to = trained();
  for (const i of kept)
    for (const name of Object.keys(to) as (keyof Trained)[]) to[name].push(from[name].at(i));
  return to;
}
