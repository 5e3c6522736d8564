/** What a run's metrics say over its steps, for drawing it beside others. */
import type { Metric } from '../training/metric.ts';

export const curveAxes = ['step', 'epoch', 'time'] as const;
export type CurveAxis = (typeof curveAxes)[number];

export interface CurvePoints {
  /** Steps done, from 1. */
  readonly step: number[];
  /** Of all steps until then, pauses and judging left out. */
  readonly seconds: number[];
  readonly loss: number[];
  readonly accuracy: number[];
}

const points = (): CurvePoints => ({ step: [], seconds: [], loss: [], accuracy: [] });

/** A stored file has null where a loss was no number. */
const figure = (value: number | null | undefined) => value ?? Number.NaN;

export class Curve {
  readonly train = points();
  readonly held = points();
  /** Null: no epoch has ended yet. */
  stepsPerEpoch: number | null = null;
  /** The line of the metrics file that comes next. */
  next = 0;

  /** Lines that follow those before; `next` is the line after the last. */
  take(metrics: Iterable<Metric>, next = this.next): void {
    for (const metric of metrics) this.#add(metric);
    this.next = next;
  }

  #add(metric: Metric): void {
    const step = metric.step + 1;
    if (metric.kind === 'step') {
      // A run that was resumed may tell a step again.
      if (step <= (this.train.step.at(-1) ?? 0)) return;
      const before = this.train.seconds.at(-1) ?? 0;
      this.#put(this.train, step, before + (metric.durationMs ?? 0) / 1000, metric.loss, metric.accuracy);
      if (metric.epoch > 0) this.stepsPerEpoch ??= metric.step / metric.epoch;
      return;
    }
    if (metric.kind === 'epoch') {
      this.stepsPerEpoch ??= step / (metric.epoch + 1);
      if (metric.validationAccuracy === undefined) return;
    }
    if (step <= (this.held.step.at(-1) ?? 0)) return;
    const seconds = this.train.seconds.at(-1) ?? 0;
    const [loss, accuracy] =
      metric.kind === 'validation'
        ? [metric.loss, metric.accuracy]
        : [metric.validationLoss, metric.validationAccuracy];
    this.#put(this.held, step, seconds, loss, accuracy);
  }

  #put(
    to: CurvePoints,
    step: number,
    seconds: number,
    loss: number | null | undefined,
    accuracy: number | null | undefined,
  ): void {
    to.step.push(step);
    to.seconds.push(seconds);
    to.loss.push(figure(loss));
    to.accuracy.push(figure(accuracy));
  }

  /** Where the points lie on an axis; undefined where the run has not come so far that it is known. */
  along(axis: CurveAxis, { step, seconds }: CurvePoints): readonly number[] | undefined {
    if (axis === 'step') return step;
    if (axis === 'time') return seconds;
    const { stepsPerEpoch } = this;
    return stepsPerEpoch === null ? undefined : step.map((s) => s / stepsPerEpoch);
  }
}

export function curveOf(metrics: Iterable<Metric>): Curve {
  const curve = new Curve();
  curve.take(metrics);
  return curve;
}
