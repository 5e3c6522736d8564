/** Sentences of the experiments' view. */
import { secondsFor, workOf } from '../../src/experiments/estimate.ts';
import { expand, keyOf } from '../../src/experiments/expand.ts';
import type { ExperimentDocument } from '../../src/experiments/experiment.ts';
import type { ExperimentState } from '../../src/experiments/record.ts';
import type { ExperimentResult } from '../../src/experiments/results.ts';
import type { ActiveExperiment } from '../../src/services/contract.ts';
import { duration } from '../ui/format.ts';

export const stateWords: Readonly<Record<ExperimentState, string>> = {
  created: 'Not run yet',
  running: 'Running',
  paused: 'Paused',
  finished: 'Finished',
  stopped: 'Stopped',
  failed: 'Failed',
  interrupted: 'Interrupted',
};

export const stateKind: Readonly<Record<ExperimentState, '' | 'good' | 'bad' | 'warn' | 'accent'>> = {
  created: 'accent',
  running: 'accent',
  paused: 'warn',
  finished: 'good',
  stopped: '',
  failed: 'bad',
  interrupted: 'warn',
};

/** What is still to be trained, in seconds. @throws AppError for one that cannot be run */
export function secondsOf(
  experiment: ExperimentDocument,
  trainCount: number,
  pace: number | undefined,
  results: readonly ExperimentResult[] = [],
): number {
  const done = new Set(results.map(keyOf));
  const left = expand(experiment).filter(
    ({ variant, seed }) => !done.has(keyOf({ variant: variant.id, seed })),
  );
  return secondsFor(
    left.map((planned) => workOf(planned, trainCount)),
    pace,
  );
}

/** A time that nobody will take to the second: 'about 12 min' */
export function about(seconds: number): string {
  if (seconds < 50) return `about ${duration(Math.max(5, Math.round(seconds / 5) * 5))}`;
  return `about ${duration(Math.round(seconds / 60) * 60)}`;
}

/** 'Residual, 56 layers, seed 2: step 120 of 250' */
export function netWords({ net }: ActiveExperiment, { variants }: ExperimentDocument): string {
  if (!net) return 'Reading the data';
  const label = variants.find(({ id }) => id === net.variant)?.label ?? net.variant;
  const at = net.step < net.steps ? `step ${net.step} of ${net.steps}` : 'judging it on the test pictures';
  return `${label}, seed ${net.seed}: ${at}`;
}

/** Of all steps of all networks. */
export const shareDone = ({ done, total, net }: ActiveExperiment): number =>
  total === 0 ? 0 : (done + (net && net.steps > 0 && done < total ? net.step / net.steps : 0)) / total;
