/** Which part of the x axis is looked at. Null: all of it. */
import type { Range } from './window.ts';

/** Closer than this part of the whole nothing is to be seen. */
const CLOSEST = 1e-6;

const width = ([from, to]: Range) => to - from;

/** Inside of the whole; null where it is the whole. */
function within([from, to]: Range, full: Range): Range | null {
  const wide = Math.max(to - from, width(full) * CLOSEST);
  if (wide >= width(full) * (1 - CLOSEST)) return null;
  const start = Math.min(Math.max(from, full[0]), full[1] - wide);
  return [start, start + wide];
}

/** `factor` < 1: closer. What stands at `at` stays where it is. */
export function zoomed(range: Range | null, full: Range, at: number, factor: number): Range | null {
  const [from, to] = range ?? full;
  return within([at - (at - from) * factor, at + (to - at) * factor], full);
}

/** By a share of what is seen. */
export function panned(range: Range | null, full: Range, share: number): Range | null {
  if (!range) return null;
  const by = width(range) * share;
  return within([range[0] + by, range[1] + by], full);
}

export const selected = (a: number, b: number, full: Range): Range | null =>
  within([Math.min(a, b), Math.max(a, b)], full);
