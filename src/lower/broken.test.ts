/** Drawings that once passed as whole, or were told wrongly. */
import { expect, test } from 'vitest';
import { readDocument, writeDocument } from '../document/file.ts';
import { type CustomBlock, type DocNode, emptyDocument, type StemmaDocument } from '../document/model.ts';
import { isOpKind } from '../network/ops/index.ts';
import { diagnose, fixes, lower, mend, networkOf, schemaOf, summaryOf } from './index.ts';

type Params = DocNode['params'];
/** `draw({ a: ['conv2d', {…}] }, 'i>a', 'a>o', 'x.out>y.b')`, between an input i of [8, 8, 4] and an output o. */
function draw(
  given: Readonly<Record<string, readonly [type: string, params?: Params]>>,
  wires: readonly string[],
  blocks: readonly CustomBlock[] = [],
): StemmaDocument {
  const all = { i: ['input', { shape: [8, 8, 4] }], ...given, o: ['output'] } as typeof given;
  return {
    ...emptyDocument(),
    nodes: Object.entries(all).map(([id, [type, params = {}]], k) => ({
      ...{ id, type, name: id, params, x: 0, y: 100 * k },
    })),
    wires: wires.map((wire) => {
      const [[from = '', out = 'out'] = [], [to = '', port = 'in'] = []] = wire
        .split('>')
        .map((at) => at.split('.'));
      return { from: { node: from, port: out }, to: { node: to, port } };
    }),
    blocks,
  };
}
const inside = (type: string, document: StemmaDocument, more: Partial<CustomBlock> = {}): CustomBlock => ({
  ...{ type, title: type, repeat: 1, exposed: [], ...more },
  nodes: document.nodes
    .map((n) => (n.id === 'i' || n.id === 'o' ? { ...n, type: `block-${n.type}`, params: {} } : n))
    .filter((n) => document.wires.some((w) => w.from.node === n.id || w.to.node === n.id)),
  wires: document.wires,
});
const codes = (document: StemmaDocument) => diagnose(lower(document)).map((d) => d.code);
const told = (document: StemmaDocument, code: string) =>
  diagnose(lower(document)).find((d) => d.code === code) ?? expect.fail(`no ${code}`);

test('a stage and a block that have one path are told, and renaming parts them', () => {
  const document = draw(
    { s: ['residual-stage', { count: 1, filters: 4 }], 's/0': ['residual', { filters: 4 }] },
    [...['i>s', 's>s/0', 's/0>o']],
  );
  expect(codes(document)).toEqual(['graph/path-taken']);
  expect(told(document, 'graph/path-taken')).toMatchObject({
    nodeId: 's/0',
    received: "the path 's/0/conv1' of 's'",
  });
  expect(() => networkOf(document)).toThrow("'s/0' has the path 's/0/conv1' of another node, 's'");
  const { document: after, applied } = mend(document);
  expect(applied).toEqual(["Rename 's/0' to 's-0'"]);
  expect(networkOf(after).layers.filter((l) => l.path.startsWith('s'))).toHaveLength(14);
  const named = document.nodes.map((n) => (n.id === 's/0' ? { ...n, name: 's' } : n));
  expect(codes({ ...document, nodes: named })).toEqual(['graph/path-taken']);
});

test('inside a block too', () => {
  const inner = draw({ s: ['residual-stage', { count: 1 }], 's/0': ['residual'] }, ['i>s', 's>s/0', 's/0>o']);
  const document = draw({ b: ['custom/b'] }, ['i>b.i', 'b.o>o'], [inside('custom/b', inner)]);
  expect(told(document, 'graph/path-taken')).toMatchObject({ layer: 's/0/conv1' });
});

test('wires of ports that do not exist are told, carry nothing and close no cycle', () => {
  const from = draw({ h: ['head'] }, ['i.nope>h', 'h>o']);
  expect(codes(from)).toEqual(['graph/unknown-port', 'graph/unused']);
  expect(told(from, 'graph/unknown-port').message).toContain(
    "expected one of the outputs of 'i' (out), received nope",
  );
  expect(fixes(from, told(from, 'graph/unknown-port')).map((f) => f.title)).toEqual([
    "Take it from out of 'i'",
    'Remove the wire',
  ]);
  expect(codes(mend(from).document)).toEqual([]);
  const to = draw({ a: ['add'], r: ['activation'] }, ['i>a.a', 'i>a.b', 'a>r', 'r>a.c', 'a>o']);
  expect(codes(to)).toEqual(['graph/unknown-port', 'graph/unused']);
  expect(fixes(to, told(to, 'graph/unknown-port')).map((f) => f.title)).toEqual(['Remove the wire']);
});

