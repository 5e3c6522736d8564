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
  return {
    state: { best: improved ? look : best, without: since, kept: now },
    improved,
    shouldStop: earlyStop > 0 && since >= earlyStop,
    keep: now.includes(look),
    drop: ranked.slice(keepBest).flatMap((dropped) => (dropped === look ? [] : [dropped.steps])),
  };
}

/** The lowest loss first; of equals the earlier. */
function ranking(kept: readonly Look[], look: Look): Look[] {
  const better = kept.filter(({ loss }) => loss <= look.loss);
  return [...better, look, ...kept.slice(better.length)];
}
