/** A few steps of training in a throw-away process: what proves that a library works here, and how fast. */
export interface Trial {
  /** tiny: does it train at all; usual: d2l's ResNet-18 on 32 × 32 pictures, 32 a step. */
  readonly work: 'tiny' | 'usual';
  readonly on:
    | { readonly engine: 'portable' }
    | { readonly engine: 'tensorflow'; readonly folder: string; readonly threads: number | null };
  readonly signal?: AbortSignal;
}

/** Milliseconds a step took. @throws AppError where it failed, or the process died */
export type RunTrial = (trial: Trial) => Promise<number>;

/** The usual work, for people. */
export const USUAL_WORK = 'ResNet-18, 32 × 32 pictures, 32 a step';

/** Few enough to be tried at an installation: powers of two, and all cores. */
export function threadCounts(cores: number): number[] {
  const counts = [];
  for (let n = 1; n < cores; n *= 2) counts.push(n);
  // Fewer than a fourth of many cores is never the fastest.
  return [...counts, cores].filter((n) => n >= cores / 4);
}
