/** Warnings that looks inside the network give. */
import { type NamedWeight, weightsOf } from '../network/network.ts';
import { type Course, knowsNothing, meanOf, type TrainingWarning, type WarningFix } from './course.ts';
import type { Look } from './telemetry.ts';

/** Gradient beside the length of the weight: within 1/that many plain steps at rate 1 the weight is another one. */
const EXPLODING = 2;
const VANISHING = 1e-4;
/** Share of the kernels that must show it. */
const MANY = 0.25;
/** Share of the loss of a network that knows nothing, below which it has learned: then gradients may be small. */
const LEARNED = 0.7;
/** Share of a ReLU's channels. */
const DEAD = 0.5;
const FEWEST_DEAD = 3;

const middle = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const figure = (value: number) => (value === 0 ? '0' : Number(value.toPrecision(2)).toString());
const percent = (share: number) => `${Math.round(100 * share)} %`;
const nodeOf = (path: string) => path.slice(0, path.lastIndexOf('/'));

/** The last two looks: one alone may be chance. */
const lastTwo = ({ looks }: Course): readonly Look[] => (looks.length < 2 ? [] : looks.slice(-2));

interface Pull {
  readonly path: string;
  /** Gradient beside weight; NaN where either was no number. */
  readonly pull: number;
}

const kernelsOf = ({ network }: Course): readonly NamedWeight[] =>
  weightsOf(network).filter(({ name, trainable }) => name === 'kernel' && trainable);

function pullsIn(look: Look, kernels: readonly NamedWeight[]): Pull[] {
  return kernels.flatMap(({ path }) => {
    const seen = look.weights[path];
    if (!seen || seen.norm === 0) return [];
    return [{ path, pull: (seen.gradient ?? Number.NaN) / (seen.norm ?? Number.NaN) }];
  });
}

const hasSkips = ({ network }: Course) => network.layers.some(({ op }) => op === 'add');
const hasNorm = ({ network }: Course) =>
  network.layers.some(({ op }) => op === 'batchNorm' || op === 'layerNorm');

/** Skips are the cure of depth (He et al. 2015), where the drawing has none. */
const skips = (course: Course): readonly WarningFix[] =>
  hasSkips(course) ? [] : [{ title: 'Give its blocks their skips', drawing: 'residual' }];

export function explodingGradients(course: Course): TrainingWarning | undefined {
  const kernels = kernelsOf(course);
  const { losses, looks } = course;
  // At the first step alone it is a matter of the drawing, and matters while the loss has not fallen.
  const stuck = meanOf(losses, losses.length - 10, losses.length) > LEARNED * knowsNothing(course);
  const begun = stuck ? looks.slice(0, 1).map((look) => pullsIn(look, kernels)) : [];
  const now = lastTwo(course).map((look) => pullsIn(look, kernels));
  const shows = (pulls: readonly Pull[]) => {
    const lost = pulls.filter(({ pull }) => Number.isNaN(pull));
    return lost.length > 0 || middle(pulls.map(({ pull }) => pull)) > EXPLODING;
  };
  const all = (of: readonly Pull[][]) =>
    of.length > 0 && of.every((pulls) => pulls.length > 0 && shows(pulls));
  const last = all(now) ? now[1] : all(begun) ? begun[0] : undefined;
  if (!last) return undefined;
  const worst = last.reduce((a, b) => (Number.isNaN(b.pull) || b.pull > a.pull ? b : a));
  const length = Number.isNaN(worst.pull)
    ? 'is no number any more'
    : `is ${figure(worst.pull)} times as long as the weights`;
  const { clipNorm, learningRate } = course.recipe;
  return {
    code: 'gradients/exploding',
    title: `Gradients explode, most of all in ${nodeOf(worst.path)}.`,
    evidence: `${last === begun[0] ? 'At the first step the' : 'The'} gradient of ${worst.path} ${length}; in the middle of all kernels it is ${figure(middle(last.map(({ pull }) => pull)))} times. Usual is below 1.`,
    why: 'Going back through many layers the gradient grows with each, so that a step throws the weights about. Skips keep it level; clipping shortens it; a lower learning rate makes the step bearable.',
    path: worst.path,
    fixes: [
      ...skips(course),
      ...(clipNorm === 0 ? [{ title: 'Clip gradients to length 1', recipe: { clipNorm: 1 } }] : []),
      { title: `Learning rate ${figure(learningRate / 10)}`, recipe: { learningRate: learningRate / 10 } },
    ],
  };
}

export function vanishingGradients(course: Course): TrainingWarning | undefined {
  const { losses, looks } = course;
  // Behind a ReLU that is dead as a whole nothing learns, and that is said of it.
  if (Object.values(looks.at(-1)?.activations ?? {}).some(({ dead }) => dead === 1)) return undefined;
  if (meanOf(losses, losses.length - 10, losses.length) < LEARNED * knowsNothing(course)) return undefined;
  const kernels = kernelsOf(course);
  const seen = lastTwo(course).map((look) =>
    pullsIn(look, kernels).filter(({ pull }) => !Number.isNaN(pull)),
  );
  const small = (pulls: readonly Pull[]) => pulls.filter(({ pull }) => pull < VANISHING);
  if (
    seen.length < 2 ||
    !seen.every((pulls) => pulls.length > 0 && small(pulls).length >= MANY * pulls.length)
  )
    return undefined;
  const last = seen[1] as Pull[];
  const least = last.reduce((a, b) => (b.pull < a.pull ? b : a));
  return {
    code: 'gradients/vanishing',
    title: `Gradients vanish, most of all in ${nodeOf(least.path)}.`,
    evidence: `The gradient of ${least.path} is ${figure(least.pull)} of the length of its weights; ${small(last).length} of ${last.length} kernels get less than ${VANISHING}. Usual is 0.01 to 1.`,
    why: 'Going back through many layers the gradient shrinks with each, so that the layers it comes to late hardly learn. Skips carry it past the layers; batch norm and ReLU keep each of them from shrinking it.',
    path: least.path,
    fixes: hasSkips(course) && hasNorm(course) ? [] : skips(course),
  };
}

export function deadUnits(course: Course): TrainingWarning | undefined {
  const [before, last] = lastTwo(course);
  if (!before || !last) return undefined;
  const channels = new Map(course.network.layers.map(({ path, shape }) => [path, shape.at(-1) as number]));
  const found = Object.entries(last.activations).flatMap(([path, { dead }]) => {
    const share = Math.min(dead ?? 0, before.activations[path]?.dead ?? 0);
    const count = Math.round(share * (channels.get(path) ?? 0));
    return share >= DEAD && count >= FEWEST_DEAD ? [{ path, share, count }] : [];
  });
  const [first, ...others] = found.sort((a, b) => b.share - a.share);
  if (!first) return undefined;
  const { learningRate } = course.recipe;
  return {
    code: 'units/dead',
    title: `${percent(first.share)} of the units of ${first.path} are dead.`,
    evidence: `${first.count} of ${channels.get(first.path)} channels gave 0 for two whole batches${others.length > 0 ? `; so do half or more in ${others.length} other ReLU${others.length > 1 ? 's' : ''}` : ''}.`,
    why: 'A ReLU that gives 0 for every picture gets no gradient, and so it stays. Most often a step that was too long pushed its bias far below 0. A lower learning rate keeps units alive; leaky ReLU revives them.',
    path: first.path,
    fixes: [
      { title: `Learning rate ${figure(learningRate / 3)}`, recipe: { learningRate: learningRate / 3 } },
    ],
  };
}
