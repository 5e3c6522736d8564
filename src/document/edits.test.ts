import { expect, test } from 'vitest';
import { AppError } from '../base/errors.ts';
import { align, bypass, duplicate, insertOnWire, type Side } from './arrange.ts';
import {
  addNode,
  applyEdit,
  type Edit,
  move,
  removeNode,
  rename,
  setParams,
  setRecipe,
  setTitle,
} from './edits.ts';
import { groupNodes } from './group.ts';
import { type DocNode, emptyDocument, type StemmaDocument } from './model.ts';
import { freeName, nameProblem, nextName, slug } from './names.ts';
import { isPlain, setPlain } from './plain.ts';

const node = (id: string, type: string, x = 0, y = 0): DocNode => ({ id, type, name: id, params: {}, x, y });
const end = (node: string, port: string) => ({ node, port });

/** in → a → join.b, in → join.a (drawn later) → out */
const document: StemmaDocument = {
  ...emptyDocument(),
  nodes: [
    node('in', 'input'),
    node('a', 'conv2d', 100, 50),
    node('join', 'add', 200, 10),
    node('out', 'output', 300),
  ],
  wires: [
    { from: end('in', 'out'), to: end('a', 'in') },
    { from: end('a', 'out'), to: end('join', 'b') },
    { from: end('in', 'out'), to: end('join', 'a') },
    { from: end('join', 'out'), to: end('out', 'in') },
  ],
};

/** The document after an edit, whose inverse is checked. */
function after(edit: Edit, before = document): StemmaDocument {
  const { document: changed, inverse } = applyEdit(before, edit);
  expect(applyEdit(changed, inverse).document).toEqual(before);
  return changed;
}

test.each<[string, string | undefined]>([
  ['stage1/0', undefined],
  ['a', undefined],
  ['join', "'join' is the name of another node; expected one that is free."],
  ['my stem', "'my stem' cannot be a name: expected letters, digits, _ . - and / between parts."],
  ['../x', "'../x' cannot be a name: expected letters, digits, _ . - and / between parts."],
  ['', 'A name cannot be empty.'],
  ['x'.repeat(201), "The name 'xxxxxxxxxxxxxxxxxxxx…' has 201 characters; expected at most 200."],
])('the name %j', (name, problem) => {
  expect(nameProblem(document, name, 'a')).toBe(problem);
  if (problem === undefined) {
    expect(after(rename(document, 'a', name)).nodes[1]?.name).toBe(name);
    return;
  }
  expect(() => rename(document, 'a', name)).toThrow(problem);
  expect(() => addNode(document, { type: 'flatten', name, params: {}, x: 0, y: 0 })).toThrow(problem);
});

test('values that no file can hold are refused in words', () => {
  const nan = { filters: Number.NaN };
  expect(() => setParams(document, 'a', nan)).toThrow(
    "'a': filters: expected a value that a file can hold, received NaN.",
  );
  expect(() => setParams(document, 'a', JSON.parse('{"__proto__": 1}'))).toThrow(
    'no parameter can be called',
  );
  expect(() => setRecipe(document, { rate: Number.POSITIVE_INFINITY })).toThrow('The recipe: rate');
  expect(() => addNode(document, { type: 'dense', params: nan, x: 0, y: 0 })).toThrow(AppError);
  expect(() => addNode(document, { type: 'dense', params: {}, x: Number.NaN, y: 0 })).toThrow(
    'finite numbers',
  );
  expect(() => move(document, new Map([['a', { x: 0, y: Number.NaN }]]))).toThrow('finite numbers');
  expect(() => setTitle('x'.repeat(201))).toThrow('at most 200');
  expect(() => groupNodes(document, ['a'], { name: 'b', repeat: 1.5 })).toThrow("Block 'b': repeat");
  expect(() => groupNodes(document, ['a'], { name: 'x'.repeat(201) })).toThrow('title');
});

test('a block of any title has a name that a file can hold', () => {
  const names = ['日本', '  ', '-x-', 'Stage two', '.hidden'].map(
    (name) => after(groupNodes(document, ['a'], { name })).blocks[0]?.type,
  );
  expect(names).toEqual(['custom/block', 'custom/block', 'custom/x', 'custom/Stage-two', 'custom/hidden']);
  expect(slug('é', 'f')).toBe('f');
  const use = addNode(document, { type: 'custom/.hidden', params: {}, x: 0, y: 0 });
  expect(after(use).nodes.at(-1)?.name).toBe('hidden');
});

test('free names count on, and stay short enough', () => {
  expect(freeName(['a', 'a2'], 'a')).toBe('a3');
  expect(nextName(['conv', 'conv2'], 'conv2')).toBe('conv3');
  expect(nextName(['stage1/0'], 'stage1/0')).toBe('stage1/1');
  expect(freeName(['x'.repeat(200)], 'x'.repeat(200))).toBe(`${'x'.repeat(199)}2`);
});

