import { expect, test } from 'vitest';
import { parseParams } from '../schema/parse.ts';
import { keepingFields, pictureFields, regularisationFields } from './fields.ts';
import { completeRecipe, presets, recipeSchema } from './recipe.ts';

test('a recipe written before these fields opens, and nothing of them is on', () => {
  const old = { ...presets.book, seed: 3 };
  const { value, problems } = parseParams(recipeSchema, old);
  expect(problems).toEqual([]);
  expect(value).toMatchObject({
    ...old,
    ...{ flip: false, crop: 0, cutout: 0, mixup: 0, labelSmoothing: 0, classWeights: 'none', ema: 0 },
    ...{ earlyStop: 0, minImprovement: 0, keepBest: 0, checkpointEvery: 0 },
  });
});

test.each(Object.entries({ ...pictureFields, ...regularisationFields, ...keepingFields }))(
  '%s: its default is valid, survives JSON, and its help is one line',
  (name, kind) => {
    expect(kind.parse(JSON.parse(JSON.stringify(kind.default)))).toEqual({ ok: true, value: kind.default });
    expect(kind.help).toMatch(/^[^\n]{20,125}$/);
    expect(kind.parse('neither').ok).toBe(false);
    expect(Object.keys(recipeSchema)).toContain(name);
  },
);

test.each([
  [{ ema: 1 }, 'ema: expected a number from 0 to 0.99999, received 1'],
  [{ classWeights: 'equal' }, 'classWeights: expected one of none, balanced, received "equal"'],
  [{ earlyStop: 1.5 }, 'earlyStop: expected a whole number from 0 to 1000, received 1.5'],
  [{ mixUp: 1 }, "mixUp: expected 'mixup', perhaps"],
])('%j is told in words', (given, words) => {
  expect(() => completeRecipe(given)).toThrow(words);
});
