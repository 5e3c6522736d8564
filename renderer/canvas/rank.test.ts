import { expect, test } from 'vitest';
import { lower } from '../../src/lower/index.ts';
import { findTemplate } from '../../src/templates/index.ts';
import { defaultOptions } from '../../src/templates/template.ts';
import { candidatesFor } from './rank.ts';

const resnet = findTemplate('resnet18').build(defaultOptions);
const lowered = lower(resnet);
const idOf = (name: string) => resnet.nodes.find((n) => n.name === name)?.id ?? '';
const types = (name: string, port: string, direction: 'forward' | 'backward') =>
  candidatesFor(lowered, { node: idOf(name), port }, direction).map((c) => c.item.type);

test('after a stage another one comes first', () => {
  expect(types('stage1', 'out', 'forward')[0]).toBe('residual-stage');
});

test('what does not take the shape is not offered', () => {
  expect(types('stage1', 'out', 'forward')).toContain('conv2d');
  // A vector of ten numbers.
  const after = types('head', 'out', 'forward');
  expect(after).toContain('dense');
  expect(after).not.toContain('conv2d');
});

test('the ends that the drawing has are not offered again', () => {
  expect(types('head', 'out', 'forward')).not.toContain('output');
  expect(types('stem', 'in', 'backward')).not.toContain('input');
});

test('before an input, what has an output', () => {
  const before = types('output', 'in', 'backward');
  expect(before).toContain('head');
  expect(before).not.toContain('output');
});

test('it tells the port: the first of a joining op', () => {
  const add = candidatesFor(lowered, { node: idOf('stage1'), port: 'out' }, 'forward').find(
    (c) => c.item.type === 'add',
  );
  expect(add?.port).toBe('a');
});
