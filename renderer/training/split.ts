/** A step's time, told apart as far as the engine can. */
import type { StepPace } from '../../src/services/contract.ts';

/** 'step': an engine that runs a step as one function does not tell its parts. */
export type Part = 'data' | 'step' | 'compute' | 'update';

export interface SplitPart {
  readonly part: Part;
  readonly ms: number;
  /** 'data 0.3 ms' */
  readonly words: string;
}

/** 104 ms, 0.3 ms, 0.04 ms, 1.24 s */
function time(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toPrecision(3)} s`;
  return `${ms >= 100 ? Math.round(ms) : Number(ms.toPrecision(2))} ms`;
}

export function partsOf({ stepMs, waitMs, updateMs }: StepPace): SplitPart[] {
  const rest = Math.max(0, stepMs - (waitMs ?? 0) - (updateMs ?? 0));
  const parts: readonly (readonly [Part, number | null])[] = [
    ['data', waitMs],
    [updateMs === null ? 'step' : 'compute', rest],
    ['update', updateMs],
  ];
  return parts.flatMap(([part, ms]) => (ms === null ? [] : { part, ms, words: `${part} ${time(ms)}` }));
}

/** 'data 0.3 ms · step 104 ms' */
export const splitWords = (pace: StepPace) =>
  partsOf(pace)
    .map(({ words }) => words)
    .join(' · ');
