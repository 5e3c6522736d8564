/** What a run came to, in figures, from what is stored of it. */
import type { StemmaDocument } from '../document/model.ts';
import { diagnose, errorsOf, flatten, lower } from '../lower/index.ts';
import type { Network } from '../network/network.ts';
import type { RunSummary } from '../runs/record.ts';
import type { Curve } from './curve.ts';
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
export function withCurve(figures: Figures, { train, held }: Curve): Figures {
  const steps = train.step.at(-1);
  const seconds = train.seconds.at(-1);
  if (steps === undefined || seconds === undefined) return figures;
  return {
    ...figures,
    seconds,
    validationLoss: figure(held.loss.at(-1)),
    validationAccuracy: figure(held.accuracy.at(-1)),
    trainLoss: figures.trainLoss ?? figure(train.loss.at(-1)),
    steps: figures.steps ?? steps,
    stepsPerSecond: figures.stepsPerSecond ?? (seconds > 0 ? train.step.length / seconds : null),
  };
}
