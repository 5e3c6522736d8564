import { expect, test } from 'vitest';
import type { RunListItem } from '../../src/services/contract.ts';
import { anyRun, runRows, tagsOf } from './run-rows.ts';

const run = (id: string, testAccuracy: number | null, data = 'mnist'): RunListItem => ({
  active: false,
  record: {
    ...{ formatVersion: 1, id, title: `Net ${id}`, createdAt: `2026-01-0${id}T00:00:00Z`, state: 'finished' },
    ...{ reason: '', recipe: { data, size: 32 }, environment: {}, summary: { testAccuracy } },
  },
});
const list = [
  run('1', 0.5),
  run('2', null),
  run('3', 0.9, 'fashion-mnist'),
  { id: 'torn', damaged: 'It is not JSON.' },
];
const ids = (...[query, by, falling]: [string, Parameters<typeof runRows>[2], boolean]) =>
  runRows(list, query, by, falling).map((r) => r.id);

test('sorted by a column; what has no value comes last either way', () => {
  expect(ids('', 'accuracy', true)).toEqual(['3', '1', 'torn', '2']);
  expect(ids('', 'accuracy', false)).toEqual(['1', '3', 'torn', '2']);
  expect(ids('', 'when', true)).toEqual(['3', '2', '1', 'torn']);
});

test('found by all words, wherever they stand; damaged ones by their reason', () => {
  expect(ids('fashion net', 'when', true)).toEqual(['3']);
  expect(ids('json', 'when', true)).toEqual(['torn']);
  expect(ids('nothing like it', 'when', true)).toEqual([]);
});

test('found by tag, state and note', () => {
  const labelled: RunListItem[] = [
    { ...run('1', 0.5), tags: ['thesis', 'old'], note: 'Diverged late.' },
    { ...run('2', 0.6), tags: ['thesis'], note: '' },
    ...list.slice(3),
  ];
  const found = (query: string, filter: Partial<typeof anyRun>) =>
    runRows(labelled, query, 'when', false, { ...anyRun, ...filter }).map((r) => r.id);
  expect(tagsOf(labelled)).toEqual(['old', 'thesis']);
  expect(found('', { tag: 'thesis' })).toEqual(['1', '2']);
  expect(found('diverged', { tag: 'thesis' })).toEqual(['1']);
  expect(found('', { state: 'finished' })).toEqual(['1', '2']);
  expect(found('', { state: 'failed' })).toEqual([]);
});
