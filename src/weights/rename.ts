import { type Renames, renamePath } from '../document/renames.ts';
import type { HostTensor, Weights } from './tensors.ts';

/**
 * Weights of a drawing before an edit, by the paths they have after it (`Edit.renamed`). Tensors are shared, their
 * order stays. Where a path is already taken by weights of a node that is gone, those that move there win.
 */
export function renameWeights(weights: Weights, renamed: Renames | undefined): Weights {
  if (!renamed || renamed.length === 0) return weights;
  const moved = new Map([...weights.keys()].map((path) => [path, renamePath(path, renamed)] as const));
  const targets = new Set([...moved].filter(([from, to]) => from !== to).map(([, to]) => to));
  const result = new Map<string, HostTensor>();
  for (const [path, tensor] of weights) {
    const to = moved.get(path) ?? path;
    if (to !== path || !targets.has(path)) result.set(to, tensor);
  }
  return result;
}
