/** Ticks of our own writer of pictures; uPlot finds its own. */

/** Multiples of 1, 2 or 5 times a power of ten inside of a range, `most` at most. */
export function ticksOf(from: number, to: number, most: number): number[] {
  if (!(to > from)) return [from];
  const rough = (to - from) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((n) => n * power >= rough) ?? 10) * power;
  return multiples(from, to, step);
}

/** Of given distances the first that leaves `most` at most. */
export function ticksBy(increments: readonly number[], from: number, to: number, most: number): number[] {
  const step = increments.find((n) => (to - from) / n <= most);
  return step === undefined ? ticksOf(from, to, most) : multiples(from, to, step);
}

function multiples(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  // 3 × 0.1 is not 0.3.
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Powers of ten, with 2 and 5 between them where there are few. */
export function logTicks(from: number, to: number): number[] {
  const powers = multiples(Math.floor(Math.log10(from)), Math.ceil(Math.log10(to)), 1);
  const between = powers.length > 4 ? [1] : [1, 2, 5];
  return powers
    .flatMap((power) => between.map((n) => Number((n * 10 ** power).toPrecision(12))))
    .filter((v) => v >= from && v <= to);
}
