import { expect, test } from 'vitest';
import type { Batch } from '../data/pipeline.ts';
import { targetsOf } from './targets.ts';

const batch: Batch = {
  ...{ images: new Float32Array(2), count: 2, shape: [1, 1, 1] },
  labels: Int32Array.of(0, 2),
};

test('one label a picture and nothing else needs no targets', () => {
  expect(targetsOf(batch, 3, { labelSmoothing: 0 })).toBeUndefined();
});

test('smoothing, weights and shares by hand', () => {
  const rows = (values: Float32Array | undefined) =>
    [...(values ?? [])].map((v) => Math.round(v * 1e6) / 1e6);
  const smooth = targetsOf(batch, 3, { labelSmoothing: 0.3 });
  expect(rows(smooth?.coefficients)).toEqual([0.4, 0.05, 0.05, 0.05, 0.05, 0.4]);
  expect(rows(smooth?.truth)).toEqual([1, 0, 0, 0, 0, 1]);
  const weighted = targetsOf(batch, 3, { labelSmoothing: 0, weightOfClass: [1, 5, 3] });
  expect(rows(weighted?.coefficients)).toEqual([0.25, 0, 0, 0, 0, 0.75]);
  const mixed = { labels: Int32Array.of(2, 2), shares: Float32Array.of(0.75, 0.75) };
  const both = targetsOf({ ...batch, mixed }, 3, { labelSmoothing: 0 });
  expect(rows(both?.truth)).toEqual([0.75, 0, 0.25, 0, 0, 1]);
  expect(rows(both?.coefficients)).toEqual([0.375, 0, 0.125, 0, 0, 0.5]);
});
