import { expect, test } from 'vitest';
import { partsOf, splitWords } from './split.ts';

test('what an engine does not tell apart is one part, and what it does is not counted twice', () => {
  expect(splitWords({ stepMs: 104.3, waitMs: 0.3, updateMs: null })).toBe('data 0.3 ms · step 104 ms');
  expect(splitWords({ stepMs: 1500, waitMs: 20, updateMs: 80 })).toBe(
    'data 20 ms · compute 1.40 s · update 80 ms',
  );
  expect(splitWords({ stepMs: 12.34, waitMs: null, updateMs: null })).toBe('step 12 ms');
  // Means of other steps may add up to more.
  expect(partsOf({ stepMs: 10, waitMs: 11, updateMs: 0 }).map((p) => p.ms)).toEqual([11, 0, 0]);
});
