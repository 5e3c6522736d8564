/** What training takes for tensors, by the engine that runs it. */
import { type Network, weightsOf } from '../network/network.ts';
import { elementsOf } from '../network/shape.ts';
import type { Recipe } from './recipe.ts';

interface MemoryModel {
  /** Bytes held for each byte of activations at the worst moment of a step. */
  readonly activations: number;
  /** Copies of all weights, beside the optimiser's slots: they themselves, their gradients, new values. */
  readonly weights: number;
  /** Times the largest weight: what a library lays aside while it computes one layer. */
  readonly largest: number;
}

/**
 * Fitted to measured peaks. Portable: six networks of 0.9 to 26 million parameters, batches 8 to 64, each within 3 %.
 * TensorFlow: twelve of 0.3 to 43 million, batches 8 to 128, each within 15 % (docs/engines.md).
 */
const models = {
  portable: { activations: 2.35, weights: 3, largest: 0 },
  tensorflow: { activations: 0.63, weights: 2.15, largest: 3.6 },
} as const satisfies Record<string, MemoryModel>;

/**
 * Bytes for a batch: activations, weights, their averages, gradients, the optimiser's slots. Programs and pictures come on top.
 * @param engine its id; of one that was not measured, what the portable one takes
 */
export function estimateMemory(network: Network, recipe: Recipe, engine = 'portable'): number {
  const slots = { sgd: 0, momentum: 1, nesterov: 1, adam: 2, adamw: 2 }[recipe.optimizer];
  const { activations, weights, largest } = engine === 'tensorflow' ? models.tensorflow : models.portable;
  const most = Math.max(0, ...weightsOf(network).map(({ shape }) => elementsOf(shape)));
  const averages = recipe.ema > 0 ? network.params + network.stats : 0;
  const held = network.params * (weights + slots) + network.stats + averages + most * largest;
  return network.activationBytes * recipe.batch * activations + held * 4;
}