test('bypass joins what fed the first port, whatever the order of the wires', () => {
  const changed = after(bypass(document, 'join'));
  expect(changed.wires).toEqual([document.wires[0], { from: end('in', 'out'), to: end('out', 'in') }]);
  const skipless = after({ label: '', changes: [{ put: 'wire', to: end('join', 'a'), value: null }] });
  expect(after(bypass(skipless, 'join'), skipless).wires.at(-1)?.from).toEqual(end('a', 'out'));
  expect(after(removeNode(document, 'join')).wires).toEqual([document.wires[0]]);
});

test('the first port of a custom block is the first that its inside draws', () => {
  const block = {
    type: 'custom/g',
    title: 'g',
    repeat: 1,
    exposed: [],
    nodes: [node('main', 'block-input'), node('aside', 'block-input'), node('o', 'block-output')],
    wires: [{ from: end('main', 'out'), to: end('o', 'in') }],
  };
  const used: StemmaDocument = {
    ...document,
    blocks: [block],
    nodes: document.nodes.map((n) => (n.id === 'join' ? { ...n, type: 'custom/g' } : n)),
    wires: [
      { from: end('in', 'out'), to: end('join', 'aside') },
      { from: end('a', 'out'), to: end('join', 'main') },
      { from: end('join', 'o'), to: end('out', 'in') },
    ],
  };
  expect(after(bypass(used, 'join'), used).wires).toEqual([{ from: end('a', 'out'), to: end('out', 'in') }]);
});

test('duplicate copies nodes, parameters and the wires among them', () => {
  const changed = after(duplicate(document, ['a', 'join', 'out']));
  expect(changed.nodes.slice(4)).toEqual([
    { ...node('a2', 'conv2d', 448, 50) },
    { ...node('join2', 'add', 548, 10) },
  ]);
  expect(changed.wires.slice(4)).toEqual([{ from: end('a2', 'out'), to: end('join2', 'b') }]);
  expect(() => duplicate(document, ['in'])).toThrow('Nothing is selected that can be duplicated.');
});

test('a node on a wire, new or of the drawing', () => {
  const wire = { from: end('in', 'out'), to: end('join', 'a') };
  const changed = after(insertOnWire(document, wire, { type: 'add', params: {}, x: 1, y: 2 }));
  expect(changed.nodes.at(-1)).toEqual(node('add', 'add', 1, 128));
  expect(changed.wires).toContainEqual({ from: end('in', 'out'), to: end('add', 'a') });
  expect(changed.wires).toContainEqual({ from: end('add', 'out'), to: end('join', 'a') });
  const loose = after(addNode(document, { id: 'l', type: 'flatten', params: {}, x: 0, y: 0 }));
  const put = after(insertOnWire(loose, wire, { id: 'l' }), loose);
  expect(put.nodes).toEqual(loose.nodes);
  expect(put.wires).toContainEqual({ from: end('l', 'out'), to: end('join', 'a') });
  expect(() => insertOnWire(document, wire, { type: 'output', params: {}, x: 0, y: 0 })).toThrow(
    "A node of type 'output' cannot stand on a wire.",
  );
  expect(() => insertOnWire(document, wire, { id: 'join' })).toThrow('is an end of this wire');
});

const sizes = new Map([
  ['a', { width: 20, height: 10 }],
  ['join', { width: 40, height: 30 }],
]);
test.each<[Side, number[], number[]]>([
  ['left', [100, 50], [100, 10]],
  ['right', [220, 50], [200, 10]],
  ['centre', [160, 50], [150, 10]],
  ['top', [100, 10], [200, 10]],
  ['bottom', [100, 50], [200, 30]],
  ['middle', [100, 30], [200, 20]],
])('align %s', (side, a, join) => {
  const { nodes } = after(align(document, ['a', 'join'], side, sizes));
  expect(nodes.map((n) => [n.x, n.y]).slice(1, 3)).toEqual([a, join]);
});

test('plain and back gives shortcut auto; undo gives back what was', () => {
  const block = { ...node('r', 'residual'), params: { shortcut: 'projection' } };
  const drawing = { ...document, nodes: [...document.nodes, block] };
  const plain = after(setPlain(drawing, true), drawing);
  expect(isPlain(plain)).toBe(true);
  expect(after(setPlain(plain, false), plain).nodes.at(-1)?.params).toEqual({ shortcut: 'auto' });
  const two = { ...drawing, nodes: [...drawing.nodes, { ...block, id: 's', name: 's' }] };
  const one = after(setPlain(two, true, ['s', 'a']), two);
  expect(one.nodes.slice(-2).map((n) => n.params.shortcut)).toEqual(['projection', 'none']);
  expect([isPlain(one), isPlain(one, ['s']), isPlain(one, ['a'])]).toEqual([false, true, false]);
});
