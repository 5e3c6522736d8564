import { expect, test } from 'vitest';
import { classFigures, commonMistakes, meanOf } from './class-figures.ts';

const matrix = {
  classes: ['cat', 'dog', 'fox', 'owl'],
  confusion: [
    [6, 2, 0, 0],
    [1, 3, 0, 0],
    [4, 0, 0, 0],
    [0, 0, 0, 0],
  ],
};

test('precision, recall, F1 and support, by hand', () => {
  const [cat, dog, fox, owl] = classFigures(matrix);
  expect(cat).toMatchObject({ precision: 6 / 11, recall: 6 / 8, support: 8 });
  expect(cat?.f1).toBeCloseTo((2 * (6 / 11) * (6 / 8)) / (6 / 11 + 6 / 8));
  expect(dog).toMatchObject({ precision: 3 / 5, recall: 3 / 4, support: 4 });
  expect(fox).toMatchObject({ precision: null, recall: 0, f1: 0, support: 4 });
  expect(owl).toMatchObject({ precision: null, recall: null, f1: null, support: 0 });
});

test('the mean counts each class that has a figure the same', () => {
  expect(meanOf(classFigures(matrix), 'recall')).toBeCloseTo((0.75 + 0.75 + 0) / 3);
  expect(meanOf([], 'f1')).toBe(null);
});

test('the commonest mistakes, the most of a class first where there are as many', () => {
  expect(commonMistakes(matrix, 2)).toEqual([
    { truth: 2, answer: 0, count: 4, share: 1 },
    { truth: 0, answer: 1, count: 2, share: 1 / 4 },
  ]);
});
