import { expect, test } from 'vitest';
import { applyEdit, move, removeNode, setParams } from '../../src/document/edits.ts';
import { NODE_HEIGHT } from '../../src/document/layout.ts';
import { diagnose, lower } from '../../src/lower/index.ts';
import { findTemplate } from '../../src/templates/index.ts';
import { defaultOptions } from '../../src/templates/template.ts';
import { FRAME_HEADER, type Scene, type SceneNode, sceneOf } from './scene.ts';

const resnet = findTemplate('resnet18').build(defaultOptions);
const drawn = (document = resnet, opened: string[] = [], before?: Scene) => {
  const lowered = lower(document);
  return sceneOf(lowered, diagnose(lowered), new Set(opened), before);
};
const at = (scene: Scene, key: string) => scene.nodes.find((n) => n.key === key) as SceneNode;

test('every wire carries its shape', () => {
  const shapes = drawn().wires.map((w) => w.shape?.join('×'));
  expect(shapes).toEqual(['96×96×1', '24×24×64', '24×24×64', '12×12×128', '6×6×256', '3×3×512', '10']);
});

test('an opened stage shows its blocks, an opened block its layers; what follows moves down', () => {
  const closed = drawn();
  const scene = drawn(resnet, ['stage2', 'stage2>stage2/0']);
  const stage = at(scene, 'stage2');
  expect(stage.opened).toBe(true);
  const blocks = scene.nodes.filter((n) => n.owner === 'stage2');
  expect(blocks.map((n) => n.node.name)).toEqual(['stage2/0', 'stage2/1']);
  const layers = scene.nodes.filter((n) => n.owner === blocks[0]?.key);
  expect(layers.map((n) => n.node.name)).toContain('stage2/0/conv1');
  expect(at(scene, 'stage3').y - at(closed, 'stage3').y).toBe(stage.height - NODE_HEIGHT);
  expect(at(scene, 'stem').y).toBe(at(closed, 'stem').y);
  for (const { x, y, width, height, owner } of scene.nodes.filter((n) => n.owner !== null)) {
    const around = at(scene, owner as string);
    expect(x).toBeGreaterThan(0);
    expect(y).toBeGreaterThanOrEqual(FRAME_HEADER);
    expect(x + width).toBeLessThan(around.width);
    expect(y + height).toBeLessThan(around.height);
  }
});

test('wires of an inside begin and end at the frame’s own ports, with shapes', () => {
  const inner = drawn(resnet, ['stage2']).wires.filter((w) => !w.editable);
  expect(new Set(inner.map((w) => [w.from, w.to, w.shape?.join('×')]))).toEqual(
    new Set([
      [{ key: 'stage2', port: 'inner:in' }, { key: 'stage2>stage2/0', port: 'in' }, '24×24×64'],
      [{ key: 'stage2>stage2/0', port: 'out' }, { key: 'stage2>stage2/1', port: 'in' }, '12×12×128'],
      [{ key: 'stage2>stage2/1', port: 'out' }, { key: 'stage2', port: 'inner:out' }, '12×12×128'],
    ]),
  );
});

test('boxes that stand beside one another do not overlap when one is opened', () => {
  const beside = applyEdit(
    resnet,
    move(resnet, new Map([['stage3', { x: 248, y: resnet.nodes[3]?.y ?? 0 }]])),
  );
  const scene = drawn(beside.document, ['stage2']);
  const stage = at(scene, 'stage2');
  expect(at(scene, 'stage3').x).toBeGreaterThanOrEqual(stage.x + stage.width);
});

test('what did not change is the same object', () => {
  const before = drawn();
  const lowered = lower(resnet);
  const edit = setParams(resnet, 'stage3', { count: 3 });
  const next = lower(applyEdit(resnet, edit).document, lowered);
  const first = sceneOf(lowered, diagnose(lowered), new Set(), before);
  const after = sceneOf(next, diagnose(next), new Set(), first);
  expect(after.nodes.filter((n, i) => n !== first.nodes[i]).map((n) => n.key)).toEqual(['stage3']);
  expect(after.wires.every((w, i) => w === first.wires[i])).toBe(true);
});

test('a problem stands on its node and on the wire that ends at its port', () => {
  const broken = applyEdit(resnet, removeNode(resnet, 'stage2')).document;
  const scene = drawn(broken);
  expect(at(scene, 'stage3').problems.map((d) => d.code)).toContain('graph/unconnected');
});
