/** How the recipe's fields stand together in the form, and what a folded group says of itself. */
import type { Recipe } from '../../src/recipe/recipe.ts';

/** Data and size have controls of their own. */
export type FieldName = Exclude<keyof Recipe, 'data' | 'size'>;

export const titles: Readonly<Record<FieldName, string>> = {
  batch: 'Batch',
  epochs: 'Epochs',
  limit: 'Pictures at most',
  learningRate: 'Learning rate',
  optimizer: 'Optimiser',
  validation: 'Held out',
  validateEvery: 'Look at them every',
  momentum: 'Momentum',
  weightDecay: 'Weight decay',
  clipNorm: 'Clip gradients to',
  schedule: 'Schedule',
  warmup: 'Warm-up steps',
  seed: 'Seed',
  standardise: 'Standardise pictures',
  flip: 'Flip',
  crop: 'Move by up to',
  cutout: 'Cut-out side',
  mixup: 'Mixup',
  labelSmoothing: 'Label smoothing',
  classWeights: 'Class weights',
  ema: 'Average of weights',
  earlyStop: 'Stop early after',
  minImprovement: 'Least improvement',
  keepBest: 'Best to keep',
  checkpointEvery: 'Checkpoint every',
  observeEvery: 'Look inside every',
};

export const common: readonly FieldName[] = ['batch', 'epochs', 'limit', 'learningRate', 'optimizer'];

export interface Group {
  readonly title: string;
  readonly about?: string;
  readonly fields: readonly FieldName[];
}

export const groups: readonly Group[] = [
  { title: 'More', fields: ['validation', 'validateEvery', 'schedule', 'warmup', 'momentum', 'seed'] },
  {
    title: 'Picture changes',
    about:
      'Training pictures change anew each epoch, so that the network learns what they show, not their pixels.',
    fields: ['standardise', 'flip', 'crop', 'cutout', 'mixup'],
  },
  {
    title: 'Regularisation',
    about: 'What keeps a network from learning its training pictures by heart.',
    fields: ['weightDecay', 'clipNorm', 'labelSmoothing', 'classWeights', 'ema'],
  },
  {
    title: 'Stopping and keeping',
    about: 'When training ends, and which weights are kept of it.',
    fields: ['earlyStop', 'minImprovement', 'keepBest', 'checkpointEvery', 'observeEvery'],
  },
];

/** What is not as it is by default, in words, as 'flip, cut-out side 8'; '' where all is. */
export function changedWords(
  fields: readonly FieldName[],
  recipe: Recipe,
  defaults: Pick<Recipe, FieldName>,
): string {
  const words = fields.flatMap((name) => {
    const [value, title] = [recipe[name], titles[name].toLowerCase()];
    if (value === defaults[name]) return [];
    if (typeof value === 'boolean')
      return [value ? title : `no ${title.replace('standardise', 'standardised')}`];
    return [`${title} ${value}`];
  });
  return words.join(', ');
}
