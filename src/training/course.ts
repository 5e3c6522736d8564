/** A run so far as warnings look at it, and what a warning says. */
import { layerAt, type Network } from '../network/network.ts';
import type { Recipe } from '../recipe/recipe.ts';
import type { Look } from './telemetry.ts';

/** A run so far. */
export interface Course {
  /** Of every step; NaN where it was no number. */
  readonly losses: ArrayLike<number>;
  readonly accuracies: ArrayLike<number>;
  /** Of the held-out pictures. */
  readonly validation: readonly { readonly step: number; readonly loss: number }[];
  readonly looks: readonly Look[];
  readonly recipe: Recipe;
  readonly network: Network;
}

export type WarningCode =
  | 'gradients/exploding'
  | 'gradients/vanishing'
  | 'units/dead'
  | 'rate/high'
  | 'rate/low'
  | 'overfitting'
  | 'batch-norm/tiny-batch'
  | 'labels/shuffled';

/** What a button can do about it: other values of the recipe, or the skips of the drawing's blocks. */
export type WarningFix =
  | { readonly title: string; readonly recipe: Partial<Recipe> }
  | { readonly title: string; readonly drawing: 'residual' };

export interface TrainingWarning {
  readonly code: WarningCode;
  /** What is seen, in one sentence. */
  readonly title: string;
  /** The figures that show it. */
  readonly evidence: string;
  /** Why it happens, and what helps. */
  readonly why: string;
  /** The layer or weight that shows it most. */
  readonly path?: string;
  readonly fixes: readonly WarningFix[];
}

/** Loss of a network that knows nothing, of so many classes. */
export function knowsNothing({ network }: Course): number {
  return Math.log(layerAt(network, network.output).shape.at(-1) as number);
}

/** Mean of some steps; of no steps NaN. */
export function meanOf(values: ArrayLike<number>, from: number, to: number): number {
  const [first, end] = [Math.max(0, from), Math.min(values.length, to)];
  let sum = 0;
  for (let i = first; i < end; i++) sum += values[i] as number;
  return sum / (end - first);
}
