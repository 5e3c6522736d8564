import { expect, test } from 'vitest';
import type { EngineInstalling } from '../../src/services/contract.ts';
import { amountOf, endSentence, gainSentence, shareOf, stepOf } from './install-words.ts';

const state = (change: Partial<EngineInstalling>): EngineInstalling => ({
  ...{ engine: 'tensorflow', gpu: false, phase: 'fetching', done: 0, total: null, message: 'Fetching …' },
  ...{ error: null, measured: null },
  ...change,
});

test('how far it is: bytes where there are any, tries elsewhere, nothing where nothing is known', () => {
  expect(amountOf(state({ done: 93_100_000, total: 279e6 }))).toBe('93.1 MB of 279 MB');
  expect(amountOf(state({ done: 93_100_000 }))).toBe('93.1 MB');
  expect(amountOf(state({}))).toBe('');
  expect(amountOf(state({ phase: 'measuring', done: 1, total: 3 }))).toBe('2 of 3');
  expect(amountOf(state({ phase: 'measuring' }))).toBe('');
  expect(shareOf(state({ done: 5, total: 10 }))).toBe(0.5);
  expect(shareOf(state({ done: 11, total: 10 }))).toBe(1);
  expect(shareOf(state({ total: 0 }))).toBeUndefined();
  expect([stepOf(state({})), stepOf(state({ phase: 'done' }))]).toEqual([1, 6]);
});

test('a gain is told as it was measured, and none is not called one', () => {
  const work = 'ResNet-18';
  expect(gainSentence({ portableStepMs: 291, tensorflowStepMs: 104, work })).toBe(
    'A step takes 104 ms instead of 291 ms: 2.8 times as fast.',
  );
  expect(gainSentence({ portableStepMs: 1843.2, tensorflowStepMs: 100, work })).toContain('18 times as fast');
  expect(gainSentence({ portableStepMs: 100, tensorflowStepMs: 101, work })).toContain('no faster');
});

test('how it ended', () => {
  expect(endSentence(state({ phase: 'done' }))).toBe('TensorFlow is installed.');
  const error = { code: 'x', message: 'There is no space.', hint: null };
  expect(endSentence(state({ phase: 'failed', error }))).toBe('There is no space.');
  expect(endSentence(state({ phase: 'cancelled', error }))).toContain('Nothing has changed');
});
