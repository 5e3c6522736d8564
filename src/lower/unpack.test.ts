import { expect, test } from 'vitest';
import { applyEdit, connect, removeNode } from '../document/edits.ts';
import { readDocument, writeDocument } from '../document/file.ts';
import { groupNodes } from '../document/group.ts';
import { type DocNode, emptyDocument, type StemmaDocument } from '../document/model.ts';
import { unpack } from '../document/unpack.ts';
import { weightsOf } from '../network/network.ts';
import { findTemplate } from '../templates/index.ts';
import { defaultOptions } from '../templates/template.ts';
import { diagnose, lower, networkOf, schemaOf } from './index.ts';
import { unpackNode } from './unpack.ts';

const weights = (document: StemmaDocument) =>
  weightsOf(networkOf(document))
    .map((w) => `${w.path} ${w.shape}`)
    .sort();

/** The document with a node unpacked; its network has the same weights, the inverse leads back, a file holds it. */
function unpacked(document: StemmaDocument, id: string): StemmaDocument {
  const edit = unpackNode(lower(document), id);
  const { document: after, inverse } = applyEdit(document, edit);
  expect(applyEdit(after, inverse).document).toEqual(document);
  expect(diagnose(lower(after))).toEqual([]);
  expect(weights(after)).toEqual(weights(document));
  expect(networkOf(after)).toMatchObject({
    macs: networkOf(document).macs,
    stats: networkOf(document).stats,
  });
  expect(edit.renamed).toBeUndefined();
  const text = writeDocument(after);
  expect(writeDocument(readDocument(text, 'f', (type) => schemaOf(type, []) !== undefined))).toBe(text);
  return after;
}

test.each(['d2l', 'torchvision'] as const)(
  'every shipped block opens to its ops, in the flavour %s',
  (flavour) => {
    for (const id of ['resnet18', 'resnet50', 'resnext50_32x4d', 'resnet20-cifar']) {
      let document = findTemplate(id).build({ ...defaultOptions, flavour, input: [64, 64, 3] });
      for (const name of ['stage2', 'stage2/0', 'stage2/1', 'stem', 'head'])
        document = unpacked(document, name);
      const types = document.nodes.filter((n) => n.name.startsWith('stage2/0/')).map((n) => n.type);
      expect(types).toContain('conv2d');
      expect(types).toContain('add');
    }
  },
);

const node = (id: string, type: string, params: DocNode['params'] = {}): DocNode => ({
  id,
  type,
  name: id,
  params,
  x: 0,
  y: 0,
});

function drawing(nodes: readonly DocNode[], wires: readonly (readonly [string, string])[]): StemmaDocument {
  const port = (text: string, usual: string) => {
    const [name = '', end = usual] = text.split('.');
    return { node: name, port: end };
  };
  return wires.reduce<StemmaDocument>(
    (d, [from, to]) => applyEdit(d, connect(port(from, 'out'), port(to, 'in'))).document,
    { ...emptyDocument(), nodes },
  );
}

const line = drawing(
  [
    node('in', 'input', { shape: [8, 8, 4] }),
    node('c', 'conv2d', { filters: 4, padding: 'same' }),
    node('r', 'residual', { filters: 4 }),
    node('h', 'head'),
    node('out', 'output'),
  ],
  [
    ['in', 'c'],
    ['c', 'r'],
    ['r', 'h'],
    ['h', 'out'],
  ],
);

test('a repeated custom block opens to its copies, a copy to its inside, with exposed parameters', () => {
  const exposed = [
    { name: 'filters', node: 'c', param: 'filters', firstOnly: false },
    { name: 'strides', node: 'c', param: 'strides', firstOnly: true },
    { name: 'last', node: 'r', param: 'filters', firstOnly: false },
  ];
  const { document } = applyEdit(line, groupNodes(line, ['c', 'r'], { name: 'b', repeat: 3, exposed }));
  const set = document.nodes.map((n) =>
    n.id === 'b' ? { ...n, params: { filters: 6, last: 6, strides: [2, 2] } } : n,
  );
  let opened = unpacked({ ...document, nodes: set }, 'b');
  expect(opened.nodes.map((n) => n.name)).toEqual(['in', 'h', 'out', 'b/0', 'b/1', 'b/2']);
  opened = unpacked(unpacked(opened, 'b/0'), 'b/1');
  expect(opened.nodes.find((n) => n.name === 'b/0/c')?.params).toMatchObject({ filters: 6, strides: [2, 2] });
  expect(opened.nodes.find((n) => n.name === 'b/1/c')?.params).toEqual({ filters: 6, padding: 'same' });
});

