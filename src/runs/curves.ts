/** Curves of a run for charts: as many points as can be seen, with every peak. */
import { type MetricColumns, type MetricKind, type MetricTable, metricFields } from './metric-table.ts';

export const curveNames = [
  ...metricFields.step.slice(2).map((field) => `step.${field}` as const),
  ...metricFields.validation.slice(2).map((field) => `validation.${field}` as const),
  ...metricFields.epoch.slice(2).map((field) => `epoch.${field}` as const),
] as const;
export type CurveName = (typeof curveNames)[number];

export interface Curve {
  readonly name: CurveName;
  /** How many values there are in the range; where `steps` has fewer, each stretch has its least and greatest. */
  readonly count: number;
  readonly steps: readonly number[];
  readonly epochs: readonly number[];
  /** Of training, pauses not counted. */
  readonly seconds: readonly number[];
  /** Null: no number. */
  readonly values: readonly (number | null)[];
}

/**
 * Indices from `begin` to `end` (not included), at most `points` (at least 5), in their order: first and last, and of
 * each of equal stretches the least, the greatest and, where there is one, a value that is none.
 */
export function thin(values: ArrayLike<number>, begin: number, end: number, points: number): number[] {
  const count = end - begin;
  if (count <= points) return Array.from({ length: count }, (_, i) => begin + i);
  const stretches = Math.floor((points - 2) / 3);
  const chosen = [begin];
  for (let s = 0; s < stretches; s++) {
    const from = begin + 1 + Math.floor((s * (count - 2)) / stretches);
    const to = begin + 1 + Math.floor(((s + 1) * (count - 2)) / stretches);
    let [least, greatest, none] = [-1, -1, -1];
    for (let i = from; i < to; i++) {
      const value = values[i] as number;
      if (Number.isNaN(value)) none = i;
      else {
        if (least < 0 || value < (values[least] as number)) least = i;
        if (greatest < 0 || value > (values[greatest] as number)) greatest = i;
      }
    }
    const three = [least, greatest, none].filter((i) => i >= 0).sort((a, b) => a - b);
    for (const i of three) if (i !== chosen.at(-1)) chosen.push(i);
  }
  chosen.push(end - 1);
  return chosen;
}

/** The first row whose step is `step` or greater. */
function rowOf(steps: Float64Array, step: number): number {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle] as number) < step) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Seconds of training until the end of each step's row. */
function elapsed(table: MetricTable): Float64Array {
  const durations = table.figures(metricFields.step.indexOf('durationMs'));
  const seconds = new Float64Array(table.rows);
  let sum = 0;
  for (let i = 0; i < seconds.length; i++) {
    const duration = durations[i] as number;
    if (!Number.isNaN(duration)) sum += duration / 1000;
    seconds[i] = sum;
  }
  return seconds;
}

export interface CurveRange {
  readonly points: number;
  /** Steps, both included; a neighbour on each side comes along, so that lines reach the edges. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** A curve of which no value was ever told is empty. */
export function curvesOf(
  { tables }: MetricColumns,
  names: readonly CurveName[],
  { points, from = 0, to = Number.POSITIVE_INFINITY }: CurveRange,
): Curve[] {
  const seconds = elapsed(tables.step);
  const secondsAt = (step: number) => {
    const row = rowOf(tables.step.steps, step);
    return seconds[Math.min(row, seconds.length - 1)] ?? 0;
  };
  return names.map((name) => {
    const [kind, field] = name.split('.') as [MetricKind, string];
    const table = tables[kind];
    const values = table.figures((metricFields[kind] as readonly string[]).indexOf(field));
    const { steps } = table;
    const begin = Math.max(0, rowOf(steps, from) - 1);
    const end = Math.min(table.rows, rowOf(steps, to + 1) + 1);
    const isTold = values.some((value) => !Number.isNaN(value));
    const rows = isTold ? thin(values, begin, end, points) : [];
    const epochs = table.figures(1);
    return {
      ...{ name, count: isTold ? Math.max(0, end - begin) : 0 },
      steps: rows.map((row) => steps[row] as number),
      epochs: rows.map((row) => epochs[row] as number),
      seconds: rows.map((row) =>
        kind === 'step' ? (seconds[row] as number) : secondsAt(steps[row] as number),
      ),
      values: rows.map((row) => {
        const value = values[row] as number;
        return Number.isFinite(value) ? value : null;
      }),
    };
  });
}
