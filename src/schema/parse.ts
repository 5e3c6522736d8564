import type { ParamSchema, ParamValue, Values } from './params.ts';

export interface ParamProblem {
  readonly key: string;
  /** There is no such parameter; otherwise its value does not fit, and its default is used. */
  readonly unknown: boolean;
  readonly expected: string;
  readonly received: string;
}

/** A value as it may stand in a sentence: short, and honest about NaN and absent. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value);
  return text === undefined ? typeof value : text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** Edits that turn one word into another: Levenshtein 1966. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, swap));
    }
    row = next;
  }
  return row[b.length] as number;
}

/** The word that was probably meant; undefined where none is near. */
export function nearest(words: readonly string[], given: string): string | undefined {
  const short = given.slice(0, 64).toLowerCase();
  const [best] = words
    .map((word) => ({ word, apart: distance(short, word.toLowerCase()) }))
    .sort((a, b) => a.apart - b.apart);
  return best && best.apart <= Math.max(2, given.length / 3) ? best.word : undefined;
}

function expectedKeys(keys: readonly string[], given: string): string {
  if (keys.length === 0) return 'no parameters';
  const meant = nearest(keys, given);
  return meant ? `'${meant}', perhaps; there are ${keys.join(', ')}` : `one of ${keys.join(', ')}`;
}

/**
 * Reads raw parameters under a schema. Never throws: a value that does not fit is replaced by its default and told
 * as a problem, so that everything downstream still has something to work with. Unknown keys are problems too.
 */
export function parseParams<P extends ParamSchema>(
  schema: P,
  raw: Readonly<Record<string, unknown>>,
): { value: Values<P>; problems: readonly ParamProblem[] } {
  const value: Record<string, ParamValue> = {};
  const problems: ParamProblem[] = [];
  for (const key in schema) {
    const kind = schema[key] as ParamSchema[string];
    if (!Object.hasOwn(raw, key)) {
      value[key] = kind.default;
      continue;
    }
    const parsed = kind.parse(raw[key]);
    if (parsed.ok) value[key] = parsed.value;
    else {
      value[key] = kind.default;
      problems.push({ key, unknown: false, expected: parsed.expected, received: show(raw[key]) });
    }
  }
  for (const key of Object.keys(raw)) {
    if (!Object.hasOwn(schema, key))
      problems.push({
        key,
        unknown: true,
        expected: expectedKeys(Object.keys(schema), key),
        received: show(key),
      });
  }
  return { value: value as Values<P>, problems };
}

/** The defaults of a schema. */
export function defaultsOf<P extends ParamSchema>(schema: P): Values<P> {
  return parseParams(schema, {}).value;
}