test('a custom block with two ways in, two ways out and one straight through', () => {
  const wide = drawing(
    [
      node('in', 'input', { shape: [8, 8, 4] }),
      node('p', 'conv2d', { filters: 4, padding: 'same' }),
      node('a', 'add'),
      node('q', 'conv2d', { filters: 4, padding: 'same' }),
      node('j', 'add', { inputs: 3 }),
      node('h', 'head'),
      node('out', 'output'),
    ],
    [
      ['in', 'p'],
      ['p', 'a.a'],
      ['in', 'a.b'],
      ['a', 'q'],
      ['a', 'j.a'],
      ['q', 'j.b'],
      ['in', 'j.c'],
      ['j', 'h'],
      ['h', 'out'],
    ],
  );
  const { document } = applyEdit(wide, groupNodes(wide, ['a', 'q'], { name: 'g' }));
  const through: StemmaDocument = {
    ...document,
    blocks: document.blocks.map((b) => ({
      ...b,
      nodes: [...b.nodes, node('thru', 'block-output')],
      wires: [...b.wires, { from: { node: 'in2', port: 'out' }, to: { node: 'thru', port: 'in' } }],
    })),
    wires: document.wires.map((w) => (w.to.port === 'c' ? { ...w, from: { node: 'g', port: 'thru' } } : w)),
  };
  const opened = unpacked(through, 'g');
  expect(opened.wires.find((w) => w.to.port === 'c')?.from.node).toBe('in');
});

test('a way that leads through a block back into itself begins nowhere', () => {
  const block = {
    type: 'custom/t',
    title: 't',
    repeat: 1,
    exposed: [],
    nodes: [node('i', 'block-input'), node('o', 'block-output')],
    wires: [{ from: { node: 'i', port: 'out' }, to: { node: 'o', port: 'in' } }],
  };
  const loop: StemmaDocument = {
    ...emptyDocument(),
    blocks: [block],
    nodes: [node('t', 'custom/t'), node('f', 'flatten')],
    wires: [
      { from: { node: 't', port: 'o' }, to: { node: 't', port: 'i' } },
      { from: { node: 't', port: 'o' }, to: { node: 'f', port: 'in' } },
    ],
  };
  const { document, inverse } = applyEdit(loop, unpack(loop, 't'));
  expect(document).toMatchObject({ nodes: [{ id: 'f' }], wires: [] });
  expect(applyEdit(document, inverse).document).toEqual(loop);
});

test('a name that is taken is avoided, and told as a rename', () => {
  const other = { ...node('x', 'flatten'), name: 'r/conv1' };
  const taken = { ...line, nodes: [...line.nodes, other] };
  expect(unpackNode(lower(taken), 'r').renamed).toEqual([[{ from: 'r/conv1', to: 'r/conv12' }]]);
});

test('one layer, an unknown shape and too many nodes are refused in words', () => {
  expect(() => unpackNode(lower(line), 'c')).toThrow("'c' is one layer; there is nothing inside.");
  const { document } = applyEdit(line, removeNode(line, 'c'));
  expect(() => unpackNode(lower(document), 'r')).toThrow('no shape is known of its input');
  const ends = drawing([node('c', 'concat'), node('d', 'dense')], [['c', 'd']]);
  const grouped = applyEdit(ends, groupNodes(ends, ['c', 'd'], { name: 'g', repeat: 2 })).document;
  expect(() => unpack(grouped, 'g')).toThrow('expected one input and one output, received 0 and 0');
  const one = applyEdit(line, groupNodes(line, ['c'], { name: 'g', repeat: 1000 })).document;
  const more = Array.from({ length: 19_500 }, (_, i) => node(`n${i}`, 'flatten'));
  expect(() => unpack({ ...one, nodes: [...one.nodes, ...more] }, 'g')).toThrow(
    "'g' stands for 1000 nodes; a drawing has at most 20000.",
  );
});
