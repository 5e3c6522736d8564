/** How a network is trained: data, size, batch, optimiser, schedule. */
import { AppError } from '../base/errors.ts';
import { bool, choice, int, number, type ParamSchema, text, type Values } from '../schema/params.ts';
import { parseParams } from '../schema/parse.ts';
import { keepingFields, pictureFields, regularisationFields } from './fields.ts';

export const recipeSchema = {
  data: text({ max: 100, default: 'fashion-mnist', help: 'Which pictures: the id of a data set.' }),
  size: int({ min: 8, max: 1024, default: 32, help: 'Height and width to which pictures are resized.' }),
  batch: int({ min: 1, max: 4096, default: 32, help: 'Pictures a step.' }),
  epochs: int({ min: 1, max: 10_000, default: 1, help: 'How often every picture is seen.' }),
  limit: int({ min: 0, default: 0, help: 'Only so many training pictures, chosen by the seed; 0: all.' }),
  validation: number({
    min: 0,
    max: 0.9,
    default: 0,
    help: 'Share of the training pictures that is held out and judged while it trains.',
  }),
  validateEvery: int({
    min: 0,
    max: 1_000_000,
    default: 0,
    help: 'Steps between two looks at the held-out pictures, beside the one after each epoch; 0: only that.',
  }),
  learningRate: number({ min: 0, max: 100, default: 0.01, help: 'Length of a step.' }),
  optimizer: choice({
    options: ['sgd', 'momentum', 'nesterov', 'adam', 'adamw'],
    default: 'momentum',
    help: 'How gradients become steps, as torch.optim defines them.',
  }),
  momentum: number({
    min: 0,
    max: 0.9999,
    default: 0.9,
    help: 'Share of the last step kept (momentum, nesterov).',
  }),
  weightDecay: number({ min: 0, max: 1, default: 0, help: 'Pull of all weights towards zero.' }),
  clipNorm: number({
    min: 0,
    max: 1_000_000,
    default: 0,
    help: 'Gradients longer than this, all weights together, are shortened to it; 0: never.',
  }),
  schedule: choice({
    options: ['constant', 'cosine', 'step'],
    default: 'constant',
    help: 'cosine: falls to zero over the run; step: a tenth after each third.',
  }),
  warmup: int({
    min: 0,
    max: 1_000_000,
    default: 0,
    help: 'Steps over which the learning rate rises from zero.',
  }),
  seed: int({ min: 0, max: 2 ** 31 - 1, default: 1, help: 'What all randomness depends on.' }),
  standardise: bool({ default: true, help: 'Bring pictures to mean 0 and spread 1, instead of [0, 1].' }),
  ...pictureFields,
  ...regularisationFields,
  ...keepingFields,
} as const satisfies ParamSchema;

export type Recipe = Values<typeof recipeSchema>;

/** "quick" shows learning within a minute; "book" is d2l's own setting, plain SGD on all of Fashion-MNIST. */
export const presets: Readonly<Record<'quick' | 'book', Partial<Recipe>>> = {
  quick: {
    size: 32,
    batch: 32,
    epochs: 1,
    limit: 3200,
    validation: 0.1,
    validateEvery: 25,
    learningRate: 0.005,
    optimizer: 'momentum',
    warmup: 20,
    schedule: 'cosine',
  },
  book: {
    data: 'fashion-mnist',
    size: 96,
    batch: 128,
    epochs: 10,
    learningRate: 0.01,
    optimizer: 'sgd',
    standardise: false,
  },
};

/** @throws AppError with the field, what was expected and received */
export function completeRecipe(given: Readonly<Record<string, unknown>>): Recipe {
  const { value, problems } = parseParams(recipeSchema, given);
  const [problem] = problems;
  if (problem)
    throw new AppError(
      'recipe/invalid',
      `Recipe: ${problem.key}: expected ${problem.expected}, received ${problem.received}.`,
    );
  return value;
}

/** Learning rate at a step (0 is the first) of a run of so many. Loshchilov & Hutter 2016 for cosine. */
export function learningRateAt(recipe: Recipe, step: number, steps: number): number {
  const { learningRate, schedule, warmup } = recipe;
  if (step < warmup) return (learningRate * (step + 1)) / warmup;
  const share = (step - warmup) / Math.max(1, steps - warmup);
  if (schedule === 'cosine') return (learningRate * (1 + Math.cos(Math.PI * share))) / 2;
  if (schedule === 'step') return learningRate * 0.1 ** Math.floor(share * 3);
  return learningRate;
}
