import { expect, test } from 'vitest';
import { lower } from '../../src/lower/index.ts';
import { findTemplate } from '../../src/templates/index.ts';
import { defaultOptions } from '../../src/templates/template.ts';
import { sceneOf } from './scene.ts';
import { placesOf, wireAt } from './wires.ts';

const resnet = findTemplate('resnet18').build(defaultOptions);
const lowered = lower(resnet);
const idOf = (name: string) => resnet.nodes.find((n) => n.name === name)?.id ?? '';

test('a wire is found near its way, and only there', () => {
  const scene = sceneOf(lowered, []);
  const box = placesOf(scene).get(idOf('stage1'))?.box;
  if (!box) throw new Error('no place');
  const below = { x: box.x + box.width / 2 + 10, y: box.y + box.height + 20 };
  expect(wireAt(scene, below)?.from.key).toBe(idOf('stage1'));
  expect(wireAt(scene, { x: below.x + 100, y: below.y })).toBeUndefined();
});

test('places inside of an opened node are the drawing’s', () => {
  const scene = sceneOf(lowered, [], new Set([idOf('stage1')]));
  const at = placesOf(scene);
  const outer = at.get(idOf('stage1'))?.box;
  const inner = [...at.values()].find((p) => p.node.owner === idOf('stage1'))?.box;
  if (!outer || !inner) throw new Error('no place');
  expect(inner.x).toBeGreaterThan(outer.x);
  expect(inner.y + inner.height).toBeLessThan(outer.y + outer.height);
});
