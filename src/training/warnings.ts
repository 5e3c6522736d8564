/**
 * What goes wrong with a training, said early: in words, with the figures that show it and something to do. Each
 * threshold is told in docs/telemetry.md with the trainings that it was set by.
 */
import type { Course, TrainingWarning, WarningCode } from './course.ts';
import { deadUnits, explodingGradients, vanishingGradients } from './warnings-gradients.ts';
import { lossDiverges, rateTooLow, shuffledLabels } from './warnings-loss.ts';
import { overfitting, tinyBatches } from './warnings-recipe.ts';

type Check = (course: Course) => TrainingWarning | undefined;

/** A cause silences what follows from it. */
const silences: Partial<Record<WarningCode, readonly WarningCode[]>> = {
  'rate/high': ['gradients/exploding', 'gradients/vanishing', 'units/dead', 'labels/shuffled'],
  'gradients/exploding': ['gradients/vanishing', 'labels/shuffled'],
  'gradients/vanishing': ['units/dead', 'labels/shuffled', 'rate/low'],
  'units/dead': ['labels/shuffled'],
  'rate/low': ['labels/shuffled'],
};

const checks: readonly Check[] = [
  ...[lossDiverges, explodingGradients, vanishingGradients, deadUnits],
  ...[rateTooLow, overfitting, tinyBatches, shuffledLabels],
];

/** All that is to be said of a run as it stands; causes first. */
export function warningsOf(course: Course): readonly TrainingWarning[] {
  const found: TrainingWarning[] = [];
  const silent = new Set<WarningCode>();
  for (const check of checks) {
    const warning = check(course);
    if (!warning || silent.has(warning.code)) continue;
    found.push(warning);
    for (const code of silences[warning.code] ?? []) silent.add(code);
  }
  return found;
}
