import type { ParamSchema, ParamValue, Values } from './params.ts';

export interface ParamProblem {
  readonly key: string;
  readonly expected: string;
  readonly received: string;
}

/** A value as it may stand in a sentence: short, and honest about NaN and absent. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value);
  return text === undefined ? typeof value : text.length > 60 ? `${text.slice(0, 57)}…` : text;
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
      problems.push({ key, expected: parsed.expected, received: show(raw[key]) });
    }
  }
  for (const key of Object.keys(raw)) {
    if (!Object.hasOwn(schema, key))
      problems.push({
        key,
        expected: `one of ${Object.keys(schema).join(', ') || 'no parameters'}`,
        received: show(key),
      });
  }
  return { value: value as Values<P>, problems };
}

/** The defaults of a schema. */
export function defaultsOf<P extends ParamSchema>(schema: P): Values<P> {
  return parseParams(schema, {}).value;
}
