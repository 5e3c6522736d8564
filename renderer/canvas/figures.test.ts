import { expect, test } from 'vitest';
import { addNode, applyEdit } from '../../src/document/edits.ts';
import { diagnose, lower } from '../../src/lower/index.ts';
import { findTemplate } from '../../src/templates/index.ts';
import { defaultOptions } from '../../src/templates/template.ts';
import { describeNode, figuresOf, skipOf } from './figures.ts';
import { ends, exposedOf } from './grouping.ts';
import { sceneOf } from './scene.ts';

const resnet = findTemplate('resnet18').build(defaultOptions);
const withLoose = applyEdit(resnet, addNode(resnet, { type: 'add', params: {}, x: 0, y: 0 })).document;
const lowered = lower(withLoose);
const scene = sceneOf(lowered, diagnose(lowered));
const named = (name: string) => {
  const found = scene.nodes.find((n) => n.node.name === name);
  if (!found) throw new Error(`no node ${name}`);
  return found;
};

test('a node says what it is, gives and costs', () => {
  expect(describeNode(named('stage1'), [])).toBe(
    'stage1, Residual stage, output 24 by 24 by 64, 148,224 parameters, no problems',
  );
  expect(describeNode(named('add'), [])).toBe('add, Add, output unknown, 2 errors and 1 warning');
});

test('figures are exact', () => {
  expect(figuresOf(named('stage1'))).toContain('148,224 parameters');
  expect(figuresOf(named('add'))).toContain('The output is not known yet');
});

test('only residual blocks have or lack a skip', () => {
  expect(skipOf(named('stage1'))).toBe(true);
  expect(skipOf(named('add'))).toBeUndefined();
});

test('a selection has as many ends as sources and results', () => {
  const ids = ['stage1', 'stage2'].map((name) => named(name).key);
  expect(ends(resnet, new Set(ids))).toEqual({ inputs: 1, outputs: 1 });
  expect(ends(resnet, new Set(ids.slice(0, 1)))).toEqual({ inputs: 1, outputs: 1 });
});

test('exposed parameters are named apart where two have one name', () => {
  const nodes = [named('stage1').node, named('stage2').node];
  const wish = (i: number, param: string) => ({ node: nodes[i]?.id ?? '', param, firstOnly: false });
  const names = exposedOf(nodes, [wish(0, 'filters'), wish(1, 'filters'), wish(0, 'strides')]).map(
    (e) => e.name,
  );
  expect(names).toEqual(['stage1_filters', 'stage2_filters', 'strides']);
});
