/** An experiment as the list of what is to be trained. */
import { AppError, describeError } from '../base/errors.ts';
import { writeDocument } from '../document/file.ts';
import { networkOf } from '../lower/index.ts';
import type { Network } from '../network/network.ts';
import { completeRecipe, type Recipe } from '../recipe/recipe.ts';
import { buildDrawing } from './drawings.ts';
import type { ExperimentDocument, ExperimentVariant } from './experiment.ts';

export interface PlannedVariant {
  readonly variant: ExperimentVariant;
  /** The `.stemma` text. */
  readonly document: string;
  readonly network: Network;
}

export interface Planned extends PlannedVariant {
  readonly seed: number;
  readonly recipe: Recipe;
}

/** What each network is and costs. @throws AppError naming the variant that is no whole network */
export function planVariants(experiment: ExperimentDocument): PlannedVariant[] {
  return experiment.variants.map((variant) => {
    const drawing = buildDrawing(experiment, variant);
    try {
      return { variant, document: writeDocument(drawing), network: networkOf(drawing) };
    } catch (cause) {
      throw new AppError('experiment/drawing', `Variant '${variant.id}': ${describeError(cause)}`, { cause });
    }
  });
}

/**
 * Every variant from the first seed, then from the next: whoever stops early has compared all of them.
 * @throws AppError naming the variant whose drawing or recipe does not do
 */
export function expand(experiment: ExperimentDocument): Planned[] {
  const variants = planVariants(experiment);
  return experiment.seeds.flatMap((seed) =>
    variants.map((planned) => {
      const { variant } = planned;
      try {
        return {
          ...planned,
          seed,
          recipe: completeRecipe({ ...experiment.recipe, ...variant.recipe, seed }),
        };
      } catch (cause) {
        throw new AppError('experiment/recipe', `Variant '${variant.id}': ${describeError(cause)}`, {
          cause,
        });
      }
    }),
  );
}

export const keyOf = ({ variant, seed }: { readonly variant: string; readonly seed: number }) =>
  `${variant} ${seed}`;
