/** How paths of layers move when nodes are renamed, grouped, unpacked or repeated: weights and runs follow them. */
import type { Graph } from './model.ts';

/** `from` and every path below it are found at `to`. Of several that fit a path the longest counts. */
export interface Rename {
  readonly from: string;
  readonly to: string;
}

/** Steps one after the other; the renames of one step happen together, so that names may be swapped. */
export type Renames = readonly (readonly Rename[])[];

const below = (path: string, head: string) => path.startsWith(`${head}/`);

/**
 * One step. `others` are the nodes that keep their names: 'a' and 'a/b' may both be nodes, and a rename of the first
 * must leave the second where it is, there and back.
 */
export function renameStep(renames: readonly Rename[], others: Graph['nodes']): Renames {
  const real = renames.filter(({ from, to }) => from !== to);
  if (real.length === 0) return [];
  const kept = others
    .map((n) => n.name)
    .filter((name) => real.some(({ from, to }) => below(name, from) || below(name, to)));
  return [[...real, ...kept.map((name) => ({ from: name, to: name }))]];
}

export function invertRenames(renames: Renames): Renames {
  return renames.map((step) => step.map(({ from, to }) => ({ from: to, to: from }))).reverse();
}

/** Where a path is found after the steps. */
export function renamePath(path: string, renames: Renames): string {
  let current = path;
  for (const step of renames) {
    let best: Rename | undefined;
    for (const item of step)
      if (
        (current === item.from || below(current, item.from)) &&
        (!best || item.from.length > best.from.length)
      )
        best = item;
    if (best) current = best.to + current.slice(best.from.length);
  }
  return current;
}
