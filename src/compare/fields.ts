/** What differs between two sets of named values: parameters of a node, recipes, environments. */
import type { ParamSchema } from '../schema/params.ts';

export interface FieldChange {
  readonly key: string;
  /** Undefined: it has none. */
  readonly before: unknown;
  readonly after: unknown;
}

export type Fields = Readonly<Record<string, unknown>>;

export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameValue((a as Fields)[key], (b as Fields)[key]))
  );
}

/** What a field means: its default where none is given, [3, 3] for 3; what its kind does not take, as it is. */
export function meaningOf(fields: Fields, key: string, schema: ParamSchema = {}): unknown {
  const given = Object.hasOwn(fields, key) ? fields[key] : undefined;
  const kind = Object.hasOwn(schema, key) ? schema[key] : undefined;
  if (!kind) return given;
  if (given === undefined) return kind.default;
  const parsed = kind.parse(given);
  return parsed.ok ? parsed.value : given;
}

/** What two sets of fields may hold, and which of them to look at beside those that either gives. */
export interface FieldSchemas {
  readonly before?: ParamSchema | undefined;
  readonly after?: ParamSchema | undefined;
  /** Those that both take, too: two types may mean something else by what neither gives. */
  readonly defaults?: boolean;
}

/**
 * In the order of the first, then of the second. A field that only one gives, and that is there what the other takes by
 * default, does not differ.
 */
export function fieldChanges(
  before: Fields,
  after: Fields,
  { before: schema = {}, after: schemaAfter = schema, defaults = false }: FieldSchemas = {},
): FieldChange[] {
  const shared = defaults ? Object.keys(schema).filter((key) => Object.hasOwn(schemaAfter, key)) : [];
  const keys = new Set([...Object.keys(before), ...Object.keys(after), ...shared]);
  return [...keys].flatMap((key) => {
    const change = {
      key,
      before: meaningOf(before, key, schema),
      after: meaningOf(after, key, schemaAfter),
    };
    return sameValue(change.before, change.after) ? [] : [change];
  });
}

/** Nested values by dotted keys, so that each differs for itself: 'pictures.mean'. */
export function flatFields(fields: Fields, prefix = ''): Fields {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]): [string, unknown][] =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.entries(flatFields(value as Fields, `${prefix}${key}.`))
        : [[`${prefix}${key}`, value]],
    ),
  );
}
