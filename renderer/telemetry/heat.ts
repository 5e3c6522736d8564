/** Histograms over time as a table of shares: a column a look, a row a span of values. */
import type { Histogram } from '../../src/compile/observation.ts';

export interface Heat {
  /** Of all columns; the rows are equal spans from `high` down to `low`. */
  readonly low: number;
  readonly high: number;
  readonly rows: number;
  /** [columns][rows], 0 to 1: against the fullest of its column. */
  readonly shares: readonly Float64Array[];
}

const ROWS = 48;
/** What of a histogram may lie outside: single values far out would press the rest together. */
const OUTSIDE = 0.002;

/** The span that holds a histogram but for a little at its ends. */
function spanOf({ min, max, counts }: Histogram): [number, number] {
  const total = counts.reduce((a, b) => a + b, 0);
  const width = (max - min) / counts.length;
  const ends = (list: readonly number[]) => {
    let [sum, i] = [0, 0];
    while (i < list.length && sum + (list[i] as number) <= OUTSIDE * total) sum += list[i++] as number;
    return i;
  };
  return [min + width * ends(counts), max - width * ends([...counts].reverse())];
}

/** @returns undefined where there is nothing to draw */
export function heatOf(histograms: readonly Histogram[]): Heat | undefined {
  const some = histograms.filter(({ counts }) => counts.some((count) => count > 0));
  if (some.length === 0) return undefined;
  const spans = some.map(spanOf);
  let low = spans.reduce((least, [from]) => Math.min(least, from), Number.POSITIVE_INFINITY);
  let high = spans.reduce((most, [, to]) => Math.max(most, to), Number.NEGATIVE_INFINITY);
  if (!(high > low)) [low, high] = [low - 0.5, low + 0.5];
  const perRow = (high - low) / ROWS;
  const shares = some.map(({ min, max, counts }) => {
    const column = new Float64Array(ROWS);
    const width = (max - min) / counts.length;
    counts.forEach((count, bin) => {
      // A bin's values lie evenly in its span.
      const [from, to] = [(min + bin * width - low) / perRow, (min + (bin + 1) * width - low) / perRow];
      const last = Math.min(ROWS - 1, Math.floor(to));
      for (let row = Math.max(0, Math.floor(from)); row <= last; row++) {
        const part = to > from ? Math.min(to, row + 1) - Math.max(from, row) : 1;
        const share = to > from ? part / (to - from) : 1;
        if (share > 0) column[ROWS - 1 - row] = (column[ROWS - 1 - row] as number) + count * share;
      }
    });
    const most = column.reduce((a, b) => Math.max(a, b), 0);
    return most > 0 ? column.map((value) => value / most) : column;
  });
  return { low, high, rows: ROWS, shares };
}
