/** Reading a learning rate range test: Smith 2017, section 3.3. */

/** How far the loss may rise above its lowest before the test is over. */
const BREAKS_OUT = 4;
const KEPT = 0.9;

export interface RangeReading {
  /** Where the smoothed loss was lowest. */
  readonly lowestRate: number;
  /** Where it fell fastest along the logarithm of the rate. */
  readonly steepestRate: number;
  /** A tenth of the rate with the lowest loss: there it still falls, with room before it breaks out. */
  readonly suggestedRate: number;
}

/** Mean that forgets, without its bias to 0 at the beginning: Kingma & Ba 2014, section 3. */
export function smoothed(losses: readonly number[], kept = KEPT): number[] {
  let mean = 0;
  return losses.map((loss, i) => {
    mean = kept * mean + (1 - kept) * loss;
    return mean / (1 - kept ** (i + 1));
  });
}

export const rateAt = (range: { from: number; to: number; steps: number }, step: number): number =>
  range.from * (range.to / range.from) ** (step / (range.steps - 1));

/** Whether going on tells nothing more. */
export function breaksOut(losses: readonly number[]): boolean {
  if (losses.some((loss) => !Number.isFinite(loss))) return true;
  const smooth = smoothed(losses);
  return (smooth.at(-1) ?? 0) > BREAKS_OUT * Math.min(...smooth);
}

/** `curve`: [learning rate, loss], growing. Undefined where there are too few points to tell. */
export function readRange(curve: readonly (readonly [number, number])[]): RangeReading | undefined {
  if (curve.length < 10) return undefined;
  const smooth = smoothed(curve.map(([, loss]) => loss));
  const rate = (i: number) => curve[i]?.[0] ?? Number.NaN;
  const lowest = smooth.indexOf(Math.min(...smooth));
  let steepest = 1;
  const slope = (i: number) => ((smooth[i] ?? 0) - (smooth[i - 1] ?? 0)) / Math.log(rate(i) / rate(i - 1));
  for (let i = 1; i <= lowest; i++) if (slope(i) < slope(steepest)) steepest = i;
  return { lowestRate: rate(lowest), steepestRate: rate(steepest), suggestedRate: rate(lowest) / 10 };
}
