import { expect, test } from 'vitest';
import type { RunEnd } from '../../src/services/contract.ts';
import { confusionWords, endTitle, waysOn } from './words.ts';

const fashion = {
  classes: ['Dress', 'Sneaker', 'Ankle boot'],
  confusion: [
    [8, 0, 2],
    [0, 900, 9],
    [0, 1, 1000],
  ],
};

test('what was taken for what', () => {
  expect(confusionWords(fashion, 1, 2)).toBe('9 sneakers taken for ankle boot');
  expect(confusionWords(fashion, 2, 1)).toBe('1 ankle boot taken for sneaker');
  expect(confusionWords(fashion, 0, 1)).toBe('No dresses taken for sneaker');
  expect(confusionWords(fashion, 0, 0)).toBe('8 of 10 dresses recognised');
});

test('digits are not put in the plural', () => {
  const digits = {
    classes: ['4', '9'],
    confusion: [
      [3, 2],
      [0, 5],
    ],
  };
  expect(confusionWords(digits, 0, 1)).toBe('2 pictures of 4 taken for 9');
  expect(confusionWords(digits, 1, 0)).toBe('No pictures of 9 taken for 4');
});

const end = (state: RunEnd['state'], reason = ''): RunEnd => ({ run: 'r', state, reason });

test('each end has its way on', () => {
  const recipe = { learningRate: 0.01, batch: 32 };
  expect(waysOn(end('finished'), recipe).map((w) => w.kind)).toEqual(['look', 'export']);
  const nan =
    'The loss became NaN at step 3 (learning rate 0.01). The weights grew without bound: lower the learning rate.';
  expect(waysOn(end('failed', nan), recipe)[0]).toMatchObject({ values: { learningRate: 0.0033 } });
  expect(waysOn(end('failed', 'There is not enough memory.'), recipe)[0]).toMatchObject({
    values: { batch: 16 },
  });
  expect(waysOn(end('failed', 'There is not enough memory.'), { batch: 1 })[0]?.kind).toBe('look');
  const gone = (words: string) =>
    end(
      'failed',
      `The trainer is gone: it was ended by SIGKILL.${words} If the system ran out of memory, use a smaller batch.`,
    );
  expect(waysOn(gone(''), recipe).map((w) => w.kind)).toEqual(['resume', 'look', 'again']);
  expect(waysOn(end('stopped', 'Stopped by hand.'), recipe)[0]?.kind).toBe('resume');
  expect(waysOn(gone(' Its last words: FATAL ERROR: JavaScript heap out of memory'), recipe)[0]?.kind).toBe(
    'recipe',
  );
});

test('stopped by hand keeps the weights; cancelled does not say so', () => {
  expect(endTitle(end('stopped', 'Stopped by hand.'), 'Net')).toContain('weights are kept');
  expect(endTitle(end('stopped', 'Cancelled.'), 'Net')).toBe('Training of "Net" was ended.');
});

test('out of memory: the batch that was named, or half of it', () => {
  const end = { run: 'r', state: 'failed' } as const;
  const first = (reason: string) => waysOn({ ...end, reason }, { batch: 4096 })[0];
  expect(
    first('The engine has no memory left. A batch of 1500 should fit (this one had 4096).'),
  ).toMatchObject({
    title: 'Use batch 1500',
    values: { batch: 1500 },
  });
  expect(first('The engine has no memory left.')).toMatchObject({ values: { batch: 2048 } });
});
