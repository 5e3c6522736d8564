import { expect, test } from 'vitest';
import type { Answers } from '../runs/answers.ts';
import { changesOf, lookBefore, ranked } from './ranking.ts';

/** Four pictures of the classes 0 0 1 1. */
const look = (step: number, epoch: number, answers: number[], sure: number[], truth: number[]) => ({
  ...{ step, epoch, answers: Uint16Array.from(answers) },
  ...{ answerProbability: Float32Array.from(sure), truthProbability: Float32Array.from(truth) },
});
const answers: Answers = {
  labels: Uint16Array.of(0, 0, 1, 1),
  looks: [
    look(30, 2, [0, 1, 0, 1], [0.9, 0.6, 0.8, 0.5], [0.9, 0.4, 0.2, 0.5]),
    look(25, 2, [0, 0, 0, 0], [0.9, 0.9, 0.9, 0.9], [0.9, 0.9, 0.1, 0.1]),
    look(20, 1, [1, 0, 0, 0], [0.9, 0.9, 0.9, 0.9], [0.1, 0.9, 0.1, 0.1]),
  ],
};

test('the most wrong are wrong, and the less likely the truth was held the earlier', () => {
  expect(ranked(answers, { order: 'wrong' })).toEqual([2, 1]);
});

test('the least sure may be right', () => {
  expect(ranked(answers, { order: 'unsure' })).toEqual([3, 1, 2, 0]);
});

test('the pictures behind a cell, right ones too', () => {
  expect(ranked(answers, { order: 'wrong', truth: 0, answer: 1 })).toEqual([1]);
  expect(ranked(answers, { order: 'wrong', truth: 0, answer: 0 })).toEqual([0]);
  expect(ranked(answers, { order: 'wrong', truth: 1 })).toEqual([2, 3]);
});

test('changes are told against how the epoch before ended; within the first epoch against the look before', () => {
  expect(lookBefore(answers)?.step).toBe(20);
  expect(changesOf(answers)).toEqual({ right: [0, 3], wrong: [1] });
  expect(ranked(answers, { order: 'wrong', changed: 'right' })).toEqual([3, 0]);
  const first = { ...answers, looks: answers.looks.slice(0, 2) };
  expect(changesOf(first)).toEqual({ right: [3], wrong: [1] });
  expect(changesOf({ ...answers, looks: answers.looks.slice(0, 1) })).toEqual({ right: [], wrong: [] });
});
