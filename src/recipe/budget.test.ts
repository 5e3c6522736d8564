import { expect, test } from 'vitest';
import { networkOf } from '../lower/index.ts';
import { findTemplate } from '../templates/index.ts';
import { defaultOptions } from '../templates/template.ts';
import { largestBatch } from './budget.ts';
import { estimateMemory } from './memory.ts';
import { completeRecipe } from './recipe.ts';

const network = networkOf(findTemplate('resnet18').build(defaultOptions));
const recipe = completeRecipe({});
const bytes = (batch: number) => estimateMemory(network, { ...recipe, batch });

test('the largest batch fits, and one picture more does not', () => {
  for (const limit of [1e9, 2.5e9, bytes(7), bytes(7) - 1]) {
    const batch = largestBatch(network, recipe, limit);
    expect(bytes(batch)).toBeLessThanOrEqual(limit);
    expect(bytes(batch + 1)).toBeGreaterThan(limit);
  }
  expect(largestBatch(network, recipe, bytes(7))).toBe(7);
  expect(largestBatch(network, recipe, bytes(1) - 1)).toBe(0);
  expect(largestBatch(network, recipe, 1e15)).toBe(4096);
});
