import { expect, test } from 'vitest';
import { applyEdit, removeNode } from '../../src/document/edits.ts';
import { lower, networkOf } from '../../src/lower/index.ts';
import { estimateMemory } from '../../src/recipe/memory.ts';
import { completeRecipe } from '../../src/recipe/recipe.ts';
import { findTemplate } from '../../src/templates/index.ts';
import { defaultOptions } from '../../src/templates/template.ts';
import { budgetOf, countWords } from './budget.ts';

const drawing = findTemplate('resnet18').build(defaultOptions);
const recipe = completeRecipe({});

test("the seed's network, and the batch that fits", () => {
  const network = networkOf(drawing);
  const memory = estimateMemory(network, { ...recipe, batch: 50 });
  expect(budgetOf(lower(drawing), network, recipe, memory)).toMatchObject({
    ...{ params: 11_178_378, stats: 7_808, macs: 318_657_536, seesAll: true, largest: 50 },
    memory: estimateMemory(network, recipe),
  });
  expect(budgetOf(lower(drawing), network, recipe, null).largest).toBeNull();
});

test('a broken drawing keeps the figures of its parts', () => {
  const broken = applyEdit(drawing, removeNode(drawing, 'head')).document;
  const budget = budgetOf(lower(broken), undefined, recipe, 1e9);
  expect(budget).toMatchObject({ memory: null, largest: null });
  expect(budget.params).toBe(11_178_378 - (512 * 10 + 10));
});

test('counts in words', () => {
  expect(countWords(1, 0)).toBe('1 error');
  expect(countWords(1200, 1)).toBe('1,200 errors and 1 warning');
  expect(countWords(0, 0)).toBe('No problems');
});
