/**
 * Parameter kinds. One declaration gives the TypeScript type, the validator, the form field and the help text.
 * Values are plain JSON, so that a document can hold them.
 */

export type ParamValue = number | boolean | string | readonly number[] | readonly (readonly number[])[];

export type Parsed<T> = { ok: true; value: T } | { ok: false; expected: string };

export interface ParamKind<T extends ParamValue = ParamValue> {
  /** Which form field shows it. */
  readonly field: 'integer' | 'number' | 'switch' | 'choice' | 'text' | 'pair' | 'list' | 'stages';
  readonly default: T;
  readonly help: string;
  /** Rarely touched: folded away in a form. */
  readonly advanced?: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly options?: readonly string[];
  parse(value: unknown): Parsed<T>;
}

export type ParamSchema = Readonly<Record<string, ParamKind>>;

export type Values<P extends ParamSchema> = {
  readonly [K in keyof P]: P[K] extends ParamKind<infer T> ? T : never;
};

interface Common<T> {
  default: T;
  help: string;
  advanced?: boolean;
}
interface Range {
  min?: number;
  max?: number;
}

/** Largest extent or count that any integer parameter takes. */
export const MAX_INT = 2 ** 24;

const isInt = (value: unknown, min: number, max: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;

export function int({ min = 0, max = MAX_INT, ...rest }: Common<number> & Range): ParamKind<number> {
  const expected = `a whole number from ${min} to ${max}`;
  return {
    field: 'integer',
    min,
    max,
    ...rest,
    parse: (value) => (isInt(value, min, max) ? { ok: true, value } : { ok: false, expected }),
  };
}

export function number({
  min = -Number.MAX_VALUE,
  max = Number.MAX_VALUE,
  ...rest
}: Common<number> & Range): ParamKind<number> {
  const bounded = min !== -Number.MAX_VALUE || max !== Number.MAX_VALUE;
  const expected = bounded ? `a number from ${min} to ${max}` : 'a finite number';
  return {
    field: 'number',
    min,
    max,
    ...rest,
    parse: (value) =>
      typeof value === 'number' && Number.isFinite(value) && value >= min && value <= max
        ? { ok: true, value }
        : { ok: false, expected },
  };
}

export function bool(options: Common<boolean>): ParamKind<boolean> {
  return {
    field: 'switch',
    ...options,
    parse: (value) =>
      typeof value === 'boolean' ? { ok: true, value } : { ok: false, expected: 'true or false' },
  };
}

export function choice<const T extends string>({
  options,
  ...rest
}: Common<NoInfer<T>> & { options: readonly T[] }): ParamKind<T> {
  return {
    field: 'choice',
    options,
    ...rest,
    parse: (value) =>
      options.includes(value as T)
        ? { ok: true, value: value as T }
        : { ok: false, expected: `one of ${options.join(', ')}` },
  };
}

/** A short text, as a name that something else looks up. */
export function text({
  max,
  ...rest
}: Common<string> & {
  max: number;
}): ParamKind<string> {
  return {
    field: 'text',
    ...rest,
    parse: (value) =>
      typeof value === 'string' && value !== '' && value.length <= max
        ? { ok: true, value }
        : { ok: false, expected: `a text of 1 to ${max} characters` },
  };
}

/** Two whole numbers [height, width]; a single number means both. */
export function pair({
  min = 1,
  max = MAX_INT,
  default: both,
  ...rest
}: Common<number | readonly [number, number]> & Range): ParamKind<readonly [number, number]> {
  const expected = `a whole number, or [height, width], from ${min} to ${max}`;
  return {
    field: 'pair',
    min,
    max,
    ...rest,
    default: typeof both === 'number' ? [both, both] : both,
    parse: (value) => {
      if (isInt(value, min, max)) return { ok: true, value: [value, value] };
      if (Array.isArray(value) && value.length === 2 && value.every((v) => isInt(v, min, max)))
        return { ok: true, value: value as unknown as readonly [number, number] };
      return { ok: false, expected };
    },
  };
}

/** A list of whole numbers, as a shape [h, w, c] or paddings [top, bottom, left, right]. */
export function intList({
  min = 0,
  max = MAX_INT,
  minLength = 1,
  maxLength = 6,
  ...rest
}: Common<readonly number[]> & Range & { minLength?: number; maxLength?: number }): ParamKind<
  readonly number[]
> {
  const length = minLength === maxLength ? `${minLength}` : `${minLength} to ${maxLength}`;
  const expected = `a list of ${length} whole numbers from ${min} to ${max}`;
  return {
    field: 'list',
    min,
    max,
    ...rest,
    parse: (value) =>
      Array.isArray(value) &&
      value.length >= minLength &&
      value.length <= maxLength &&
      value.every((v) => isInt(v, min, max))
        ? { ok: true, value: value as readonly number[] }
        : { ok: false, expected },
  };
}

/** A list of (count, filters) pairs, as ((2,64),(2,128)). */
export function stages(
  options: Common<readonly (readonly number[])[]>,
): ParamKind<readonly (readonly number[])[]> {
  return {
    field: 'stages',
    ...options,
    parse: (value) =>
      Array.isArray(value) &&
      value.length >= 1 &&
      value.length <= 64 &&
      value.every((v) => Array.isArray(v) && v.length === 2 && v.every((n) => isInt(n, 1, 65536)))
        ? { ok: true, value: value as readonly (readonly number[])[] }
        : { ok: false, expected: 'a list of [count, filters], as [[2,64],[2,128]]' },
  };
}
