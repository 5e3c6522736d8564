/** What a recipe may have beside data, batch, optimiser and schedule. Every default leaves training as it is without. */
import { bool, choice, int, number, type ParamSchema } from '../schema/params.ts';

/** Random changes of the training pictures; those that are judged stay as they are. */
export const pictureFields = {
  flip: bool({
    default: false,
    help: 'Mirrors every second picture, left to right. Not for digits or letters: a mirrored one is another sign.',
  }),
  crop: int({
    min: 0,
    max: 512,
    default: 0,
    help: 'Moves each picture by up to so many pixels each way, black where nothing was; 0: never. Usual: 4 at 32 × 32.',
  }),
  cutout: int({
    min: 0,
    max: 1024,
    default: 0,
    help: 'Covers a square of this side in each picture, anywhere, in black; 0: none. Usual: half the picture or less.',
  }),
  mixup: number({
    min: 0,
    max: 100,
    default: 0,
    help: 'Blends each picture, and its label, with another of the batch. Higher: evener blends; 0: none. Usual: 0.2.',
  }),
} as const satisfies ParamSchema;

export const regularisationFields = {
  labelSmoothing: number({
    min: 0,
    max: 0.9,
    default: 0,
    help: 'Share of each label that is spread over all classes, so that the network grows less sure. Usual: 0.1.',
  }),
  classWeights: choice({
    options: ['none', 'balanced'],
    default: 'none',
    help: 'balanced: mistakes on rare classes count more, so that all classes weigh the same.',
  }),
  ema: number({
    min: 0,
    max: 0.99999,
    default: 0,
    help: 'Keeps a moving average of the weights and uses it to judge and to export. Higher: slower; 0: none. Usual: 0.999.',
  }),
} as const satisfies ParamSchema;

/** When training ends, what is kept of it, and how often it is looked at. */
export const keepingFields = {
  earlyStop: int({
    min: 0,
    max: 1000,
    default: 0,
    help: 'Ends when the loss on the held-out pictures has not fallen for so many looks at them; 0: never.',
  }),
  minImprovement: number({
    min: 0,
    max: 100,
    default: 0,
    help: 'A loss counts as fallen where it is lower than the best by more than this.',
  }),
  keepBest: int({
    min: 0,
    max: 100,
    default: 0,
    help: 'Keeps the weights of so many looks with the lowest loss on the held-out pictures; 0: only the last.',
  }),
  checkpointEvery: int({
    min: 0,
    max: 1_000_000,
    default: 0,
    help: 'Steps between two checkpoints, beside the one after each epoch; 0: only that.',
  }),
  observeEvery: int({
    min: 0,
    max: 1_000_000,
    default: 20,
    help: 'Steps between two looks inside the layers: activations, gradients, updates; 0: never.',
  }),
} as const satisfies ParamSchema;
