/** Real trainings of tiny networks on made-up pictures: ill ones are told, healthy ones are left alone. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Course, TrainingWarning } from './course.ts';
import { chainOfConvolutions, courseOf, smallResnet } from './testing-course.node.ts';
import { warningsOf } from './warnings.ts';

const codesOf = (course: Course) => warningsOf(course).map(({ code }) => code);
const only = (course: Course, code: TrainingWarning['code']) => {
  expect(codesOf(course)).toEqual([code]);
  return warningsOf(course)[0] as TrainingWarning;
};
/** The same run, after so many steps. */
const until = (course: Course, steps: number): Course => ({
  ...course,
  losses: Array.from(course.losses).slice(0, steps),
  accuracies: Array.from(course.accuracies).slice(0, steps),
  validation: course.validation.filter(({ step }) => step < steps),
  looks: course.looks.filter(({ step }) => step < steps),
});

describe('healthy trainings', () => {
  test.each([
    ['a residual network', smallResnet(1), { epochs: 12, learningRate: 0.05 }],
    ['a residual network of 56 layers', smallResnet(9), { epochs: 3 }],
    ['a few convolutions without batch norm', chainOfConvolutions(4), { epochs: 20, learningRate: 0.05 }],
    ['Adam', smallResnet(1), { epochs: 5, optimizer: 'adam', learningRate: 1e-3 }],
    ['a rate so high that it just works', smallResnet(1), { epochs: 12, learningRate: 1 }],
  ] as const)('%s: nothing is said at any step', async (_, document, recipe) => {
    const course = await courseOf(document, { recipe });
    expect(course.losses.length).toBeGreaterThan(10);
    for (let steps = 0; steps <= course.losses.length; steps++)
      expect(codesOf(until(course, steps)), `after ${steps} steps`).toEqual([]);
  });
});

test('a plain network of 56 layers explodes at once, most at its beginning; skips are the cure', async () => {
  const course = await courseOf(smallResnet(9, { shortcut: 'none' }), { recipe: { epochs: 3 } });
  const warning = only(until(course, 1), 'gradients/exploding');
  expect(only(course, 'gradients/exploding').path).toBe('stem/conv/kernel');
  expect(warning.title).toContain('stem/conv');
  expect(warning.fixes[0]).toEqual({ title: expect.any(String), drawing: 'residual' });
});

test.each([
  ['of small first weights', chainOfConvolutions(54, { initializer: 'lecunNormal' })],
  ['of sigmoids', chainOfConvolutions(20, { activation: 'sigmoid' })],
])('gradients vanish in a deep plain network %s', async (_, document) => {
  const course = await courseOf(document, { recipe: { epochs: 3 } });
  const warning = only(course, 'gradients/vanishing');
  expect(warning.path).toMatch(/^conv\d+\/kernel$/);
  expect(warning.evidence).toMatch(/\d+ of \d+ kernels/);
});

test.each([
  ['a residual network', smallResnet(1)],
  ['convolutions, to their end', chainOfConvolutions(4)],
])('learning rate 10: %s', async (_, document) => {
  const warning = only(await courseOf(document, { recipe: { learningRate: 10 } }), 'rate/high');
  expect(warning.fixes[0]).toMatchObject({ recipe: { learningRate: 1 } });
});

test('units die of steps that are too long', async () => {
  const course = await courseOf(chainOfConvolutions(2), { recipe: { learningRate: 0.5, epochs: 12 } });
  expect(only(course, 'units/dead').path).toBe('act2');
});

test('a learning rate far too low', async () => {
  const course = await courseOf(chainOfConvolutions(4), { recipe: { learningRate: 1e-6, epochs: 20 } });
  expect(only(course, 'rate/low').fixes).toEqual([
    { title: 'Learning rate 0.00001', recipe: { learningRate: expect.closeTo(1e-5, 9) } },
  ]);
  expect(codesOf(until(course, 50))).toEqual([]);
});

test('warming up is no low learning rate', async () => {
  const recipe = { learningRate: 1e-3, warmup: 100_000, epochs: 20 };
  expect(codesOf(await courseOf(chainOfConvolutions(4), { recipe }))).toEqual([]);
});

test('batch norm with batches of 2, and none without it', async () => {
  const recipe = { batch: 2, epochs: 1 };
  expect(only(await courseOf(smallResnet(1), { recipe, count: 16 }), 'batch-norm/tiny-batch').path).toBe(
    'stem/bn',
  );
  expect(codesOf(await courseOf(chainOfConvolutions(2), { recipe, count: 16 }))).toEqual([]);
});

describe('labels that are drawn at random', () => {
  let course: Course;
  beforeAll(async () => {
    course = await courseOf(chainOfConvolutions(4), {
      ...{ wrong: 1, count: 1600, observeEvery: 10 },
      recipe: { epochs: 1, learningRate: 0.01 },
    });
  });

  test('look shuffled after a while', () => {
    expect(only(course, 'labels/shuffled').evidence).toContain('ln 4');
    expect(codesOf(until(course, 60))).toEqual([]);
  });

  test('true ones do not, however slowly it begins', async () => {
    const slow = await courseOf(chainOfConvolutions(4), {
      ...{ count: 1600, observeEvery: 10 },
      recipe: { epochs: 1, learningRate: 0.01 },
    });
    for (let steps = 0; steps <= slow.losses.length; steps++) expect(codesOf(until(slow, steps))).toEqual([]);
  });
});

test('few pictures with half of the labels wrong are learned by heart', async () => {
  const course = await courseOf(smallResnet(1), {
    ...{ count: 32, wrong: 0.6, noise: 4, observeEvery: 20 },
    recipe: { epochs: 30, learningRate: 0.05 },
  });
  const warning = only(course, 'overfitting');
  expect(warning.fixes.map(({ title }) => title)).toContain('Stop early, keep the best');
  expect(codesOf(until(course, 6))).toEqual([]);
});
