import { expect, test } from 'vitest';
import { balancedWeights } from './class-weights.ts';

test('rare classes count more, all classes the same together, one that is not there nothing', () => {
  const labels = Uint8Array.of(0, 0, 0, 0, 0, 0, 2, 2, 3);
  // 9 pictures, 3 classes that occur: 9 / (3 · 6), 9 / (3 · 2), 9 / (3 · 1).
  expect(balancedWeights({ labels, count: 9 }, 4)).toEqual([0.5, 0, 1.5, 3]);
  expect(balancedWeights({ labels, count: 6 }, 4)).toEqual([1, 0, 0, 0]);
});
