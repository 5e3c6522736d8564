/** What came of an experiment: a row for each network and seed, and what they say together. */
import { z } from 'zod';
import type { ExperimentDocument, ExperimentVariant } from './experiment.ts';

const figure = z.number().nullable();

export const resultSchema = z.looseObject({
  variant: z.string(),
  seed: z.number(),
  /** Id of the run that it made, or whose weights it began with. */
  run: z.string().nullable(),
  engine: z.string(),
  /** In words, where it gave no figures: its loss became no number. Empty otherwise. */
  failed: z.string(),
  steps: z.number(),
  /** Of its steps alone: no reading of data, no judging, no pause. */
  seconds: z.number(),
  /** What they were expected to take (`estimate.ts`), so that the next estimate is better. */
  work: z.number(),
  /** Mean over the batches of the last epoch, as the network met them; null where it was not trained or failed. */
  finalTrainLoss: figure,
  testLoss: figure,
  testAccuracy: figure,
  /** What only some kinds tell, as { suggestedRate: 0.1 }. */
  figures: z.record(z.string(), z.number()),
  /** Training loss: [steps done, mean since the point before]; of a range test [learning rate, loss]. */
  curve: z.array(z.tuple([z.number(), z.number()])),
});
export type ExperimentResult = z.infer<typeof resultSchema>;

export interface Spread {
  readonly count: number;
  readonly mean: number;
  readonly least: number;
  readonly most: number;
}

export interface VariantSummary {
  readonly variant: ExperimentVariant;
  readonly results: readonly ExperimentResult[];
  readonly failed: number;
  /** Undefined where no seed told it. */
  readonly finalTrainLoss: Spread | undefined;
  readonly testLoss: Spread | undefined;
  readonly testAccuracy: Spread | undefined;
  readonly seconds: Spread | undefined;
}

export function spreadOf(values: readonly (number | null | undefined)[]): Spread | undefined {
  const told = values.filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
  if (told.length === 0) return undefined;
  return {
    count: told.length,
    mean: told.reduce((a, b) => a + b, 0) / told.length,
    least: Math.min(...told),
    most: Math.max(...told),
  };
}

/** In the order of the variants; those without results too. */
export function summarise(
  { variants }: Pick<ExperimentDocument, 'variants'>,
  results: readonly ExperimentResult[],
): VariantSummary[] {
  return variants.map((variant) => {
    const own = results.filter((result) => result.variant === variant.id);
    const of = (key: 'finalTrainLoss' | 'testLoss' | 'testAccuracy' | 'seconds') =>
      spreadOf(own.map((result) => result[key]));
    return {
      ...{ variant, results: own, failed: own.filter(({ failed }) => failed !== '').length },
      ...{ finalTrainLoss: of('finalTrainLoss'), testLoss: of('testLoss') },
      ...{ testAccuracy: of('testAccuracy'), seconds: of('seconds') },
    };
  });
}

/** Mean of the curves at the points that all of them have, with the least and the most there. */
export function meanCurve(results: readonly ExperimentResult[]): (Spread & { readonly x: number })[] {
  const curves = results.map(({ curve }) => curve).filter((curve) => curve.length > 0);
  const length = Math.min(...curves.map((curve) => curve.length));
  if (curves.length === 0) return [];
  return Array.from({ length }, (_, i) => {
    const spread = spreadOf(curves.map((curve) => curve[i]?.[1]));
    const x = curves[0]?.[i]?.[0] ?? 0;
    return { x, ...(spread as Spread) };
  });
}

/** Losses of single steps as at most so many points. */
export class Curve {
  readonly #every: number;
  readonly #points: [number, number][] = [];
  #sum = 0;
  #count = 0;

  constructor(steps: number, points = 60) {
    this.#every = Math.max(1, Math.ceil(steps / points));
  }

  add(stepsDone: number, loss: number): void {
    this.#sum += loss;
    this.#count++;
    if (stepsDone % this.#every !== 0) return;
    this.#points.push([stepsDone, this.#sum / this.#count]);
    [this.#sum, this.#count] = [0, 0];
  }

  get points(): readonly (readonly [number, number])[] {
    return this.#points;
  }
}

/** One row a result, as programs like to read it: facts beside figures. */
export function rowsOf(
  { variants }: Pick<ExperimentDocument, 'variants'>,
  results: readonly ExperimentResult[],
): Record<string, string | number | boolean | null>[] {
  return results.map(({ variant, seed, figures, curve: _, ...rest }) => {
    const facts = variants.find(({ id }) => id === variant)?.facts ?? {};
    const { finalTrainLoss, testAccuracy, testLoss, seconds, steps, run, engine, failed } = rest;
    return {
      ...facts,
      ...{ variant, seed, finalTrainLoss, testAccuracy, testLoss, ...figures, seconds, steps, run, engine },
      ...(failed !== '' && { failed }),
    };
  });
}
