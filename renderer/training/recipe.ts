/** The recipe as it lies in the drawing, and the edits that change it. */
import type { Edit } from '../../src/document/edits.ts';
import { chain, setParams, setRecipe } from '../../src/document/edits.ts';
import type { StemmaDocument } from '../../src/document/model.ts';
import { presets, type Recipe, recipeSchema } from '../../src/recipe/recipe.ts';
import { type ParamProblem, parseParams } from '../../src/schema/parse.ts';
import type { DatasetInfo } from '../../src/services/contract.ts';
import { attemptOnDocument, documentNow } from '../state/editor.ts';
import { useCatalogue } from './catalogue.ts';

export type PresetName = keyof typeof presets;
export type RecipeValues = Partial<Recipe>;

/** Where pictures enter: [height, width, channels]; null where the drawing has no such input. */
export function inputOf({
  nodes,
}: Pick<StemmaDocument, 'nodes'>): { id: string; shape: readonly number[] } | null {
  const input = nodes.find((n) => n.type === 'input');
  if (!input) return null;
  const { shape } = input.params;
  return { id: input.id, shape: Array.isArray(shape) ? (shape as number[]) : [96, 96, 1] };
}

/** What a drawing begins with: the quick look, on pictures that are here. */
function beginning(datasets: readonly DatasetInfo[] | null): RecipeValues {
  const here = datasets?.find((d) => d.folder !== null)?.id as Recipe['data'] | undefined;
  return { ...presets.quick, ...(here && { data: here }) };
}

/** Complete, whatever lies in the drawing; what does not fit is told. Its size is that of the drawing's input. */
export function recipeOf(
  document: StemmaDocument,
  datasets: readonly DatasetInfo[] | null,
): { recipe: Recipe; problems: readonly ParamProblem[] } {
  const given = Object.keys(document.recipe).length === 0 ? beginning(datasets) : document.recipe;
  const { value, problems } = parseParams(recipeSchema, given);
  const side = inputOf(document)?.shape[0];
  const size = side === undefined ? undefined : recipeSchema.size.parse(side);
  return { recipe: size?.ok ? { ...value, size: size.value } : value, problems };
}

export const recipeNow = () => recipeOf(documentNow(), useCatalogue.getState().datasets);

/** The whole recipe with some values changed; what could not be read of it goes. */
export function recipeEdit(document: StemmaDocument, recipe: Recipe, values: RecipeValues = {}): Edit {
  const { changes } = setRecipe({ ...document, recipe: {} }, { ...recipe, ...values });
  return { label: `Recipe: ${Object.keys(values).join(', ') || 'set anew'}`, changes };
}

/** What is typed while the person stays in one field is one entry of the history: `visit` is the same then. */
const joined = (visit: string | undefined) => (visit === undefined ? undefined : { merge: visit });

export const changeRecipe = (values: RecipeValues, visit?: string) =>
  void attemptOnDocument((d) => recipeEdit(d, recipeNow().recipe, values), joined(visit));

export function resizeEdit(document: StemmaDocument, shape: readonly number[]): Edit {
  const input = inputOf(document);
  if (!input) return { label: 'Resize the input', changes: [] };
  return { ...setParams(document, input.id, { shape }), label: `Resize the input to ${shape.join(' × ')}` };
}

export const resizeInput = (shape: readonly number[], visit: string) =>
  void attemptOnDocument((d) => resizeEdit(d, shape), joined(visit));

/** The input that a preset wants: its size, the drawing's channels. */
export const presetShape = (document: StemmaDocument, name: PresetName): readonly number[] => {
  const size = presets[name].size ?? 32;
  return [size, size, inputOf(document)?.shape[2] ?? 1];
};

/** A preset as one entry of the history: the recipe, and the input in its size. */
export function presetEdit(
  document: StemmaDocument,
  name: PresetName,
  datasets: readonly DatasetInfo[] | null,
): Edit {
  const given = name === 'quick' ? { ...beginning(datasets), ...chosenData(document) } : presets[name];
  const recipe = parseParams(recipeSchema, given).value;
  return chain(document, `Recipe: ${name === 'quick' ? 'Quick look' : 'As in the book'}`, [
    (d) => recipeEdit(d, recipe),
    (d) => resizeEdit(d, presetShape(d, name)),
  ]);
}

const chosenData = ({ recipe: { data } }: StemmaDocument) =>
  data === undefined ? {} : { data: data as Recipe['data'] };

/** Which preset a recipe is, its data and size aside; undefined: one's own. */
export function presetOf(recipe: Recipe): PresetName | undefined {
  return (['quick', 'book'] as const).find((name) => {
    const whole = parseParams(recipeSchema, presets[name]).value;
    return (Object.keys(whole) as (keyof Recipe)[]).every(
      (key) =>
        key === 'size' ||
        key === 'seed' ||
        (key === 'data' && name === 'quick') ||
        whole[key] === recipe[key],
    );
  });
}
