/** The course of the run that is shown, as warnings want it, and which of them the person has put away. */
import { create } from 'zustand';
import { isPlain, setPlain } from '../../src/document/plain.ts';
import { networkOf } from '../../src/lower/index.ts';
import type { Network } from '../../src/network/network.ts';
import { recipeSchema } from '../../src/recipe/recipe.ts';
import { parseParams } from '../../src/schema/parse.ts';
import type { RunEnd } from '../../src/services/contract.ts';
import type { Course, WarningFix } from '../../src/training/course.ts';
import type { Look } from '../../src/training/telemetry.ts';
import { parseDrawing } from '../files/actions.ts';
import { attemptOnDocument, documentNow } from '../state/editor.ts';
import { changeRecipe } from '../training/recipe.ts';
import type { Series } from '../training/series.ts';
import { say } from '../ui/toasts.tsx';

/** Keys of put away warnings: 'RUN CODE'. */
export const useDismissed = create<{ readonly keys: ReadonlySet<string> }>(() => ({ keys: new Set() }));

export const dismiss = (run: string, code: string) =>
  useDismissed.setState(({ keys }) => ({ keys: new Set([...keys, `${run} ${code}`]) }));

/** Undefined where the drawing is no whole network: then nothing can be said. */
export function networkOfText(document: string, title: string): Network | undefined {
  try {
    return networkOf(parseDrawing(document, title));
  } catch {
    return undefined;
  }
}

/** A step whose loss was no number is not told; the end of its run is. */
const endedWithoutNumbers = (end: Pick<RunEnd, 'state' | 'reason'> | null) =>
  end?.state === 'failed' &&
  /became (NaN|-?Infinity)|is (NaN|-?Infinity)|no numbers any more/.test(end.reason);

interface Seen {
  readonly series: Series;
  readonly looks: readonly Look[];
  readonly recipe: Readonly<Record<string, unknown>>;
  readonly network: Network;
  readonly end: Pick<RunEnd, 'state' | 'reason'> | null;
}

export function courseOf({ series, looks, recipe, network, end }: Seen): Course {
  const { train, validation } = series;
  const losses = train.loss.values;
  return {
    losses: endedWithoutNumbers(end) ? Float64Array.of(...losses.slice(-10_000), Number.NaN) : losses,
    accuracies: train.accuracy.values,
    validation: Array.from(validation.step.values, (step, i) => ({
      step: step - 1,
      loss: validation.loss.values[i] as number,
    })),
    ...{ looks, network, recipe: parseParams(recipeSchema, recipe).value },
  };
}

/** Whether the open drawing has what the fix changes. */
export const canFix = (fix: WarningFix): boolean => !('drawing' in fix) || isPlain(documentNow());

/** In the open drawing, as an entry of its history. */
export function applyFix(fix: WarningFix): void {
  if ('drawing' in fix) attemptOnDocument((document) => setPlain(document, false));
  else changeRecipe(fix.recipe);
  say({
    kind: 'good',
    text: `${fix.title}: done in the open drawing.`,
    hint: 'Start again to see what it does. Undo takes it back.',
  });
}
