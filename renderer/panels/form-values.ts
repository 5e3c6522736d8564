/** Between what a person types in a form and what a drawing stores. */
import type { ParamKind, ParamValue, Parsed } from '../../src/schema/params.ts';
import { show } from '../../src/schema/parse.ts';

/** What a text means before its kind judges it; undefined where it is no number, list or word of that sort. */
function meant(kind: ParamKind, text: string): unknown {
  const trimmed = text.trim();
  switch (kind.field) {
    case 'integer':
    case 'number':
      return numberOf(trimmed);
    case 'pair': {
      const list = listOf(trimmed);
      return list?.length === 1 ? list[0] : list;
    }
    case 'list':
      return listOf(trimmed);
    case 'stages':
      return stagesOf(trimmed);
    default:
      return trimmed;
  }
}

export const parseText = (kind: ParamKind, text: string): Parsed<ParamValue> => kind.parse(meant(kind, text));

/** As `parseText` reads it: 64 · 3 · 3, 5 · 24, 24, 64 · (2, 64), (2, 128) */
export function showValue(kind: ParamKind, value: ParamValue): string {
  if (!Array.isArray(value)) return String(value);
  if (kind.field === 'stages') return value.map((stage) => `(${stage.join(', ')})`).join(', ');
  if (kind.field === 'pair' && value[0] === value[1]) return String(value[0]);
  return value.join(', ');
}

/** What is expected, in the words of a form: a list is typed as it is shown. */
export function expectedOf(kind: ParamKind, expected: string): string {
  if (kind.field === 'stages') return 'count and filters of each stage, as (2, 64), (2, 128)';
  if (kind.field === 'pair') return expected.replace('[height, width]', 'height and width');
  return expected;
}

const numberOf = (text: string) =>
  /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;

/** 24, 24, 64 or 24 24 64 or 24×24×64 or [24,24,64]; a comma at the end is one that goes on. */
function listOf(text: string): number[] | undefined {
  const inner = /^\[(.*)\]$/.exec(text)?.[1] ?? /^\((.*)\)$/.exec(text)?.[1] ?? text;
  const parts = inner
    .trim()
    .replace(/,$/, '')
    .split(/\s*[,×x]\s*|\s+/);
  const numbers = parts.map(numberOf);
  return numbers.includes(undefined) ? undefined : (numbers as number[]);
}

/** (2, 64), (2, 128) or [[2,64],[2,128]] */
function stagesOf(text: string): number[][] | undefined {
  const inner = /^\[\s*(\[.*\])\s*\]$/.exec(text)?.[1] ?? /^\(\s*(\(.*\))\s*,?\s*\)$/.exec(text)?.[1] ?? text;
  const pattern = /^(\s*[([][^()[\]]*[)\]]\s*,?)+\s*$/;
  if (!pattern.test(inner)) return undefined;
  const stages = [...inner.matchAll(/[([]([^()[\]]*)[)\]]/g)].map((match) => listOf(match[1] as string));
  return stages.includes(undefined) ? undefined : (stages as number[][]);
}

/** What the field of one or several nodes shows. */
export interface Stored {
  /** Undefined: they differ, or what is stored cannot be read. */
  readonly value: ParamValue | undefined;
  readonly text: string;
  readonly differ: boolean;
  readonly expected: string | undefined;
  readonly isDefault: boolean;
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** `given`: a value for each node; undefined where it sets none. */
export function storedOf(kind: ParamKind, given: readonly unknown[]): Stored {
  const parsed = given.map(
    (raw): Parsed<ParamValue> => (raw === undefined ? { ok: true, value: kind.default } : kind.parse(raw)),
  );
  const wrong = parsed.findIndex((p) => !p.ok);
  const first = parsed[Math.max(0, wrong)];
  if (!first?.ok)
    return {
      ...{ value: undefined, differ: false, isDefault: false },
      text: show(given[wrong]),
      expected: first?.expected,
    };
  const { value } = first;
  if (parsed.some((p) => !p.ok || !same(p.value, value)))
    return { value: undefined, text: '', differ: true, expected: undefined, isDefault: false };
  return {
    ...{ value, text: showValue(kind, value), differ: false, expected: undefined },
    isDefault: same(value, kind.default),
  };
}

/** One more or less, ten with Shift; kept within what the kind takes. */
export function stepped(kind: ParamKind, from: number, by: number): number {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = kind;
  // 0.1 + 0.2 is shown as 0.3.
  return Math.min(max, Math.max(min, Number((from + by).toPrecision(12))));
}

/** A useful step: one, or for numbers with a point a tenth of their first digit: 0.01 from 0.9, 0.000001 from 0.00001. */
export function stepOf(kind: ParamKind, value: number): number {
  if (kind.field !== 'number') return 1;
  return value === 0 ? 0.01 : 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1);
}

/** kernelSize → Kernel size; names that people gave stay. */
export function labelOf(param: string): string {
  if (!/^[a-z][A-Za-z]*$/.test(param)) return param;
  const words = param.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
