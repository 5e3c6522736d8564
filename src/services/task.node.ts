/** A drawing and a recipe that fit each other: what every job on a network begins with. */
import { AppError } from '../base/errors.ts';
import type { DatasetSource } from '../data/dataset.ts';
import { findDataset } from '../data/index.node.ts';
import { readDocument } from '../document/file.ts';
import { networkOf } from '../lower/index.ts';
import type { Network } from '../network/network.ts';
import { checkRecipe } from '../recipe/check.ts';
import { completeRecipe, type Recipe } from '../recipe/recipe.ts';
import { isKnownType } from './documents.node.ts';

export interface Task {
  readonly title: string;
  readonly recipe: Recipe;
  readonly network: Network;
  readonly source: DatasetSource;
}

/** @throws AppError for a damaged drawing, one that is no whole network, a recipe that does not fit it */
export function openTask(given: {
  readonly document: string;
  readonly recipe: Readonly<Record<string, unknown>>;
}): Task {
  const recipe = completeRecipe(given.recipe);
  const document = readDocument(given.document, 'the drawing', isKnownType);
  const network = networkOf(document);
  const source = findDataset(recipe.data);
  const [problem] = checkRecipe(recipe, network, { ...source, classes: source.classes.length });
  if (problem) throw new AppError('recipe/misfit', problem.message);
  return { title: document.title, recipe, network, source };
}
