import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '../../scripts/property.ts';
import { AppError } from '../base/errors.ts';
import { isKnownType } from '../services/documents.node.ts';
import { findTemplate } from '../templates/index.ts';
import { defaultOptions } from '../templates/template.ts';
import { bypass, duplicate, insertOnWire } from './arrange.ts';
import {
  addNode,
  applyEdit,
  connect,
  disconnect,
  type Edit,
  move,
  removeNode,
  rename,
  setParams,
  setRecipe,
} from './edits.ts';
import { readDocument, writeDocument } from './file.ts';
import { groupNodes } from './group.ts';
import { perform, redo, startHistory, undo } from './history.ts';
import type { StemmaDocument } from './model.ts';
import { nameProblem } from './names.ts';
import { addNote, removeNote, setNote } from './notes.ts';
import { unpack } from './unpack.ts';

const resnet = findTemplate('resnet18').build(defaultOptions);
const text = writeDocument(resnet);
const read = (value: string) => readDocument(value, 'f.stemma', isKnownType);

test('saving is byte-stable', () => {
  expect(writeDocument(read(text))).toBe(text);
  expect(read(text)).toEqual(resnet);
});

const edited = (change: (raw: never) => void) => {
  const raw = JSON.parse(text) as never;
  change(raw);
  return JSON.stringify(raw);
};
type Raw = { nodes: Record<string, never>[]; wires: { from: { node: string } }[]; version: number } & Record<
  string,
  unknown
>;

test.each<[string, string, string | RegExp]>([
  ['cut short', text.slice(0, 500), /its JSON breaks at line \d+/],
  ['not JSON', 'hello', 'its JSON breaks at line 1, column 1.'],
  ['NaN', text.replace('"x":0', '"x":NaN'), /its JSON breaks at line 6, column \d+\.$/],
  ['an array', '[]', 'expected an object at its top'],
  ['a bare number', '1e309', 'expected an object at its top'],
  ['another format', '{"format":"other"}', 'expected "format": "stemma", received "other"'],
  [
    'a newer version',
    edited((raw: Raw) => {
      raw.version = 99;
    }),
    'was written by a newer Stemma (format 99; this one reads up to 2)',
  ],
  [
    'a version that is none',
    edited((raw: Raw) => {
      raw.version = 1.5;
    }),
    'expected a whole number from 1 to 2, received 1.5',
  ],
  [
    'an unknown type',
    edited((raw: Raw) => {
      Object.assign(raw.nodes[2] as object, { type: 'warp' });
    }),
    'nodes[2].type: no block is called "warp"',
  ],
  [
    'an id twice',
    edited((raw: Raw) => {
      Object.assign(raw.nodes[3] as object, { id: 'stem' });
    }),
    'nodes[3].id "stem" stands already at nodes[1]',
  ],
  [
    'a name twice',
    edited((raw: Raw) => {
      Object.assign(raw.nodes[3] as object, { name: 'stem' });
    }),
    'nodes[3].name "stem" stands already',
  ],
  [
    'a name that is a path out',
    edited((raw: Raw) => {
      Object.assign(raw.nodes[3] as object, { name: '../x' });
    }),
    'nodes[3].name',
  ],
  [
    'a wire to nothing',
    edited((raw: Raw) => {
      Object.assign(raw.wires[0]?.from as object, { node: 'gone' });
    }),
    'wires[0].from.node names "gone"',
  ],
  [
    'wires at one port',
    edited((raw: Raw) => {
      raw.wires.push(raw.wires[0] as never);
    }),
    'where wires[0] ends',
  ],
  ['an infinite parameter', text.replace('"filters":64', '"filters":1e309'), 'nodes[1].params.filters'],
  ['a wrong type', text.replace('"x":0', '"x":"left"'), 'nodes[0].x'],
  ['an extra key', text.replace('"title"', '"colour":1,"title"'), /colour/],
  [
    'a prototype key',
    text.replace('"title"', '"__proto__":{"a":1},"title"'),
    'the forbidden key "__proto__"',
  ],
  [
    'a deep prototype key',
    text.replace('"filters":64', '"constructor":1,"filters":64'),
    'the forbidden key "constructor" at nodes[1].params',
  ],
])('%s is refused with the place', (_, value, said) => {
  expect(() => read(value)).toThrow(said);
  expect(() => read(value)).toThrow(AppError);
});

test('an end of the network inside a block is refused', () => {
  const inner = { id: 'n', type: 'input', name: 'n', params: {}, x: 0, y: 0 };
  const block = { type: 'custom/a', title: 'a', repeat: 1, exposed: [], wires: [], nodes: [inner] };
  expect(() => read(JSON.stringify({ ...resnet, blocks: [block] }))).toThrow(
    'blocks[0].nodes[0].type: "input" is an end of the network',
  );
});

test('a hundred thousand brackets are refused, not a stack overflow', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  expect(() => read(deep)).toThrow(AppError);
  expect(() => read(text.replace('"filters":64', `"filters":${deep}`))).toThrow('nested more than 16 deep');
});

test('a block that contains itself is refused', () => {
  const raw = {
    ...resnet,
    blocks: [
      {
        type: 'custom/a',
        title: 'a',
        repeat: 1,
        exposed: [],
        wires: [],
        nodes: [{ id: 'n', type: 'custom/a', name: 'n', params: {}, x: 0, y: 0 }],
      },
    ],
  };
  expect(() => read(JSON.stringify(raw))).toThrow('contains itself (custom/a → custom/a)');
});

