/** Sentences of the training view. */
import type { RunEnd, TrainingPhase } from '../../src/services/contract.ts';
import { exact } from '../ui/format.ts';

export const phaseWords: Readonly<Record<TrainingPhase, string>> = {
  preparing: 'Preparing: pictures and engine',
  training: 'Training',
  paused: 'Paused',
  evaluating: 'Judging pictures',
  stopping: 'Stopping after this step',
};

export const stateWords: Readonly<Record<RunEnd['state'], string>> = {
  created: 'Created',
  running: 'Running',
  paused: 'Paused',
  finished: 'Finished',
  stopped: 'Stopped',
  failed: 'Failed',
  interrupted: 'Interrupted',
};

export const stateKind: Readonly<Record<RunEnd['state'], '' | 'good' | 'bad' | 'warn' | 'accent'>> = {
  created: 'accent',
  running: 'accent',
  paused: 'warn',
  finished: 'good',
  stopped: '',
  failed: 'bad',
  interrupted: 'warn',
};

/** 'Sneaker' as it stands in a sentence; 'T-shirt' keeps its T. */
const inside = (name: string) =>
  /^\p{Lu}\p{Ll}/u.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;

function plural(name: string): string {
  if (/(s|x|ch|sh)$/i.test(name)) return `${name}es`;
  return /[^aeiou]y$/i.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`;
}

/** '9 sneakers'; of a class that is no word: '9 pictures of 4' */
function several(count: number, name: string): string {
  if (!/^\p{L}/u.test(name)) return `${exact(count)} ${count === 1 ? 'picture' : 'pictures'} of ${name}`;
  return `${exact(count)} ${count === 1 ? name : plural(name)}`;
}

/** '9 sneakers taken for ankle boot' */
export function confusionWords(
  { classes, confusion }: { classes: readonly string[]; confusion: readonly (readonly number[])[] },
  truth: number,
  answer: number,
): string {
  const row = confusion[truth] ?? [];
  const count = row[answer] ?? 0;
  const name = inside(classes[truth] ?? `class ${truth}`);
  const total = row.reduce((a, b) => a + b, 0);
  if (truth === answer) return `${exact(count)} of ${several(total, name)} recognised`;
  const other = inside(classes[answer] ?? `class ${answer}`);
  return `${count === 0 ? 'No' : ''}${several(count, name).replace(/^0(?= )/, '')} taken for ${other}`;
}

export type WayOn =
  | { readonly kind: 'look' | 'export' | 'again' | 'resume'; readonly title: string }
  | { readonly kind: 'recipe'; readonly title: string; readonly values: Readonly<Record<string, number>> };

const look: WayOn = { kind: 'look', title: 'Look at the run' };
/** From its last checkpoint, in the same run. */
const resume: WayOn = { kind: 'resume', title: 'Go on' };

/** What a person can do after a run has ended, the likeliest first. */
export function waysOn(end: RunEnd, recipe: Readonly<Record<string, unknown>>): WayOn[] {
  const { learningRate, batch } = recipe;
  const toExport: WayOn = { kind: 'export', title: 'Export…' };
  if (end.state === 'finished') return [look, toExport];
  if (end.state === 'stopped')
    return /cancelled/i.test(end.reason) ? [resume, look] : [resume, look, toExport];
  if (/learning rate|no numbers|NaN|Infinity/.test(end.reason) && typeof learningRate === 'number') {
    const lower = Number((learningRate / 3).toPrecision(2));
    const title = `Lower the learning rate to ${lower}`;
    return [{ kind: 'recipe', title, values: { learningRate: lower } }, look];
  }
  // A trainer that is gone mentions memory only as one of its reasons, unless its last words say it.
  const [, words = end.reason] =
    /trainer is gone.*?(?:Its last words:|$)(.*)/is.exec(
      end.reason.replace('If the system ran out of memory', ''),
    ) ?? [];
  if (/memory/.test(words) && typeof batch === 'number' && batch > 1) {
    // What fits is named where the engine's memory is known.
    const named = Number(/A batch of (\d+) should fit/.exec(words)?.[1] ?? batch);
    const half = Math.floor(batch / 2);
    const [fits, title] =
      named < batch ? [named, `Use batch ${named}`] : [half, `Halve the batch to ${half}`];
    return [{ kind: 'recipe', title, values: { batch: fits } }, look];
  }
  const again: WayOn = { kind: 'again', title: 'Train again' };
  return /trainer is gone/i.test(end.reason) ? [resume, look, again] : [look, resume, again];
}

/** What happened, in one sentence. */
export function endTitle(end: RunEnd, title: string): string {
  if (end.state === 'finished') return `"${title}" is trained.`;
  if (end.state === 'stopped')
    return /hand/.test(end.reason)
      ? `Training of "${title}" was stopped; its weights are kept.`
      : `Training of "${title}" was ended.`;
  if (end.state === 'interrupted') return `Training of "${title}" was interrupted.`;
  return `Training of "${title}" failed.`;
}
