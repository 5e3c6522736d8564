/** What a drawing costs: for one picture, and to train. */
import { type Field, type Lowered, receptiveFields } from '../../src/lower/index.ts';
import type { Network } from '../../src/network/network.ts';
import { largestBatch } from '../../src/recipe/budget.ts';
import { estimateMemory } from '../../src/recipe/memory.ts';
import type { Recipe } from '../../src/recipe/recipe.ts';
import { exact } from '../ui/format.ts';

export interface Budget {
  /** Of what reaches the output; of all parts while the drawing has errors. */
  readonly params: number;
  readonly stats: number;
  readonly macs: number;
  /** The last convolution's. */
  readonly field: Field | null;
  /** Whether the output sees the whole picture, whatever the field is. */
  readonly seesAll: boolean;
  /** Bytes of a training step; null while the drawing has errors. */
  readonly memory: number | null;
  /** Pictures a step that fit into the engine's memory; null: unknown, or without a limit. */
  readonly largest: number | null;
}

/** Figures of parts stay while the drawing has errors; those of a training need a whole network. */
export function budgetOf(
  lowered: Lowered,
  network: Network | undefined,
  recipe: Recipe,
  limitBytes: number | null,
  engine?: string,
): Budget {
  const { params, stats, macs } = network ?? partsOf(lowered);
  const { features, output } = receptiveFields(lowered);
  return {
    ...{ params, stats, macs, field: features, seesAll: output?.whole ?? false },
    memory: network ? estimateMemory(network, recipe, engine) : null,
    largest: network && limitBytes !== null ? largestBatch(network, recipe, limitBytes, engine) : null,
  };
}

/** All that is known of a drawing, whole or not. */
function partsOf({ nodes }: Lowered): Pick<Budget, 'params' | 'stats' | 'macs'> {
  const sum = { params: 0, stats: 0, macs: 0 };
  for (const { fragment } of nodes.values()) {
    sum.params += fragment.params;
    sum.stats += fragment.stats;
    sum.macs += fragment.macs;
  }
  return sum;
}

/** '2 errors and 1 warning' */
export function countWords(errors: number, warnings: number): string {
  const many = (count: number, one: string) => `${exact(count)} ${one}${count === 1 ? '' : 's'}`;
  const parts = [errors > 0 && many(errors, 'error'), warnings > 0 && many(warnings, 'warning')];
  return parts.filter(Boolean).join(' and ') || 'No problems';
}

/** 435×435 */
export const fieldWords = ({ size }: Field) => size.join('×');