test('100 MB are refused at once', () => {
  expect(() => read('x'.repeat(100 * 2 ** 20))).toThrow(
    'f.stemma has 100 MB; a Stemma document has at most 32 MB',
  );
});

test('the reader survives anything: an AppError or a document, never else', () => {
  const tryRead = (value: string) => {
    try {
      writeDocument(read(value));
    } catch (error) {
      expect(error).toBeInstanceOf(AppError);
    }
  };
  fc.assert(fc.property(fc.string(), tryRead), { numRuns: runs(500) });
  fc.assert(fc.property(fc.json(), tryRead), { numRuns: runs(500) });
  fc.assert(
    fc.property(
      fc.nat(text.length - 1),
      fc.integer({ min: 0, max: 3 }),
      fc.string({ maxLength: 3 }),
      (at, cut, more) => tryRead(text.slice(0, at) + more + text.slice(at + cut)),
    ),
    { numRuns: runs(2000) },
  );
  const keys = fc.constantFrom(
    'nodes',
    'wires',
    'notes',
    'blocks',
    'recipe',
    'title',
    'version',
    'format',
    'extra',
  );
  fc.assert(
    fc.property(keys, fc.jsonValue(), (key, value) =>
      tryRead(JSON.stringify({ ...JSON.parse(text), [key]: value })),
    ),
    { numRuns: runs(1000) },
  );
});

const action = fc.record({
  kind: fc.constantFrom(
    'add',
    'remove',
    'bridge',
    'connect',
    'disconnect',
    'rename',
    'set',
    'move',
    'recipe',
    'duplicate',
    'insert',
    'group',
    'unpack',
    'note',
    'moveAll',
  ),
  a: fc.nat(),
  b: fc.nat(),
});

/** An edit, or nothing where it is refused in words. */
function mayRefuse(make: () => Edit): Edit | undefined {
  try {
    return make();
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    return undefined;
  }
}

function editFor(
  document: StemmaDocument,
  { kind, a, b }: { kind: string; a: number; b: number },
): Edit | undefined {
  const node = document.nodes[a % Math.max(1, document.nodes.length)];
  const other = document.nodes[b % Math.max(1, document.nodes.length)];
  if (kind === 'add') return addNode(document, { type: 'conv2d', params: {}, x: a, y: b });
  if (kind === 'recipe') return setRecipe(document, { batch: a });
  if (kind === 'note') {
    const note = document.notes[a % Math.max(1, document.notes.length)];
    const size = { x: a, y: b, width: 1 + (a % 500), height: 1 + (b % 500) };
    if (b % 3 === 0 || !note)
      return addNote(document, { kind: b % 2 ? 'frame' : 'comment', text: '✓', ...size });
    return b % 3 === 1 ? setNote(document, note.id, { text: `${a}` }) : removeNote(document, note.id);
  }
  if (kind === 'moveAll')
    return move(
      document,
      new Map([...document.nodes, ...document.notes].map((n) => [n.id, { x: n.x + 1, y: b }])),
    );
  if (!node || !other) return undefined;
  if (kind === 'remove') return removeNode(document, node.id);
  if (kind === 'bridge') return bypass(document, node.id);
  const isEnd = node.type === 'input' || node.type === 'output';
  if (kind === 'duplicate') return isEnd ? undefined : duplicate(document, [node.id, other.id]);
  const wire = document.wires[b % Math.max(1, document.wires.length)];
  if (kind === 'insert') return wire && insertOnWire(document, wire, { type: 'add', params: {}, x: a, y: b });
  const exposed = [{ name: 'filters', node: node.id, param: 'filters', firstOnly: false }];
  if (kind === 'group')
    return mayRefuse(() => groupNodes(document, [node.id], { name: `块${a}`, repeat: 1 + (b % 3), exposed }));
  if (kind === 'unpack')
    return document.blocks.some((c) => c.type === node.type)
      ? mayRefuse(() => unpack(document, node.id))
      : undefined;
  if (kind === 'connect') return connect({ node: node.id, port: 'out' }, { node: other.id, port: 'in' });
  if (kind === 'disconnect') return disconnect({ node: node.id, port: 'in' });
  if (kind === 'rename') {
    const name = `name${a}`;
    return nameProblem(document, name, node.id) ? undefined : rename(document, node.id, name);
  }
  if (kind === 'set') return setParams(document, node.id, { filters: a });
  return move(document, new Map([[node.id, { x: a, y: b }]]));
}

test('any edits, undone to the beginning and redone to the end, byte for byte', () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 15 }), (actions) => {
      let history = startHistory(resnet);
      const states = [writeDocument(resnet)];
      for (const item of actions) {
        const edit = editFor(history.document, item);
        if (!edit) continue;
        const back = applyEdit(history.document, edit);
        expect(applyEdit(back.document, back.inverse).document).toEqual(history.document);
        history = perform(history, edit);
        const saved = writeDocument(history.document);
        expect(writeDocument(read(saved))).toBe(saved);
        states.push(saved);
      }
      for (let i = states.length - 1; i >= 0; i--) {
        expect(writeDocument(history.document)).toBe(states[i]);
        history = undo(history);
      }
      for (const state of states) {
        expect(writeDocument(history.document)).toBe(state);
        history = redo(history);
      }
    }),
    { numRuns: runs(300) },
  );
});
