/** Warnings that the recipe and the held-out pictures give. */
import { type Course, knowsNothing, meanOf, type TrainingWarning } from './course.ts';

/** Looks at the held-out pictures since the best one, and how much worse they are. */
const SINCE_BEST = 3;
const WORSE = 0.1;
/** Before, a batch norm's running statistics are those of other weights, and the held-out loss jumps. */
const STEADY_STEPS = 50;
/** Of the loss of knowing nothing: below it both losses are as good as 0. */
const MATTERS = 0.05;
/** Statistics of fewer pictures are noise: Wu & He 2018, figure 1. */
const FEW_PICTURES = 4;

export function overfitting(course: Course): TrainingWarning | undefined {
  const { losses, validation, recipe } = course;
  if (validation.length < SINCE_BEST + 1 || losses.length < STEADY_STEPS) return undefined;
  const best = validation.reduce((a, b) => (b.loss < a.loss ? b : a));
  const since = validation.filter(({ step }) => step > best.step);
  const last = validation.at(-1) as Course['validation'][0];
  const worse = Math.max((1 + WORSE) * best.loss, best.loss + MATTERS * knowsNothing(course));
  if (since.length < SINCE_BEST || !since.slice(-SINCE_BEST).every(({ loss }) => loss > worse))
    return undefined;
  const before = validation[validation.indexOf(best) - 1]?.step ?? -1;
  const window = Math.max(1, Math.min(50, best.step - before));
  const [then, now] = [best.step, last.step].map((step) => meanOf(losses, step + 1 - window, step + 1)) as [
    number,
    number,
  ];
  if (!(now < (1 - WORSE) * then)) return undefined;
  const { weightDecay, earlyStop } = recipe;
  return {
    code: 'overfitting',
    title: 'It learns its pictures by heart: on held-out ones it gets worse.',
    evidence: `Loss on held-out pictures ${best.loss.toPrecision(3)} at step ${best.step + 1}, ${last.loss.toPrecision(3)} now; in training ${then.toPrecision(3)} then, ${now.toPrecision(3)} now.`,
    why: 'It has more freedom than the pictures can pin down. More pictures help most, changed ones (flip, crop) next, then weight decay; the weights of the best look can be kept.',
    fixes: [
      ...(earlyStop === 0
        ? [
            {
              title: 'Stop early, keep the best',
              recipe: { earlyStop: 5, keepBest: Math.max(1, recipe.keepBest) },
            },
          ]
        : []),
      ...(weightDecay === 0 ? [{ title: 'Weight decay 0.0005', recipe: { weightDecay: 5e-4 } }] : []),
      ...(recipe.crop === 0 ? [{ title: 'Shift pictures by 4 pixels', recipe: { crop: 4 } }] : []),
    ],
  };
}

export function tinyBatches({ recipe: { batch }, network }: Course): TrainingWarning | undefined {
  const norm = network.layers.find(({ op }) => op === 'batchNorm');
  if (!norm || batch > FEW_PICTURES) return undefined;
  return {
    code: 'batch-norm/tiny-batch',
    title: `Batch norm sees ${batch} picture${batch === 1 ? '' : 's'} at a time.`,
    evidence: `The batch is ${batch}; ${norm.path} and all others take mean and variance of it.`,
    why: 'Mean and variance of so few pictures jump from batch to batch, and those that are kept for answering fit none of them. From 16 pictures on they are steady.',
    path: norm.path,
    fixes: [{ title: 'Batch 16', recipe: { batch: 16 } }],
  };
}
