/** Middle, spread and ratios of durations. */

/** Linear between neighbours, as NumPy's default; NaN of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? Number.NaN;
  const high = sorted[Math.ceil(place)] ?? Number.NaN;
  return low + (high - low) * (place - Math.floor(place));
}

export const median = (values: readonly number[]) => quantile(values, 0.5);

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export const spreadOf = (values: readonly number[]): Spread => ({
  median: median(values),
  min: quantile(values, 0),
  max: quantile(values, 1),
});

/**
 * Median of all steps ÷ median of all steps of another; and how the same ratio differs from round to round, in which
 * both saw the same load of the machine.
 */
export function ratioOf(
  rounds: readonly (readonly number[])[],
  others: readonly (readonly number[])[],
): Spread {
  const each = rounds.slice(0, others.length).map((ms, i) => median(ms) / median(others[i] ?? []));
  return { ...spreadOf(each), median: median(rounds.flat()) / median(others.flat()) };
}