test('a block whose inside is open, or has the network’s own ends, is told', () => {
  const open = draw({ a: ['add'] }, ['i>a.a', 'a>o']);
  const document = draw({ b: ['custom/b'] }, ['i>b.i', 'b.o>o'], [inside('custom/b', open)]);
  expect(diagnose(lower(document))).toMatchObject([{ code: 'graph/unconnected', nodeId: 'b', layer: 'a' }]);
  const second = draw({ x: ['input', { shape: [8, 8, 4] }], a: ['add'] }, ['i>a.a', 'x>a.b', 'a>o']);
  const doubled = draw({ b: ['custom/b'] }, ['i>b.i', 'b.o>o'], [inside('custom/b', second)]);
  expect(diagnose(lower(doubled))).toMatchObject([{ code: 'graph/inner-end', layer: 'x' }]);
});

test('a file with the network’s ends inside a block is refused', () => {
  const inner = draw({ x: ['input'], a: ['add'] }, ['i>a.a', 'x>a.b', 'a>o']);
  const document = draw({ b: ['custom/b'] }, ['i>b.i', 'b.o>o'], [inside('custom/b', inner)]);
  expect(() => readDocument(writeDocument(document), 'f', (type) => isOpKind(type))).toThrow(
    'f: blocks[0].nodes[1].type: "input" i',
  );
});

test('a convolution does not step and dilate at once; a type that is gone is no way through', () => {
  const document = draw({ c: ['conv2d', { strides: 2, dilationRate: 2 }] }, ['i>c', 'c>o']);
  expect(codes(document)).toEqual(['shape/strides-and-dilation']);
  expect(mend(document).applied).toEqual(["Set dilationRate of 'c' to 1×1"]);
  expect(codes(draw({ c: ['custom/gone'] }, ['i>c', 'c>o']))).toEqual(['graph/unknown-type']);
});

test('the fixing of a drawing cuts wires, and neither removes nodes nor mends warnings unasked', () => {
  const side = draw({ c: ['conv2d'], x: ['activation'], y: ['activation'] }, ['i>c', 'c>o', 'i>x', 'x>y']);
  expect(mend(side)).toMatchObject({ document: side, applied: [] });
  expect(mend(side).left.map((l) => l.why())).toEqual([
    '"Remove \'x\'" would remove part of the drawing; --all does it.',
    '"Remove \'y\'" would remove part of the drawing; --all does it.',
  ]);
  expect(mend(side, { all: true }).document.nodes.map((n) => n.id)).toEqual(['i', 'c', 'o']);
  const loop = draw({ a: ['add', { inputs: 3 }], c: ['conv2d', { filters: 4 }] }, [
    ...['i>a.a', 'i>a.b', 'a>c', 'c>a.c', 'c>o'],
  ]);
  const mended = mend(loop);
  expect(mended.applied[0]).toBe("Remove the wire from 'c' to 'a'");
  expect(mended.document.nodes).toHaveLength(4);
  expect(mended.left).toEqual([]);
});

test('only nodes in a cycle are blamed for it, in each cycle apart', () => {
  const document = draw({ a: ['add'], b: ['activation'], h: ['head'], c: ['add'], d: ['activation'] }, [
    'i>a.a',
    'b>a.b',
    'a>b',
    'b>h',
    'h>o',
    'h>c.a',
    'd>c.b',
    'c>d',
  ]);
  const lowered = lower(document);
  expect(lowered.cycles.map((c) => [...c].sort())).toEqual(
    [
      ['c', 'd'],
      ['a', 'b'],
    ].reverse(),
  );
  expect(
    diagnose(lowered)
      .filter((d) => d.severity === 'error')
      .map((d) => `${d.code} ${d.nodeId}`)
      .sort(),
  ).toEqual(['a', 'b', 'c', 'd'].map((id) => `graph/cycle ${id}`));
  expect(lowered.nodes.get('h')).toMatchObject({ inCycle: false, inputs: [null] });
});

test('a block that would be copied without end says so once, at once', () => {
  const twice = (type: string, of: string): CustomBlock =>
    inside(type, draw({ b: [of] }, ['i>b.i', 'b.o>o']), { repeat: 1000 });
  const leaf = inside('custom/c', draw({ r: ['activation'] }, ['i>r', 'r>o']), { repeat: 1000 });
  const empty = inside('custom/c', draw({}, ['i>o']), { repeat: 1000 });
  for (const last of [leaf, empty]) {
    const blocks = [twice('custom/a', 'custom/b'), twice('custom/b', 'custom/c'), last];
    expect(codes(draw({ a: ['custom/a'] }, ['i>a.i', 'a.o>o'], blocks))).toEqual(['size/too-many-layers']);
  }
  const itself = inside('custom/a', draw({ b: ['custom/a'] }, ['i>b.i', 'b.o>o']));
  const exposed = [{ name: 'repeat2', node: 'b', param: 'repeat2', firstOnly: false }];
  expect(codes(draw({ a: ['custom/a'] }, ['i>a.i', 'a.o>o'], [{ ...itself, exposed }]))).toEqual([
    'size/too-deep',
  ]);
});

