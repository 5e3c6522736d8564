/** A new run that begins with the weights of another. */
import { AppError } from '../../base/errors.ts';
import type { Network } from '../../network/network.ts';
import { RunReader } from '../../runs/store.node.ts';
import { beginWith, matchWeights, shapesOf, type WeightsMatch } from '../../weights/match.ts';
import type { Weights } from '../../weights/tensors.ts';
import { weightsThatAnswer } from '../checkpoints.node.ts';
import type { RunMatch } from '../contract.ts';
import type { FromRun } from '../jobs.ts';
import { readStored, stampOf } from './trained.node.ts';

export interface Begins {
  readonly weights: Weights;
  readonly match: WeightsMatch;
  /** Id of the run. */
  readonly parent: string;
  /** Noted with the new run. */
  readonly note: Readonly<Record<string, unknown>>;
  /** In words. */
  readonly told: string;
}

export interface Wanted {
  readonly network: Network;
  readonly seed: number;
  /** Of what it will be trained on, in their order. */
  readonly classes: readonly string[];
}

async function weightsOfRun(run: RunReader, checkpoint: string | undefined) {
  if (checkpoint === undefined) return readStored(run, await stampOf(run));
  const { meta, state } = await run.checkpoint(checkpoint);
  return { weights: weightsThatAnswer(state), step: meta.step };
}

/** Whether classes are told, and are others. */
function areOthers({ record }: RunReader, classes: readonly string[]): boolean {
  const before = record.environment.classes;
  return Array.isArray(before) && before.join('\n') !== classes.join('\n');
}

export function matchOf(
  run: RunReader,
  weights: Weights,
  { network, classes }: Omit<Wanted, 'seed'>,
): WeightsMatch {
  return matchWeights(network, shapesOf(weights), { otherClasses: areOthers(run, classes) });
}

/** '58 of its 60 weights come from run x, after step 90; head/fc/kernel and head/fc/bias begin fresh.' */
export function matchWords(match: WeightsMatch, run: string, step: number | null): string {
  const { taken, misfits, missing, replaced } = match;
  const fresh = [...replaced, ...misfits.map(({ path }) => path), ...missing];
  const all = taken.length + fresh.length;
  const at = step === null ? '' : `, after step ${step}`;
  const shown = fresh.slice(0, 4).join(', ') + (fresh.length > 4 ? ` and ${fresh.length - 4} more` : '');
  const rest = fresh.length > 0 ? ` ${shown} ${fresh.length === 1 ? 'begins' : 'begin'} fresh.` : '';
  return `${taken.length} of its ${all} weights come from run ${run}${at}.${rest}`;
}

/** What would be taken over, before anything is. @throws AppError where the run has no weights */
export async function matchFrom(
  { run: folder, checkpoint }: FromRun,
  wanted: Omit<Wanted, 'seed'>,
): Promise<RunMatch> {
  const run = new RunReader(folder);
  const { weights, step } = await weightsOfRun(run, checkpoint);
  const match = matchOf(run, weights, wanted);
  const { id, title } = run.record;
  return { ...match, run: id, title, step, words: matchWords(match, id, step) };
}

/** @throws AppError where the run has no weights, or none of them fits */
export async function beginFrom({ run: folder, checkpoint }: FromRun, wanted: Wanted): Promise<Begins> {
  const run = new RunReader(folder);
  const { weights, step } = await weightsOfRun(run, checkpoint);
  const match = matchOf(run, weights, wanted);
  const { id } = run.record;
  if (match.taken.length === 0)
    throw new AppError('weights/no-match', `No weight of run ${id} fits this drawing.`, {
      hint: 'Weights are told apart by the names of the nodes and their shapes: begin with the drawing of that run.',
    });
  const fresh = match.misfits.length + match.missing.length + match.replaced.length;
  return {
    ...{ match, parent: id, told: matchWords(match, id, step) },
    weights: beginWith(wanted.network, wanted.seed, weights, match),
    note: {
      run: id,
      step,
      ...(checkpoint !== undefined && { checkpoint }),
      taken: match.taken.length,
      fresh,
    },
  };
}
