import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '../../scripts/property.ts';
import { AppError } from '../base/errors.ts';
import { diagnose, lower, networkOf } from '../lower/index.ts';
import { isKnownType } from '../services/documents.node.ts';
import { findTemplate } from '../templates/index.ts';
import { defaultOptions } from '../templates/template.ts';
import { copyText, cut, paste } from './clipboard.ts';
import { applyEdit, type Edit, move, setParams } from './edits.ts';
import { readDocument, writeDocument } from './file.ts';
import { groupNodes } from './group.ts';
import { insideOf, intoBlock } from './inside.ts';
import { STEP_X } from './layout.ts';
import { emptyDocument, type StemmaDocument } from './model.ts';
import { addNote } from './notes.ts';

const after = (document: StemmaDocument, edit: Edit) => {
  const { document: changed, inverse } = applyEdit(document, edit);
  expect(applyEdit(changed, inverse).document).toEqual(document);
  const text = writeDocument(changed);
  expect(writeDocument(readDocument(text, 'f', isKnownType))).toBe(text);
  return changed;
};
const resnet = findTemplate('resnet18').build(defaultOptions);
const ids = resnet.nodes.map((n) => n.id);

test('a whole drawing goes into an empty one unchanged', () => {
  const noted = after(
    resnet,
    addNote(resnet, { kind: 'comment', text: 'x', x: 500, y: 0, width: 9, height: 9 }),
  );
  const pasted = after(
    emptyDocument(),
    paste(emptyDocument(), copyText(noted, [...ids, 'note:1']), undefined),
  );
  expect(pasted).toEqual({ ...noted, title: 'Untitled' });
});

test('pasted beside what is there, with free names, without second ends', () => {
  const pasted = after(resnet, paste(resnet, copyText(resnet, ids), undefined));
  const fresh = pasted.nodes.slice(resnet.nodes.length);
  expect(fresh.map((n) => n.name)).toEqual(['stem2', 'stage5', 'stage6', 'stage7', 'stage8', 'head2']);
  expect(fresh.map((n) => n.x)).toEqual(fresh.map(() => STEP_X));
  expect(pasted.wires.length - resnet.wires.length).toBe(5);
  const there = after(resnet, paste(resnet, copyText(resnet, ['stage2', 'stage3']), { x: 7, y: 9 }));
  expect(there.nodes.slice(-2).map((n) => [n.x, n.y])).toEqual([
    [7, 9],
    [7, 137],
  ]);
  const small = { ...resnet, nodes: resnet.nodes.slice(0, 1) };
  expect(() => paste(resnet, copyText(small, ['input']), undefined)).toThrow('Nothing of what was copied');
  expect(() => copyText(resnet, ['gone'])).toThrow('Nothing is selected that can be copied.');
});

test('what was cut and is pasted keeps place and name', () => {
  const { text, edit } = cut(resnet, ['stage2']);
  const without = after(resnet, edit);
  expect(without.nodes.map((n) => n.id)).not.toContain('stage2');
  expect(after(without, paste(without, text, undefined)).nodes.at(-1)).toEqual(
    resnet.nodes.find((n) => n.id === 'stage2'),
  );
});

/** custom/outer of custom/inner of stage1. */
const inner = after(resnet, groupNodes(resnet, ['stage1'], { name: 'inner' }));
const nested = after(inner, groupNodes(inner, ['inner', 'stage2'], { name: 'outer' }));

test('blocks come along; the same are used, different ones get another type that their uses follow', () => {
  const text = copyText(nested, ['outer']);
  const elsewhere = after(resnet, paste(resnet, text, undefined));
  expect(elsewhere.blocks).toEqual(expect.arrayContaining([...nested.blocks]));
  expect(after(nested, paste(nested, text, undefined)).blocks).toBe(nested.blocks);
  const moved = insideOf(nested, 'custom/inner', [null]);
  const places = after(
    nested,
    intoBlock(nested, 'custom/inner', moved, move(moved, new Map([['stage1', { x: 5, y: 5 }]]))),
  );
  expect(after(places, paste(places, text, undefined)).blocks).toBe(places.blocks);
  const changed = after(
    nested,
    intoBlock(nested, 'custom/inner', moved, setParams(moved, 'stage1', { filters: 128 })),
  );
  const both = after(changed, paste(changed, text, undefined));
  expect(both.blocks.map((b) => b.type)).toEqual([
    ...changed.blocks.map((b) => b.type),
    ...['custom/inner2', 'custom/outer2'],
  ]);
  expect(both.nodes.at(-1)?.type).toBe('custom/outer2');
  expect(both.blocks.at(-1)?.nodes.some((n) => n.type === 'custom/inner2')).toBe(true);
  // A second time, what the first brought is there.
  expect(after(both, paste(both, text, undefined)).blocks).toBe(both.blocks);
  const cleared = { ...changed, nodes: [], wires: [] };
  const all = after(
    cleared,
    paste(
      cleared,
      copyText(
        nested,
        nested.nodes.map((n) => n.id),
      ),
      undefined,
    ),
  );
  expect(diagnose(lower(all))).toEqual([]);
  expect(networkOf(all).params).toBe(networkOf(nested).params);
});

test.each([
  ['', 'The clipboard holds nothing that was copied in Stemma.'],
  ['{"nodes":[]}', 'The clipboard holds nothing that was copied in Stemma.'],
  ['{"format":"stemma-clip","version":2,"nodes":[{"id":1}],"wires":[]}', 'The clipboard: nodes[0].id'],
  ['{"format":"stemma-clip","version":99,"nodes":[],"wires":[]}', 'written by a newer Stemma'],
  ['{"format":"stemma-clip","version":2', 'its JSON breaks'],
  [
    '{"format":"stemma-clip","version":2,"nodes":[{"id":"a","type":"warp","name":"a"}],"wires":[]}',
    'The clipboard: nodes[0].type: no block is called "warp".',
  ],
])('%s is refused in words', (text, message) => {
  expect(() => paste(resnet, text, undefined)).toThrow(message);
  expect(() => paste(resnet, text, undefined)).toThrow(AppError);
});

test('whatever is cut out of or put into a clip, paste refuses it in words or gives a drawing that a file holds', () => {
  const text = copyText(
    nested,
    nested.nodes.map((n) => n.id),
  );
  fc.assert(
    fc.property(fc.nat(text.length - 1), fc.nat(3), fc.string({ maxLength: 3 }), (at, size, more) => {
      try {
        after(resnet, paste(resnet, text.slice(0, at) + more + text.slice(at + size), undefined));
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
      }
    }),
    { numRuns: runs(500) },
  );
});
