/** Medians beside goals. */

const at = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

/** One line: the figure that counts, how it spread, and whether the goal was met. */
export function tell(name: string, goalMs: number, durations: readonly number[], share = 0.5): void {
  const sorted = durations.toSorted((a, b) => a - b);
  const value = at(sorted, share);
  const what = share === 0.5 ? '' : ` p${share * 100}`;
  const verdict = value < goalMs ? 'met' : 'MISSED';
  console.log(
    `${`${name}${what}`.padEnd(64)} ${value.toFixed(2).padStart(9)} ms  (${at(sorted, 0).toFixed(2)} – ${at(sorted, 1).toFixed(2)}; goal < ${goalMs} ms: ${verdict})`,
  );
}

export function measure(name: string, goalMs: number, times: number, run: (i: number) => void): void {
  const durations: number[] = [];
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    run(i);
    durations.push(performance.now() - start);
  }
  tell(name, goalMs, durations);
}
