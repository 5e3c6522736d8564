/** What fits into the memory that there is. */
import type { Network } from '../network/network.ts';
import { estimateMemory } from './memory.ts';
import { type Recipe, recipeSchema } from './recipe.ts';

/** The most pictures a step for which training takes at most so many bytes; 0 where not even one fits. */
export function largestBatch(network: Network, recipe: Recipe, limitBytes: number, engine?: string): number {
  const bytes = (batch: number) => estimateMemory(network, { ...recipe, batch }, engine);
  const fits = (batch: number) => bytes(batch) <= limitBytes;
  const { max = 1 } = recipeSchema.batch;
  let [least, most] = [0, max];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (fits(middle)) least = middle;
    else most = middle - 1;
  }
  return least;
}
