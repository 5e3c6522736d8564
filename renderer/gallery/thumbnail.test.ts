import { expect, test } from 'vitest';
import { findTemplate, templates } from '../../src/templates/index.ts';
import { defaultOptions } from '../../src/templates/template.ts';
import { inColumns, stagesOf, thumbnailOf } from './thumbnail.ts';

test('no two nodes lie on each other, and deep stages go on beside', () => {
  const set = { detail: 'blocks' };
  const { nodes } = inColumns(findTemplate('resnet101').build({ ...defaultOptions, set }));
  expect(new Set(nodes.map(({ x, y }) => `${x} ${y}`)).size).toBe(nodes.length);
  const stage3 = nodes.filter((n) => n.name.startsWith('stage3'));
  expect(new Set(stage3.map((n) => n.x)).size).toBe(Math.ceil(23 / 8));
});

test('plain lacks the arcs; nothing is written', () => {
  const [residual, plain] = [false, true].map((p) => stagesOf('resnet18', p, 'light').svg);
  const paths = (svg = '') => svg.match(/<path/g)?.length ?? 0;
  expect(paths(residual) - paths(plain)).toBe(4);
  expect(residual).not.toContain('<text');
});

test.each(templates.map((t) => t.id))('%s stays small as a picture', (id) => {
  expect(thumbnailOf(id, 'dark').svg.length).toBeLessThan(60_000);
});