test('a block’s parameters follow those of the blocks inside it', () => {
  const inner = (units: number) =>
    inside('custom/in', draw({ d: ['dense', { units }] }, ['i>d', 'd>o']), {
      exposed: [{ name: 'units', node: 'd', param: 'units', firstOnly: false }],
    });
  const outer = inside('custom/out', draw({ n: ['custom/in'] }, ['i>n.i', 'n.o>o']), {
    exposed: [{ name: 'units', node: 'n', param: 'units', firstOnly: false }],
  });
  expect(schemaOf('custom/out', [outer, inner(3)])?.units?.default).toBe(3);
  expect(schemaOf('custom/out', [outer, inner(5)])?.units?.default).toBe(5);
});

test('messages and fixes name the inputs and the parameters as they are', () => {
  const scaled = draw({ p: ['globalAvgPool'], r: ['reshape', { targetShape: [1, 1, 8] }], m: ['multiply'] }, [
    ...['i>p', 'p>r', 'r>m.a', 'i>m.b', 'm>o'],
  ]);
  const eight = {
    ...scaled,
    nodes: scaled.nodes.map((n) => (n.id === 'p' ? { ...n, type: 'dense', params: { units: 8 } } : n)),
  };
  const flat = {
    ...eight,
    nodes: [...eight.nodes, { id: 'g', type: 'globalAvgPool', name: 'g', params: {}, x: 0, y: 0 }],
    wires: [...eight.wires.filter((w) => w.to.node !== 'p'), ...draw({}, ['i>g', 'g>p']).wires],
  };
  expect(told(flat, 'shape/multiply-mismatch')).toMatchObject({ portId: 'a', againstPortId: 'b' });
  expect(told(flat, 'shape/multiply-mismatch').message).toContain(
    'expected [8, 8, 4] as on input b, received [1, 1, 8] on input a. Give it equal shapes, or [1, 1, 4]',
  );
  expect(fixes(flat, told(flat, 'shape/multiply-mismatch')).length).toBeGreaterThan(0);
  const vectors = draw({ p: ['globalAvgPool'], x: ['dense', { units: 5 }], y: ['dense'], a: ['add'] }, [
    ...['i>p', 'p>x', 'p>y', 'x>a.a', 'y>a.b', 'a>o'],
  ]);
  expect(told(vectors, 'shape/add-mismatch').message).toMatch(/Put a dense layer of 5 units on input b\.$/);
  const groups = draw({ x: ['resnext', { filters: 100 }] }, ['i>x', 'x>o']);
  expect(fixes(groups, told(groups, 'shape/groups')).map((f) => f.title)).toEqual([
    'Set filters to 128',
    'Set groups to 25',
    'Set groups to 1',
  ]);
  const invalid = draw({ c: ['conv2d', { filters: Number.NaN }] }, ['i>c', 'c>o']);
  expect(told(invalid, 'param/invalid')).toMatchObject({ param: 'filters' });
  expect(told(invalid, 'param/invalid').portId).toBeUndefined();
});

test('a node is offered to an open input only where it does not come after it', () => {
  const document = draw({ a: ['add'], b: ['activation'], c: ['activation'] }, ['i>a.a', 'a>b', 'b>c', 'c>o']);
  expect(fixes(document, told(document, 'graph/unconnected')).map((f) => f.title)).toEqual([
    "Connect 'i' to it",
    "Remove 'a'",
  ]);
});

test('totals are the network’s', () => {
  const document = draw({ c: ['conv2d', { filters: 4, kernelSize: 1 }], x: ['conv2d'] }, [
    'i>c',
    'c>o',
    'i>x',
  ]);
  expect(summaryOf(document)).toMatchObject({
    params: 20,
    parts: [{ used: true }, { name: 'x', used: false }],
  });
  expect(networkOf(document).params).toBe(20);
});

test('the classes of the data are asked for, not read from the recipe', () => {
  const document = { ...draw({ h: ['head'] }, ['i>h', 'h>o']), recipe: { classes: 3 } };
  const lowered = lower(document);
  expect(diagnose(lowered)).toEqual([]);
  const [problem] = diagnose(lowered, { classes: 7 });
  expect(problem).toMatchObject({ code: 'recipe/classes', expected: '[7]', received: '[10]' });
  expect(mend(document, { classes: 7 }).applied).toEqual(["Set classes of 'h' to 7"]);
});
