/** How fast a training goes, and what is left of it. */
import type { Recipe } from '../recipe/recipe.ts';
import type { StepMetric } from '../training/metric.ts';
import type { StepPace } from './contract.ts';

const RECENT = 20;

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

export interface Course {
  readonly recipe: Pick<Recipe, 'batch' | 'validateEvery'>;
  readonly steps: number;
  readonly stepsPerEpoch: number;
  readonly testCount: number;
  /** Steps that were done before: of a run that goes on. */
  readonly done: number;
}

/** Looks at the held-out pictures in so many steps. */
export function looks(
  { recipe: { validateEvery }, stepsPerEpoch }: Pick<Course, 'recipe' | 'stepsPerEpoch'>,
  steps: number,
): number {
  const times = (every: number) => Math.floor(steps / every);
  if (validateEvery === 0) return times(stepsPerEpoch);
  const both = (validateEvery * stepsPerEpoch) / gcd(validateEvery, stepsPerEpoch);
  return times(stepsPerEpoch) + times(validateEvery) - times(both);
}

/** What a step took; what is not known is absent. */
type Taken = Pick<StepMetric, 'durationMs' | 'waitMs' | 'updateMs'>;

/** Undefined where one of them is not known. */
function mean(values: readonly (number | undefined)[]): number | undefined {
  if (values.length === 0) return undefined;
  let sum = 0;
  for (const value of values) {
    if (value === undefined) return undefined;
    sum += value;
  }
  return sum / values.length;
}

export class Pace {
  readonly #course: Course;
  readonly #recent: Taken[] = [];
  #done: number;
  /** Of one look at the held-out pictures, and of one picture in it. */
  #look: { readonly ms: number; readonly pictureMs: number } | undefined;

  constructor(course: Course) {
    this.#course = course;
    this.#done = course.done;
  }

  step(taken: Taken): void {
    this.#done++;
    // The first compiles and allocates: it says nothing about the others.
    if (this.#done === this.#course.done + 2) this.#recent.length = 0;
    this.#recent.push(taken);
    if (this.#recent.length > RECENT) this.#recent.shift();
  }

  judged(durationMs: number, pictures: number): void {
    this.#look = { ms: durationMs, pictureMs: durationMs / pictures };
  }

  get #stepMs(): number | null {
    return mean(this.#recent.map((taken) => taken.durationMs)) ?? null;
  }

  /** Means of the last steps. */
  get split(): StepPace | null {
    const stepMs = this.#stepMs;
    if (stepMs === null) return null;
    const waitMs = mean(this.#recent.map((taken) => taken.waitMs)) ?? null;
    const updateMs = mean(this.#recent.map((taken) => taken.updateMs)) ?? null;
    return { stepMs, waitMs, updateMs };
  }

  get imagesPerSecond(): number | null {
    const ms = this.#stepMs;
    return ms === null ? null : (this.#course.recipe.batch * 1000) / ms;
  }

  /** Evaluations count once one was seen. */
  get secondsLeft(): number | null {
    const ms = this.#stepMs;
    if (ms === null) return null;
    const { steps, testCount } = this.#course;
    const left = looks(this.#course, steps) - looks(this.#course, this.#done);
    const evaluations = this.#look ? left * this.#look.ms + testCount * this.#look.pictureMs : 0;
    return ((steps - this.#done) * ms + evaluations) / 1000;
  }
}
