/** What stands in the way of a training, before it is started, each with edits that mend it. */
import type { Edit } from '../../src/document/edits.ts';
import type { StemmaDocument } from '../../src/document/model.ts';
import { diagnose, errorsOf, firstFix, flatten, type Lowered } from '../../src/lower/index.ts';
import type { Network } from '../../src/network/network.ts';
import { adviceOn, checkRecipe, type RecipeFix } from '../../src/recipe/check.ts';
import { estimateMemory } from '../../src/recipe/memory.ts';
import type { Recipe } from '../../src/recipe/recipe.ts';
import type { ParamProblem } from '../../src/schema/parse.ts';
import type { DatasetInfo } from '../../src/services/contract.ts';
import type { Chosen } from '../engines/choice.ts';
import { bytes } from '../ui/format.ts';
import { inputOf, type RecipeValues, recipeEdit, resizeEdit } from './recipe.ts';

export interface CheckFix {
  readonly title: string;
  readonly edit: (document: StemmaDocument) => Edit;
}
export interface Check {
  readonly key: string;
  readonly message: string;
  readonly fixes: readonly CheckFix[];
  /** Where in the drawing. */
  readonly nodeId?: string | undefined;
  /** The data set that must be fetched. */
  readonly fetch?: DatasetInfo;
}

export interface Checked {
  readonly lowered: Lowered;
  readonly recipe: Recipe;
  readonly problems: readonly ParamProblem[];
  /** Null: not told yet. */
  readonly datasets: readonly DatasetInfo[] | null;
  /** What would train; null: not told yet. */
  readonly chosen: Chosen | null;
}

/** So many problems of the drawing are listed here; the rest is counted. */
const MAX_LISTED = 3;

/** Undefined where the drawing has errors. */
export function networkFor(lowered: Lowered): Network | undefined {
  if (lowered.document.nodes.length === 0 || errorsOf(diagnose(lowered)).length > 0) return undefined;
  return flatten(lowered);
}

/** The largest batch, halved again and again, that fits; undefined: none does. */
function fittingBatch(network: Network, recipe: Recipe, limit: number, engine: string): number | undefined {
  for (let batch = recipe.batch; batch >= 1; batch = Math.floor(batch / 2))
    if (estimateMemory(network, { ...recipe, batch }, engine) <= limit) return batch;
  return undefined;
}

export function checksOf(checked: Checked): Check[] {
  const { lowered, datasets, recipe } = checked;
  if (lowered.document.nodes.length === 0)
    return [{ key: 'empty', message: 'Nothing is drawn yet: begin with a template.', fixes: [] }];
  const data = datasets?.find((d) => d.id === recipe.data);
  const ofData = datasets ? dataChecks(checked, data) : [];
  const ofDrawing = drawingChecks(checked, data);
  const ofRecipe = ofDrawing.length === 0 ? recipeChecks(checked, data) : [];
  return [...unreadable(checked), ...ofDrawing, ...ofRecipe, ...ofData, ...engineChecks(checked)];
}

const set =
  (recipe: Recipe, values: RecipeValues): CheckFix['edit'] =>
  (d) =>
    recipeEdit(d, recipe, values);

const setting = (recipe: Recipe, { title, values }: RecipeFix): CheckFix => ({
  title,
  edit: set(recipe, values),
});

/** What does not keep it from starting, and is probably not meant. */
export function adviceOf(recipe: Recipe, data: DatasetInfo | undefined): Check[] {
  return adviceOn(recipe, data?.classes ?? []).map(({ message, fixes }) => ({
    key: message,
    message,
    fixes: fixes.map((fix) => setting(recipe, fix)),
  }));
}

function unreadable({ problems, recipe }: Checked): Check[] {
  return problems.map(({ key, expected, received, unknown }) => ({
    key: `recipe/${key}`,
    message: unknown
      ? `The recipe has no field '${key}': expected ${expected}.`
      : `Recipe: ${key}: expected ${expected}, received ${received}.`,
    fixes: [{ title: unknown ? 'Remove it' : 'Use the default', edit: (d) => recipeEdit(d, recipe) }],
  }));
}

