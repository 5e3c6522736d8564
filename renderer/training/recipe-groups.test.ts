import { expect, test } from 'vitest';
import { completeRecipe, recipeSchema } from '../../src/recipe/recipe.ts';
import { changedWords, common, groups } from './recipe-groups.ts';

test('every field of the recipe stands in the form once; data and size have controls of their own', () => {
  const shown = [...common, ...groups.flatMap(({ fields }) => fields), 'data', 'size'];
  expect([...shown].sort()).toEqual(Object.keys(recipeSchema).sort());
});

test('a folded group tells what is not as by default', () => {
  const [defaults, pictures] = [completeRecipe({}), groups[1]?.fields ?? []];
  const words = (given: Record<string, unknown>) => changedWords(pictures, completeRecipe(given), defaults);
  expect(words({})).toBe('');
  expect(words({ flip: true, cutout: 8, standardise: false })).toBe(
    'no standardised pictures, flip, cut-out side 8',
  );
});
