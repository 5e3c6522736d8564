import { expect, test } from 'vitest';
import { networkOf } from '../lower/index.ts';
import { parseParams } from '../schema/parse.ts';
import { findTemplate } from '../templates/index.ts';
import { defaultOptions } from '../templates/template.ts';
import { adviceOn, checkRecipe } from './check.ts';
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

const network = networkOf(
  findTemplate('resnet18').build({ ...defaultOptions, input: [32, 24, 1], classes: 10 }),
);
const problemsOf = (given: Record<string, unknown>, validationCount = 0) =>
  checkRecipe(completeRecipe(given), network, { classes: 10, validationCount });

test.each([
  [{ crop: 24 }, 'crop', { crop: 2 }],
  [{ cutout: 100 }, 'cutout', { cutout: 11 }],
  [{ earlyStop: 3 }, 'heldOut', { validation: 0.1 }],
  [{ keepBest: 1 }, 'heldOut', { validation: 0.1 }],
])('%j will not work, and each of its fixes mends it', (given, code, values) => {
  const problems = problemsOf(given);
  expect(problems.map((problem) => problem.code)).toEqual([code]);
  expect(problems[0]?.fixes[0]?.values).toEqual(values);
  for (const fix of problems[0]?.fixes ?? []) expect(problemsOf({ ...given, ...fix.values })).toEqual([]);
});

test('what works has no problem, and only mirrored digits and letters are advised against', () => {
  expect(problemsOf({ crop: 23, cutout: 23, earlyStop: 3, keepBest: 2, validation: 0.1 })).toEqual([]);
  expect(problemsOf({ earlyStop: 3, validation: 0 }, 500)).toEqual([]);
  const digits = ['0', '1', '2'];
  const advice = (flip: boolean, classes: readonly string[]) => adviceOn(completeRecipe({ flip }), classes);
  expect(advice(true, ['cat', 'dog'])).toEqual([]);
  expect(advice(true, ['A', '7', 'bird'])).toEqual([]);
  expect(advice(false, digits)).toEqual([]);
  expect(advice(true, ['ä', 'Ж'])).toHaveLength(1);
  const [told] = advice(true, digits);
  expect(told?.message).toContain('mirrored digit');
  expect(told?.fixes[0]?.values).toEqual({ flip: false });
});