function drawingChecks({ lowered }: Checked, data: DatasetInfo | undefined): Check[] {
  const options = { classes: data?.classes.length };
  const errors = errorsOf(diagnose(lowered, options));
  const listed = errors.slice(0, MAX_LISTED).map((error, i): Check => {
    const fix = firstFix(lowered, error, options);
    return {
      key: `drawing/${i}/${error.code}/${error.nodeId}`,
      message: error.message,
      fixes: fix ? [{ title: fix.title, edit: () => fix.edit }] : [],
      nodeId: error.nodeId,
    };
  });
  const more = errors.length - listed.length;
  if (more > 0)
    listed.push({
      key: 'drawing/more',
      message: `${more} more ${more === 1 ? 'problem' : 'problems'} in the drawing: see Problems there.`,
      fixes: [],
    });
  return listed;
}

function recipeChecks({ lowered, recipe, chosen }: Checked, data: DatasetInfo | undefined): Check[] {
  const network = networkFor(lowered);
  if (!network) return [];
  const found: Check[] = [];
  const shape = inputOf(lowered.document)?.shape ?? [];
  const wanted = data?.shape ?? [28, 28, 1];
  const facts = { classes: data?.classes.length ?? NaN, validationCount: data?.validationCount ?? 0 };
  for (const { code, message, fixes } of checkRecipe(recipe, network, facts)) {
    if (!data && code === 'classes') continue;
    const mending = code === 'input' ? [resize(wanted)] : fixes.map((fix) => setting(recipe, fix));
    found.push({ key: `recipe/${code}`, message, fixes: mending });
  }
  const [height = 1, width = 1, channels] = shape;
  if (data && shape.length === 3 && channels !== wanted[2] && !(wanted[2] === 1 && channels === 3))
    found.push({
      key: 'channels',
      message: `The pictures of ${data.title} have ${wanted[2]} channels, the input has ${channels}: expected ${wanted[2]}${wanted[2] === 1 ? ' or 3' : ''}.`,
      fixes: [resize([height, width, wanted[2]])],
    });
  const engine = chosen?.engine;
  const limit = engine?.memoryLimitBytes ?? null;
  const needed = estimateMemory(network, recipe, engine?.id);
  if (engine && limit !== null && needed > limit) {
    const batch = fittingBatch(network, recipe, limit, engine.id);
    found.push({
      key: 'memory',
      message: `A step takes about ${bytes(needed)}; ${engine.title} has ${bytes(limit)}.${batch ? '' : ' Use smaller pictures or a smaller network.'}`,
      fixes: batch ? [{ title: `Use batch ${batch}`, edit: set(recipe, { batch }) }] : [],
    });
  }
  return found;
}

const resize = (shape: readonly number[]): CheckFix => ({
  title: `Resize the input to ${shape.join(' × ')}`,
  edit: (d) => resizeEdit(d, shape),
});

/** Nothing takes the place of an engine that was asked for. */
function engineChecks({ chosen }: Checked): Check[] {
  if (!chosen || chosen.engine) return [];
  return [{ key: 'engine', message: chosen.why, fixes: [] }];
}

function dataChecks({ recipe, datasets }: Checked, data: DatasetInfo | undefined): Check[] {
  if (data?.folder) return [];
  const others = (datasets ?? []).filter((d) => d.folder !== null);
  const fixes = others.map((d) => ({
    title: `Use ${d.title}`,
    edit: set(recipe, { data: d.id as Recipe['data'] }),
  }));
  if (!data) return [{ key: 'data', message: `This Stemma has no data set '${recipe.data}'.`, fixes }];
  const message = `${data.title} is not on this machine yet.${data.fetchable ? '' : ` ${data.hint}`}`;
  return [{ key: 'data', message, fixes, ...(data.fetchable && { fetch: data }) }];
}
