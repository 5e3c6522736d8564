/** Which looks at the held-out pictures were the best, and whether it is time to end. Knows no disk. */
import type { Recipe } from '../recipe/recipe.ts';

/** Plain JSON: stored with a checkpoint, a run that goes on from there decides as if nothing had been between. */
export interface BestState {
  /** The lowest loss that counted as an improvement; null before the first look. */
  readonly best: Look | null;
  /** Looks since then. */
  readonly without: number;
  /** The lowest losses, the best first: as many as the recipe keeps. */
  readonly kept: readonly Look[];
}

export interface Look {
  /** Steps done. */
  readonly steps: number;
  readonly loss: number;
}

export interface Verdict {
  readonly state: BestState;
  /** It is the best so far, by more than the recipe's least improvement. */
  readonly improved: boolean;
  readonly shouldStop: boolean;
  /** Its weights are among those to keep. */
  readonly keep: boolean;
  /** Steps of a look whose weights have to make room. */
  readonly drop: readonly number[];
}

export const NO_LOOK: BestState = { best: null, without: 0, kept: [] };

export type BestOptions = Pick<Recipe, 'earlyStop' | 'minImprovement' | 'keepBest'>;

/** Whether the recipe waits no longer; after it was stored and read too. */
export const hasWaitedEnough = ({ earlyStop }: Pick<Recipe, 'earlyStop'>, { without }: BestState): boolean =>
  earlyStop > 0 && without >= earlyStop;

/** Of a run that ended for this and is to go on all the same: it waits anew. */
export const patientAgain = (options: Pick<Recipe, 'earlyStop'>, state: BestState): BestState =>
  hasWaitedEnough(options, state) ? { ...state, without: 0 } : state;

/** What a look after so many steps changes. A loss that is no number improves nothing and is never kept. */
export function judgeLook(
  { earlyStop, minImprovement, keepBest }: BestOptions,
  { best, without, kept }: BestState,
  look: Look,
): Verdict {
  const improved = !Number.isNaN(look.loss) && (best === null || look.loss < best.loss - minImprovement);
  const since = improved ? 0 : without + 1;
  const ranked = Number.isNaN(look.loss) ? kept : ranking(kept, look);
  const now = ranked.slice(0, keepBest);
  const state = { best: improved ? look : best, without: since, kept: now };
  return {
    state,
    improved,
    shouldStop: hasWaitedEnough({ earlyStop }, state),
    keep: now.includes(look),
    drop: ranked.slice(keepBest).flatMap((dropped) => (dropped === look ? [] : [dropped.steps])),
  };
}

/** The lowest loss first; of equals the earlier. */
function ranking(kept: readonly Look[], look: Look): Look[] {
  const better = kept.filter(({ loss }) => loss <= look.loss);
  return [...better, look, ...kept.slice(better.length)];
}

/** For a person, where it ended for this. */
export function whyEnded({ best, without }: BestState): string {
  const lowest = best ? `; it was lowest after step ${best.steps}, ${best.loss.toPrecision(4)}` : '';
  return `Ended early: the loss on the held-out pictures had not fallen for ${without} ${without === 1 ? 'look' : 'looks'}${lowest}.`;
}
