import { expect, test } from 'vitest';
import type { Look } from '../../src/training/telemetry.ts';
import { joined, lookShown } from './store.ts';

const look = (step: number, epoch = 0): Look => ({ step, epoch, activations: {}, weights: {} });

test('looks stand by their steps, each once, the later told one last', () => {
  expect(joined([look(1)], [look(21)]).map(({ step }) => step)).toEqual([1, 21]);
  const all = joined([look(1), look(41)], [look(21), look(41, 7)]);
  expect(all.map(({ step }) => step)).toEqual([1, 21, 41]);
  expect(all[2]?.epoch).toBe(7);
});

test('the newest is shown unless another is chosen', () => {
  const state = { run: 'r', looks: [look(1), look(21)], measure: null, node: null, loading: false };
  expect(lookShown({ ...state, at: null })?.step).toBe(21);
  expect(lookShown({ ...state, at: 0 })?.step).toBe(1);
});
