import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '../../scripts/property.ts';
import { lower } from '../lower/index.ts';
import { unpackNode } from '../lower/unpack.ts';
import { findTemplate } from '../templates/index.ts';
import { defaultOptions } from '../templates/template.ts';
import { insertOnWire } from './arrange.ts';
import { applyEdit } from './edits.ts';
import { NODE_HEIGHT, NODE_WIDTH, STEP_X, STEP_Y } from './layout.ts';
import { type DocNode, emptyDocument, type StemmaDocument } from './model.ts';
import { placeBetween } from './room.ts';
import { unpack } from './unpack.ts';

const overlaps = ({ nodes }: StemmaDocument) =>
  nodes.flatMap((a, i) =>
    nodes
      .slice(i + 1)
      .filter((b) => Math.abs(a.x - b.x) < NODE_WIDTH && Math.abs(a.y - b.y) < NODE_HEIGHT)
      .map((b) => `${a.name} ${b.name}`),
  );

test('stages and blocks opened one after the other in a column overlap nothing', () => {
  let document = findTemplate('resnet18').build(defaultOptions);
  expect(document.nodes.map((n) => [n.x, n.y])).toEqual(document.nodes.map((_, i) => [0, i * STEP_Y]));
  for (const name of ['stage2', 'stage2/0', 'stage2/1', 'stem']) {
    document = applyEdit(document, unpackNode(lower(document), name)).document;
    expect(overlaps(document)).toEqual([]);
  }
  const at = (name: string) => document.nodes.find((n) => n.name === name);
  expect(at('stage2/0/conv1')).toMatchObject({ x: 0 });
  expect(at('stage2/0/shortcut/conv')).toMatchObject({ x: STEP_X, y: at('stage2/0/conv1')?.y });
  expect(at('stage3')?.y).toBeGreaterThan(at('stage2/1/relu')?.y ?? 0);
});

const node = (id: string, type: string, x: number, y: number): DocNode => ({
  ...{ id, type, name: id, params: {}, x, y },
});
const block = {
  ...{ type: 'custom/b', title: 'b', repeat: 1, exposed: [], wires: [] },
  nodes: [node('p', 'flatten', 0, 0), node('q', 'flatten', STEP_X, 0), node('r', 'flatten', 90, STEP_Y)],
};

test('a node dropped on a wire of a column stands between its ends', () => {
  const resnet = findTemplate('resnet18').build(defaultOptions);
  const [wire] = resnet.wires.filter((w) => w.to.node === 'stage2');
  const drop = { type: 'dropout', params: {}, x: 10, y: 2.6 * STEP_Y };
  const { document } = applyEdit(resnet, insertOnWire(resnet, wire ?? expect.fail(), drop));
  expect(overlaps(document)).toEqual([]);
  expect(document.nodes.map((n) => n.y / STEP_Y)).toEqual([0, 1, 2, 4, 5, 6, 7, 8, 3]);
});

test('wherever nodes stand, a node that is opened or put in pushes none onto another', () => {
  const places = fc.array(
    fc.tuple(fc.integer({ min: -600, max: 600 }), fc.integer({ min: -400, max: 400 })),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(places, (others) => {
      let document: StemmaDocument = {
        ...emptyDocument(),
        blocks: [block],
        nodes: [node('u', 'custom/b', 0, 0)],
      };
      others.forEach(([x, y], i) => {
        const next = { ...document, nodes: [...document.nodes, node(`o${i}`, 'flatten', x, y)] };
        if (overlaps(next).length === 0) document = next;
      });
      const { document: after, inverse } = applyEdit(document, unpack(document, 'u'));
      expect(overlaps(after)).toEqual([]);
      const rest = { ...document, nodes: document.nodes.slice(1) };
      const { y, changes } = placeBetween(rest, { x: 0, y: 0 });
      const roomy = applyEdit(rest, { label: '', changes }).document;
      expect(overlaps({ ...roomy, nodes: [...roomy.nodes, node('new', 'flatten', 0, y)] })).toEqual([]);
      expect(applyEdit(after, inverse).document).toEqual(document);
    }),
    { numRuns: runs(300) },
  );
});
