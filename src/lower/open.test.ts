import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '../../scripts/property.ts';
import { applyEdit, move, setParams } from '../document/edits.ts';
import { groupNodes } from '../document/group.ts';
import { STEP_X, STEP_Y } from '../document/layout.ts';
import { findTemplate } from '../templates/index.ts';
import { defaultOptions } from '../templates/template.ts';
import { anyDrawing } from './any-drawing.ts';
import {
  diagnoseInside,
  type Lowered,
  lower,
  networkOf,
  type Opened,
  openNode,
  shapeOnWire,
} from './index.ts';

const resnet = findTemplate('resnet18').build(defaultOptions);
const opened = (lowered: Lowered, id: string): Opened => {
  const found = openNode(lowered, id);
  return 'reason' in found ? expect.fail(found.reason) : found;
};

test('a stage opens to its blocks, a block to its layers, with paths, places and shapes', () => {
  const lowered = lower(resnet);
  const stage = opened(lowered, 'stage2');
  expect(stage.lowered.document.nodes.map((n) => n.name)).toEqual(['in', 'stage2/0', 'stage2/1', 'out']);
  expect(stage.lowered.document.nodes.map((n) => [n.x, n.y])).toEqual(
    [-1, 0, 1, 2].map((i) => [0, i * STEP_Y]),
  );
  expect(stage.fedBy.get('out')).toEqual({ node: 'stage2/1', port: 'out' });
  const block = opened(stage.lowered, 'stage2/0');
  const at = new Map(block.lowered.document.nodes.map((n) => [n.name, n]));
  expect(at.get('stage2/0/shortcut/conv')).toMatchObject({ x: STEP_X, y: 0 });
  expect(block.fedBy.get('out')?.node).toBe('stage2/0/relu');
  const shapes = block.lowered.document.wires.map((w) => shapeOnWire(block.lowered, w)?.join());
  expect(new Set(shapes)).toEqual(new Set(['24,24,64', '12,12,128']));
  const paths = networkOf(resnet).layers.map((l) => l.path);
  for (const { name, type } of block.lowered.document.nodes)
    if (!['input', 'output'].includes(type)) expect(paths).toContain(name);
  expect(openNode(block.lowered, 'stage2/0/conv1')).toEqual({
    reason: "'stage2/0/conv1' is one layer; there is nothing inside.",
  });
});

test('it is the same object until shapes or parameters change', () => {
  const lowered = lower(resnet);
  const before = opened(lowered, 'stage2');
  const moved = applyEdit(resnet, move(resnet, new Map([['stage2', { x: 5, y: 5 }]]))).document;
  expect(openNode(lower(moved, lowered), 'stage2')).toBe(before);
  const wider = applyEdit(resnet, setParams(resnet, 'stage1', { filters: 32 })).document;
  expect(openNode(lower(wider, lowered), 'stage2')).not.toBe(before);
});

test('repeated custom blocks, problems inside, and what cannot be opened', () => {
  const detailed = findTemplate('resnet18').build({ ...defaultOptions, set: { detail: 'blocks' } });
  const grouped = applyEdit(
    detailed,
    groupNodes(detailed, ['stage1/0', 'stage1/1'], { name: 'g', repeat: 2 }),
  ).document;
  const id = grouped.nodes.find((n) => n.type === 'custom/g')?.id ?? '';
  const copies = opened(lower(grouped), id);
  const copy = opened(copies.lowered, 'g/1');
  expect(copy.lowered.document.nodes.map((n) => n.name)).toContain('g/1/stage1/0');
  expect(opened(copy.lowered, 'g/1/stage1/0').lowered.nodes.has('g/1/stage1/0/conv1')).toBe(true);
  const broken = applyEdit(resnet, setParams(resnet, 'stage2', { shortcut: 'identity' })).document;
  const stage = opened(lower(broken), 'stage2');
  const told = diagnoseInside(opened(stage.lowered, 'stage2/0').lowered);
  expect(told.map((d) => [d.code, d.nodeId])).toEqual([['shape/add-mismatch', 'stage2/0/add']]);
  expect(openNode(lower({ ...resnet, wires: [] }), 'stage2')).toMatchObject({
    reason: expect.stringContaining('no shape is known of its input. Connect it first'),
  });
});

test('whatever is drawn, a node opens or says why not, and what it gives is what the node gives', () => {
  let count = 0;
  fc.assert(
    fc.property(anyDrawing, (document) => {
      const lowered = lower(document);
      for (const { node, fragment, ports } of lowered.nodes.values()) {
        const found = openNode(lowered, node.id);
        if ('reason' in found) {
          expect(found.reason).toMatch(/\.$/);
          continue;
        }
        if (fragment.problems.length > 0) continue;
        count++;
        ports.outputs.forEach((port, i) => {
          const end = found.lowered.nodes.get(found.outputs.get(port) ?? '');
          expect(end?.inputs[0] ?? null).toEqual(fragment.outputs[i]?.shape ?? null);
        });
      }
    }),
    { numRuns: runs(300), seed: 4 },
  );
  expect(count).toBeGreaterThan(100);
});
