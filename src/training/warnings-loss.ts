/** Warnings that the loss in training gives. */
import { weightsOf } from '../network/network.ts';
import { type Course, knowsNothing, meanOf, type TrainingWarning } from './course.ts';
import type { Look } from './telemetry.ts';

/** Loss beside that of its first steps and of knowing nothing. */
const DIVERGED = 3;
/** How long it is remembered. */
const PEAK_STEPS = 200;
/** Above how much of a weight's length a step is too long, where the loss does not fall. */
const LONG_STEP = 0.03;
const SHORT_STEP = 3e-5;
/** A single step that makes other weights of them. */
const THROWN = 0.3;
/** Share of the loss of a network that knows nothing, below which it has learned. */
const LEARNED = 0.7;
/** What a falling loss falls by at least, over so many steps. */
const FALLS = 0.02;
const FLAT_STEPS = 60;
/** How near to knowing nothing, and after how many steps a network that can learn has left it. */
const NEAR = 0.05;
const SHUFFLED_STEPS = 90;

const figure = (value: number) => Number(value.toPrecision(2)).toString();
const moved = (ratio: number) =>
  ratio < 1
    ? `moves the weights by ${figure(100 * ratio)} % of their length, where 0.1 % is usual`
    : 'moves the weights further than their length';
const loss = (value: number) => (Number.isFinite(value) ? value.toPrecision(3) : 'no number');

/** In the middle of all kernels: how far a step moves a weight, beside its length. */
export function updateRatio(look: Look | undefined, { network }: Course): number | undefined {
  const ratios = weightsOf(network).flatMap(({ name, path }) => {
    const seen = name === 'kernel' ? look?.weights[path] : undefined;
    return seen?.update != null && seen.norm ? [seen.update / seen.norm] : [];
  });
  return ratios.sort((a, b) => a - b)[Math.floor(ratios.length / 2)];
}

const afterWarmup = ({ losses, recipe }: Course) => losses.length - recipe.warmup;
const fellBy = ({ losses }: Course, over: number) => {
  const end = losses.length;
  const part = Math.floor(over / 3);
  return 1 - meanOf(losses, end - part, end) / meanOf(losses, end - over, end - over + part);
};

/** The largest mean of five steps among the last ones. */
function peakOf(losses: ArrayLike<number>, steps: number): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let end = losses.length; end >= Math.max(5, losses.length - steps); end--)
    most = Math.max(most, meanOf(losses, end - 5, end));
  return most;
}

export function lossDiverges(course: Course): TrainingWarning | undefined {
  const { losses, recipe, looks } = course;
  const count = losses.length;
  if (count < 3) return undefined;
  const last = losses[count - 1] as number;
  const recent = meanOf(losses, count - 5, count);
  const begun = Math.max(meanOf(losses, 0, 3), knowsNothing(course));
  const peak = peakOf(losses, PEAK_STEPS);
  const diverges = !Number.isFinite(last) || (peak > DIVERGED * begun && recent > 1.1 * knowsNothing(course));
  const ratios = looks.flatMap((look) => updateRatio(look, course) ?? []);
  const [now, longest] = [ratios.at(-1) ?? 0, Math.max(0, ...ratios)];
  const long = now > LONG_STEP && count >= 30 && fellBy(course, 30) < FALLS;
  const thrown = longest > THROWN;
  if (!diverges && !((long || thrown) && recent > LEARNED * knowsNothing(course))) return undefined;
  const { learningRate, warmup } = recipe;
  return {
    code: 'rate/high',
    title: diverges
      ? 'The loss runs away: the learning rate is too high.'
      : 'Steps are too long for the loss to fall.',
    evidence: `Loss ${loss(losses[0] as number)} at the first step, ${loss(Number.isFinite(last) ? recent : last)} now, at learning rate ${figure(learningRate)}${ratios.length === 0 ? '' : `; a step ${moved(thrown ? longest : now)}`}.`,
    why: 'A step that is longer than the way down to the valley lands higher up on the other side, and the next is longer still.',
    fixes: [
      { title: `Learning rate ${figure(learningRate / 10)}`, recipe: { learningRate: learningRate / 10 } },
      ...(warmup === 0 ? [{ title: 'Warm up over 100 steps', recipe: { warmup: 100 } }] : []),
    ],
  };
}

export function rateTooLow(course: Course): TrainingWarning | undefined {
  const { looks, recipe, losses } = course;
  if (afterWarmup(course) < FLAT_STEPS || fellBy(course, FLAT_STEPS) > FALLS) return undefined;
  const ratios = looks.slice(-2).map((look) => updateRatio(look, course));
  if (ratios.length < 2 || !ratios.every((ratio) => ratio !== undefined && ratio < SHORT_STEP))
    return undefined;
  // What has learned all there is to learn may rest; so may a schedule at its end.
  if (meanOf(losses, losses.length - 10, losses.length) < 0.5 * knowsNothing(course)) return undefined;
  const { learningRate } = recipe;
  return {
    code: 'rate/low',
    title: 'The network hardly moves: the learning rate is too low.',
    evidence: `A step moves the weights by ${figure(100 * (ratios[1] as number))} % of their length, where 0.1 % is usual, and the loss fell by less than ${100 * FALLS} % in ${FLAT_STEPS} steps.`,
    why: 'Steps this short would take many thousands to get anywhere. A rate is about right where it is a few times smaller than the one at which the loss begins to jump.',
    fixes: [
      { title: `Learning rate ${figure(learningRate * 10)}`, recipe: { learningRate: learningRate * 10 } },
    ],
  };
}

/** It steps as a network that learns does, and knows nothing all the same. */
export function shuffledLabels(course: Course): TrainingWarning | undefined {
  const { losses, accuracies, looks } = course;
  const nothing = knowsNothing(course);
  if (afterWarmup(course) < SHUFFLED_STEPS) return undefined;
  const count = losses.length;
  const recent = meanOf(losses, count - 60, count);
  const right = meanOf(accuracies, count - 60, count);
  const chance = Math.exp(-nothing);
  if (Math.abs(recent - nothing) > NEAR * nothing || right > chance + 0.1) return undefined;
  const ratio = updateRatio(looks.at(-1), course);
  if (ratio === undefined || ratio < SHORT_STEP || ratio > LONG_STEP) return undefined;
  return {
    code: 'labels/shuffled',
    title: 'It learns nothing of the pictures: the labels look shuffled.',
    evidence: `After ${count} steps the loss is ${loss(recent)}, that of guessing (ln ${Math.round(1 / chance)} = ${loss(nothing)}), and ${Math.round(100 * right)} % are right, though gradients come through and steps are of usual length.`,
    why: 'A network that is well and learns nothing finds nothing that goes with the labels. Look at the training pictures: does each show what its label says? A list of labels that is one off, or sorted otherwise than the pictures, looks like this.',
    fixes: [],
  };
}
