/** What a run came to, in figures, from what is stored of it. */
import type { StemmaDocument } from '../document/model.ts';
import { diagnose, errorsOf, flatten, lower } from '../lower/index.ts';
import type { Network } from '../network/network.ts';
import type { RunSummary } from '../runs/record.ts';
import type { Metric } from '../training/metric.ts';
import { type Figures, noFigures } from './figures.ts';

const figure = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : null);

/** The network of a drawing; null where it has errors. */
export function networkIfWhole(document: StemmaDocument): Network | null {
  const lowered = lower(document);
  return errorsOf(diagnose(lowered)).length > 0 ? null : flatten(lowered);
}

/** What run.json says; parameters and MACs come from the drawing. */
export function summaryFigures(summary: RunSummary, network: Network | null): Figures {
  const median = figure((summary.stepMs as { median?: unknown } | null | undefined)?.median);
  const steps = figure(summary.steps);
  const peak = figure(summary.peakRssMB);
  return {
    ...noFigures,
    testAccuracy: figure(summary.testAccuracy),
    testLoss: figure(summary.testLoss),
    trainLoss: figure(summary.trainLoss),
    params: network?.params ?? null,
    macs: network?.macs ?? null,
    seconds: median === null || steps === null ? null : (median * steps) / 1000,
    stepsPerSecond: median ? 1000 / median : null,
    memoryBytes: peak === null ? null : peak * 2 ** 20,
    steps,
  };
}

/** With what only the metrics tell, and what run.json lacks of a run that has not ended. */
export function withMetrics(figures: Figures, metrics: Iterable<Metric>): Figures {
  let [seconds, steps] = [0, 0];
  let validationLoss: number | null = null;
  let validationAccuracy: number | null = null;
  let lastLoss: number | null = null;
  for (const metric of metrics) {
    if (metric.kind === 'step') {
      // A run that was resumed may tell a step again.
      if (metric.step + 1 > steps) seconds += (figure(metric.durationMs) ?? 0) / 1000;
      steps = Math.max(steps, metric.step + 1);
      lastLoss = figure(metric.loss);
    } else if (metric.kind === 'validation') {
      validationLoss = figure(metric.loss);
      validationAccuracy = figure(metric.accuracy);
    } else if (metric.validationAccuracy !== undefined) {
      validationLoss = figure(metric.validationLoss);
      validationAccuracy = figure(metric.validationAccuracy);
    }
  }
  if (steps === 0) return figures;
  return {
    ...figures,
    ...{ validationLoss, validationAccuracy, seconds },
    trainLoss: figures.trainLoss ?? lastLoss,
    steps: figures.steps ?? steps,
    stepsPerSecond: figures.stepsPerSecond ?? (seconds > 0 ? steps / seconds : null),
  };
}
