import { expect, test } from 'vitest';
import { recipeSchema } from '../../recipe/recipe.ts';
import { readArguments } from './arguments.ts';
import { recipeFrom, recipeOptions } from './recipe-options.ts';

const from = (words: string, stored = {}) => recipeFrom(readArguments(words.split(' ')).options, stored);

test('every field of the recipe has an option, but for the one that is on unless a drawing says otherwise', () => {
  const fields = Object.values<string>(recipeOptions);
  expect([...fields, 'standardise'].sort()).toEqual(Object.keys(recipeSchema).sort());
});

test('numbers, texts and flags become fields; what is not given is as the drawing has it', () => {
  expect(from('--flip --mixup 0.2 --class-weights balanced --ema 0.99', { crop: 3, ema: 0.5 })).toMatchObject(
    {
      ...{ flip: true, mixup: 0.2, classWeights: 'balanced', ema: 0.99, crop: 3 },
    },
  );
  expect(from('--seed 2', { flip: true }).flip).toBe(true);
  expect(() => from('--label-smoothing 2')).toThrow(
    /labelSmoothing: expected a number from 0 to 0.9, received 2/,
  );
});
