import { expect, test } from 'vitest';
import { templates } from '../../src/templates/index.ts';
import { defaultOptions } from '../../src/templates/template.ts';
import { factsOf } from './facts.ts';
import { barsOf } from './figure.ts';

const bars = (id: string, set = {}) => barsOf(factsOf(id, { ...defaultOptions, set }).scene.nodes);

test('a bar for each block, an arc over those with a skip', () => {
  const residual = bars('resnet18');
  expect(residual.filter((b) => b.skip)).toHaveLength(8);
  expect(bars('resnet18', { shortcut: 'none' }).filter((b) => b.skip)).toHaveLength(0);
  expect(bars('resnet34').filter((b) => b.skip)).toHaveLength(16);
});

test('drawn by blocks it looks the same', () => {
  const shape = (all: ReturnType<typeof bars>) => all.map(({ height, skip }) => [height, skip]);
  expect(shape(bars('resnet50', { detail: 'blocks' }))).toEqual(shape(bars('resnet50')));
});

test('smaller pictures are lower bars', () => {
  const heights = bars('resnet18').map((b) => b.height);
  expect([...heights].sort((a, b) => b - a)).toEqual(heights);
});

test.each(templates.map((t) => t.id))('%s fits its frame', (id) => {
  for (const { x, y, width, height } of bars(id)) {
    expect(x).toBeGreaterThanOrEqual(-0.001);
    expect(y).toBeGreaterThanOrEqual(0);
    expect(x + width).toBeLessThanOrEqual(220.001);
    expect(y + height).toBeLessThanOrEqual(72);
  }
});
