import { expect, test } from 'vitest';
import { ranked, scoreOf } from './search.ts';

const titles = (items: readonly { title: string }[]) => items.map((i) => i.title);

test('beginnings before words, words before middles, letters in order last', () => {
  const items = ['Max pool', 'Global average pool', 'Pool party', 'Spool', 'Parallel odd tools'].map(
    (title) => ({ title }),
  );
  expect(titles(ranked(items, 'pool'))).toEqual([
    'Pool party',
    'Max pool',
    'Global average pool',
    'Spool',
    'Parallel odd tools',
  ]);
});

test('every word must fit', () => {
  expect(scoreOf('res block', 'Residual block')).toBeGreaterThan(0);
  expect(scoreOf('res stage', 'Residual block')).toBe(0);
});

test('other words find it too', () => {
  expect(titles(ranked([{ title: 'Unpack', words: 'ungroup' }, { title: 'Undo' }], 'ungr'))).toEqual([
    'Unpack',
  ]);
});

test('nothing asked: all, in order', () => {
  expect(titles(ranked([{ title: 'b' }, { title: 'a' }], ' '))).toEqual(['b', 'a']);
});
