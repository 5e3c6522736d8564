/** From a data set and a recipe to what a network is fed. */
import type { LossOptions } from '../compile/targets.ts';
import { balancedWeights } from '../data/class-weights.ts';
import type { Dataset, PictureSet, Spread } from '../data/dataset.ts';
import { unit } from '../data/normalise.ts';
import type { PipelineOptions } from '../data/pipeline.ts';
import { split, subset } from '../data/split.ts';
import { layerAt, type Network } from '../network/network.ts';
import type { pictureFields } from '../recipe/fields.ts';
import type { Recipe } from '../recipe/recipe.ts';

/** What pictures in [0, 1] go through: (x − mean) / std. */
export function normalisation(recipe: Recipe, data: Spread): Spread {
  return recipe.standardise ? { mean: data.mean, std: data.std } : unit;
}

/** How the recipe changes training pictures. */
export function changesOf({
  flip,
  crop,
  cutout,
  mixup,
}: Pick<Recipe, keyof typeof pictureFields>): Pick<PipelineOptions, 'augment' | 'mixup'> {
  return { augment: { flip, shift: crop, cutout }, mixup };
}

/**
 * Pictures that are judged at once: small batches are a waste where nothing is learned, and four times as many take less
 * memory than a step, which keeps what every layer made.
 */
export const judgedAtOnce = (batch: number): number => Math.max(batch, Math.min(64, 4 * batch));

/** How a network is fed with a set: shuffled and changed to be trained on, as it is and in order to be judged by. */
export function feedingOf<T extends PictureSet>(
  network: Network,
  recipe: Recipe,
  dataset: Dataset,
  set: T,
  training = false,
): PipelineOptions<T> {
  const [h, w, c] = layerAt(network, network.input).shape as [number, number, number];
  return {
    set,
    batchSize: training ? recipe.batch : judgedAtOnce(recipe.batch),
    shape: [h, w, c],
    ...normalisation(recipe, dataset),
    seed: recipe.seed,
    shuffle: training,
    ...(training && changesOf(recipe)),
  };
}

export interface TrainingPictures {
  readonly pictures: PictureSet;
  readonly held?: PictureSet;
}

/**
 * The recipe's share of the training pictures: limited first, then those held out taken away; a set that brings
 * pictures for validation itself is judged on these, and none are taken from the others.
 */
export function trainingPictures(dataset: Dataset, recipe: Recipe): TrainingPictures {
  const { limit, seed, validation } = recipe;
  const chosen = limit > 0 ? subset(dataset.train, limit, seed) : dataset.train;
  if (dataset.validation) return { pictures: chosen, held: dataset.validation };
  if (validation === 0) return { pictures: chosen };
  const { train: pictures, held } = split(chosen, validation, seed);
  return { pictures, held };
}

/** What the loss takes beside the recipe. */
export const lossOf = (
  { classWeights }: Pick<Recipe, 'classWeights'>,
  pictures: PictureSet,
  { classes }: Pick<Dataset, 'classes'>,
): Pick<LossOptions, 'weightOfClass'> =>
  classWeights === 'balanced' ? { weightOfClass: balancedWeights(pictures, classes.length) } : {};

/** Bytes of pictures, as they cross to a page. */
export const pixelsOf = (bytes: Uint8Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
