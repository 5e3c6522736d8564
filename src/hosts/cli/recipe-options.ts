/** A recipe from the command line: a preset, what the drawing says, and single options above both. */
import { AppError } from '../../base/errors.ts';
import { completeRecipe, presets, type Recipe, recipeSchema } from '../../recipe/recipe.ts';
import { numberOption, type Options, stringOption } from './arguments.ts';

/** Recipe fields by the names of their options. */
const recipeNumbers = {
  size: 'size',
  batch: 'batch',
  epochs: 'epochs',
  limit: 'limit',
  lr: 'learningRate',
  momentum: 'momentum',
  'weight-decay': 'weightDecay',
  'clip-norm': 'clipNorm',
  validation: 'validation',
  'validate-every': 'validateEvery',
  warmup: 'warmup',
  seed: 'seed',
  crop: 'crop',
  cutout: 'cutout',
  mixup: 'mixup',
  'label-smoothing': 'labelSmoothing',
  ema: 'ema',
  'early-stop': 'earlyStop',
  'min-improvement': 'minImprovement',
  'keep-best': 'keepBest',
  'checkpoint-every': 'checkpointEvery',
  'observe-every': 'observeEvery',
} as const;
const recipeTexts = {
  data: 'data',
  optimizer: 'optimizer',
  schedule: 'schedule',
  'class-weights': 'classWeights',
} as const;
/** Given, they are true. */
const recipeFlags = { flip: 'flip' } as const;
/** Every option that is a field of the recipe. */
export const recipeOptions = { ...recipeNumbers, ...recipeTexts, ...recipeFlags } as const;

/** What the options say of it, and no more. @throws AppError for what is no number */
export function recipeGiven(options: Options): Record<string, number | string | boolean> {
  const given: Record<string, number | string | boolean> = {};
  for (const [option, field] of Object.entries(recipeNumbers)) {
    const value = numberOption(options, option as keyof typeof recipeNumbers);
    if (value !== undefined) given[field] = value;
  }
  for (const [option, field] of Object.entries(recipeTexts)) {
    const value = stringOption(options, option as keyof typeof recipeTexts);
    if (value !== undefined) given[field] = value;
  }
  for (const [option, field] of Object.entries(recipeFlags))
    if (options[option as keyof typeof recipeFlags] === true) given[field] = true;
  return given;
}

/** @throws AppError naming the field, what was expected and received */
export function recipeFrom(options: Options, stored: Readonly<Record<string, unknown>>): Recipe {
  const preset = stringOption(options, 'recipe') ?? 'quick';
  if (!Object.hasOwn(presets, preset))
    throw new AppError('recipe/unknown', `There is no recipe '${preset}'.`, {
      hint: `Recipes: ${Object.keys(presets).join(', ')}.`,
    });
  const given: Record<string, unknown> = { ...presets[preset as keyof typeof presets] };
  // What the drawing says about its training goes before the preset, unless a preset is asked for.
  if (!options.recipe)
    for (const key of Object.keys(recipeSchema)) if (Object.hasOwn(stored, key)) given[key] = stored[key];
  return completeRecipe({ ...given, ...recipeGiven(options) });
}
