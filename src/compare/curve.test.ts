import { expect, test } from 'vitest';
import type { Metric } from '../training/metric.ts';
import { curveOf } from './curve.ts';

const step = (i: number, epoch: number): Metric => ({
  ...{
    kind: 'step',
    step: i,
    epoch,
    loss: 1 / (i + 1),
    accuracy: i / 10,
    learningRate: 0.1,
    durationMs: 500,
  },
});

test('points over steps, epochs and time', () => {
  const curve = curveOf([
    ...[0, 1].map((i) => step(i, 0)),
    {
      kind: 'epoch',
      step: 1,
      epoch: 0,
      loss: 1,
      accuracy: 0.5,
      validationLoss: 0.8,
      validationAccuracy: 0.6,
    },
    ...[2, 3].map((i) => step(i, 1)),
    { kind: 'validation', step: 2, epoch: 1, loss: 0.7, accuracy: 0.65 },
  ]);
  expect(curve.along('step', curve.train)).toEqual([1, 2, 3, 4]);
  expect(curve.along('epoch', curve.train)).toEqual([0.5, 1, 1.5, 2]);
  expect(curve.along('time', curve.train)).toEqual([0.5, 1, 1.5, 2]);
  expect(curve.held).toEqual({ step: [2, 3], seconds: [1, 2], loss: [0.8, 0.7], accuracy: [0.6, 0.65] });
});

test('steps told again count once, a loss that was none is no number, an epoch that goes on has no length', () => {
  const curve = curveOf([
    step(0, 0),
    step(1, 0),
    step(1, 0),
    { ...step(2, 0), loss: null as unknown as number },
  ]);
  expect(curve.train.step).toEqual([1, 2, 3]);
  expect(curve.train.loss.at(-1)).toBeNaN();
  expect(curve.along('epoch', curve.train)).toBeUndefined();
});
