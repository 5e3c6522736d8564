/** Changes of an experiment before it is run: pure, from one document to the next. */
import type { ExperimentDocument, RecipeChanges } from './experiment.ts';
import { documentOf, findKind, type Kind } from './kinds/index.ts';

interface DataShape {
  readonly id: string;
  readonly shape: readonly [number, number, number];
  readonly classes: readonly string[];
}

export const kindOf = ({ kind }: ExperimentDocument): Kind | undefined =>
  kind === 'custom' ? undefined : findKind(kind);

/** Along the kind's axis, each once, in order. */
export function valuesOf(experiment: ExperimentDocument): number[] {
  const fact = kindOf(experiment)?.axis?.fact;
  if (fact === undefined) return [];
  return [...new Set(experiment.variants.map(({ facts }) => Number(facts[fact])))].filter(Number.isFinite);
}

function rebuilt(
  experiment: ExperimentDocument,
  kind: Kind,
  changes: { values?: readonly number[]; data?: DataShape; size?: number },
): ExperimentDocument {
  const { input, classes, recipe, seeds, title, note } = experiment;
  const size = changes.size ?? input[0];
  const data = changes.data;
  const made = documentOf(kind, {
    input: [size, size, data?.shape[2] ?? input[2]],
    classes: data?.classes.length ?? classes,
    data: data?.id ?? `${recipe.data}`,
    ...{ values: changes.values ?? valuesOf(experiment), seeds, recipe },
  });
  return { ...made, title, note };
}

/** Whether its networks are those of its kind, so that they can be made anew. */
export function isOfKind(experiment: ExperimentDocument): boolean {
  const kind = kindOf(experiment);
  if (!kind) return false;
  return JSON.stringify(rebuilt(experiment, kind, {}).variants) === JSON.stringify(experiment.variants);
}

/** Its networks made anew; one that is of no kind stays as it is. */
export function withShape(
  experiment: ExperimentDocument,
  changes: { values?: readonly number[]; data?: DataShape; size?: number },
): ExperimentDocument {
  const kind = kindOf(experiment);
  return kind ? rebuilt(experiment, kind, changes) : experiment;
}

export const withRecipe = (experiment: ExperimentDocument, changes: RecipeChanges): ExperimentDocument => ({
  ...experiment,
  recipe: { ...experiment.recipe, ...changes },
});

/** Without a network and those that are judged with its weights. */
export function withoutVariant(experiment: ExperimentDocument, id: string): ExperimentDocument {
  const variants = experiment.variants.filter(
    (variant) => variant.id !== id && !(variant.how.kind === 'insert' && variant.how.base === id),
  );
  return { ...experiment, variants };
}
