import { expect, test } from 'vitest';
import { applyEdit, setParams } from '../../src/document/edits.ts';
import { writeDocument } from '../../src/document/file.ts';
import { emptyDocument } from '../../src/document/model.ts';
import { findTemplate } from '../../src/templates/index.ts';
import { defaultOptions } from '../../src/templates/template.ts';
import { tieOf } from './tie.ts';

const drawing = findTemplate('resnet18').build(defaultOptions);
const text = writeDocument(drawing);

test('the open drawing is the trained one, has changed since, or is another', () => {
  expect(tieOf(text, { ...drawing, title: 'Called otherwise' })).toEqual({ kind: 'same', changes: 0 });
  const edited = applyEdit(drawing, setParams(drawing, 'stage1', { count: 5 })).document;
  expect(tieOf(text, edited)).toEqual({ kind: 'changed', changes: 1 });
  expect(tieOf(text, { ...edited, title: 'Another' })).toEqual({ kind: 'other', changes: 1 });
  const nodes = drawing.nodes.map((n) => ({ ...n, id: `other-${n.id}`, name: `other-${n.name}` }));
  expect(tieOf(text, { ...drawing, nodes, wires: [] })).toEqual({ kind: 'other', changes: null });
});

test('nothing is said of no drawing', () => {
  expect(tieOf(text, emptyDocument())).toBeNull();
  expect(tieOf('not JSON', drawing)).toBeNull();
});
