/** How long an experiment will take: roughly at first, then as this machine was measured. */
import type { Planned } from './expand.ts';
import type { ExperimentResult } from './results.ts';

/** TensorFlow on two cores of an AMD EPYC: networks this small spend most of a step between their layers. */
const SECONDS_A_LAYER = 3.5e-4;
const MACS_A_SECOND = 3e10;
/** Reading the data, the first step, the test pictures. */
const SECONDS_A_NETWORK = 3;

/** Of its steps alone, on the machine above. */
export function workOf({ network, recipe, variant: { how } }: Planned, trainCount: number): number {
  const pictures = recipe.limit > 0 ? Math.min(recipe.limit, trainCount) : trainCount;
  const kept = pictures - Math.floor(pictures * recipe.validation);
  const epochs = Math.ceil(kept / recipe.batch) * recipe.epochs;
  const steps = { train: epochs, insert: 0, range: how.kind === 'range' ? how.steps : 0 }[how.kind];
  const step = network.layers.length * SECONDS_A_LAYER + (3 * network.macs * recipe.batch) / MACS_A_SECOND;
  return steps * step;
}

/** How many times as long as `workOf` says what is known took; undefined where nothing is. */
export function paceOf(results: readonly Pick<ExperimentResult, 'seconds' | 'work'>[]): number | undefined {
  const told = results.filter(({ seconds, work }) => seconds > 0 && work > 0);
  const sum = (key: 'seconds' | 'work') => told.reduce((all, result) => all + result[key], 0);
  return told.length > 0 ? sum('seconds') / sum('work') : undefined;
}

/** @param works of the networks that are still to be trained */
export const secondsFor = (works: readonly number[], pace = 1): number =>
  works.reduce((sum, work) => sum + work * pace + SECONDS_A_NETWORK * Math.max(1, pace), 0);
