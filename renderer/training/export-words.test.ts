import { expect, test } from 'vitest';
import { verificationWords } from './export-words.ts';

const entry = { ...{ format: 'tfjs', place: '/x', at: '', by: 'tf.js in another process' }, samples: 8 };

test('an export that answers the same', () => {
  expect(verificationWords({ ...entry, largestDifference: 3.2e-7, agreement: 1 })).toEqual({
    good: true,
    words:
      'Read back by tf.js in another process: largest difference 3e-7 of the largest output on 8 samples; top class agrees on 8 of 8.',
  });
});

test('one that does not is no good', () => {
  const { good, words } = verificationWords({ ...entry, largestDifference: 0.2, agreement: 0.75 });
  expect(good).toBe(false);
  expect(words).toContain('6 of 8');
});
