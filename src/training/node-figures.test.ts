import { expect, test } from 'vitest';
import { figuresByNode, nodeOf } from './node-figures.ts';
import type { Look } from './telemetry.ts';

const look: Look = {
  ...{ step: 20, epoch: 0 },
  activations: {
    'stem/conv': { mean: 0.1, std: 2 },
    'stem/relu': { mean: 0.5, std: 1, zeros: 0.5, dead: 0.25 },
    'stage1/0/relu': { mean: 1, std: 3, zeros: 0.2, dead: 0.5 },
    'stage1/1/relu': { mean: 2, std: 4, zeros: 0.1, dead: 0 },
    'stage10/0/relu': { mean: null, std: null, zeros: 0, dead: null },
  },
  weights: {
    'stem/conv/kernel': { norm: 4, gradient: 3, update: 0.03 },
    'stem/conv/bias': { norm: 3, gradient: 4, update: 0.04 },
    'stage1/0/conv/kernel': { norm: 0, gradient: 1, update: 0 },
    'stage10/0/conv/kernel': { norm: 1, gradient: null, update: 0.1 },
  },
};

test('a path belongs to the longest name that it begins with, whole parts alone', () => {
  const names = new Set(['stage1', 'stage1/0', 'stage10']);
  expect(nodeOf('stage1/0/conv', names)).toBe('stage1/0');
  expect(nodeOf('stage1/1/conv', names)).toBe('stage1');
  expect(nodeOf('stage10/0/conv', names)).toBe('stage10');
  expect(nodeOf('stage1', names)).toBe('stage1');
  expect(nodeOf('stage', names)).toBeUndefined();
  expect(nodeOf('other/conv', names)).toBeUndefined();
});

test('what a node gives on, its worst ReLU, its gradients and updates together', () => {
  const by = figuresByNode(look, ['stem', 'stage1', 'stage10', 'head']);
  expect(by.get('stem')).toEqual({
    ...{ mean: 0.5, std: 1, dead: 0.25, deadPath: 'stem/relu' },
    ...{ gradient: 5, ratio: expect.closeTo(0.01, 10) },
  });
  // Weights that are all 0 have no ratio.
  expect(by.get('stage1')).toEqual({ mean: 2, std: 4, dead: 0.5, deadPath: 'stage1/0/relu', gradient: 1 });
  // What was no number is absent.
  expect(by.get('stage10')).toEqual({ ratio: 0.1 });
  expect(by.has('head')).toBe(false);
});

test('a drawing by blocks gets them by block', () => {
  const by = figuresByNode(look, ['stage1/0', 'stage1/1']);
  expect(by.get('stage1/0')).toMatchObject({ mean: 1, dead: 0.5 });
  expect(by.get('stage1/1')).toMatchObject({ mean: 2, dead: 0 });
});

test('time is measured, or else shared out by multiply–accumulates', () => {
  const macs = { 'stem/conv': 300, 'stage1/0/conv': 100, 'stage1/1/conv': 0 };
  expect(figuresByNode(look, ['stem', 'stage1'], macs).get('stem')?.time).toBe(0.75);
  const measured = { ...look, layerMs: { 'stem/conv': 2, 'stem/relu': 2, 'stage1/0/conv': 4 } };
  expect(figuresByNode(measured, ['stem', 'stage1'], macs).get('stem')?.time).toBe(0.5);
  expect(figuresByNode(look, ['stem']).get('stem')).not.toHaveProperty('time');
});
