import { expect, test } from 'vitest';
import type { CustomBlock } from '../../src/document/model.ts';
import { found, groupsOf } from './palette-groups.ts';

const own: CustomBlock = {
  type: 'custom/mine',
  title: 'Mine',
  repeat: 1,
  exposed: [],
  nodes: [],
  wires: [],
};

test('every item stands in one group, the drawing’s own blocks first', () => {
  const groups = groupsOf([own]);
  expect(groups[0]?.items.map((i) => i.title)).toEqual(['Mine']);
  const types = groups.flatMap((g) => g.items.map((i) => i.type));
  expect(new Set(types).size).toBe(types.length);
  expect(groupsOf([]).some((g) => g.category === 'custom')).toBe(false);
});

test('a search goes by title first, and finds by type and category', () => {
  const groups = groupsOf([]);
  expect(found(groups, 'resnext b')[0]?.type).toBe('resnext');
  expect(found(groups, 'conv2d').map((i) => i.type)).toContain('conv2d');
  expect(found(groups, 'pooling').length).toBeGreaterThan(1);
  expect(found(groups, 'zzz')).toEqual([]);
});
