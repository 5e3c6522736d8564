import { expect, test } from 'vitest';
import { applyEdit, connect, setParams } from '../document/edits.ts';
import { readDocument, writeDocument } from '../document/file.ts';
import { groupNodes } from '../document/group.ts';
import { type DocNode, emptyDocument, type StemmaDocument } from '../document/model.ts';
import { renamePath } from '../document/renames.ts';
import { findTemplate } from '../templates/index.ts';
import { defaultOptions } from '../templates/template.ts';
import { diagnose, lower, networkOf, schemaOf } from './index.ts';

const resnet = findTemplate('resnet18').build({ ...defaultOptions, set: { detail: 'blocks' } });

test('a grouped pair of blocks gives the same network, and the inverse gives the drawing back', () => {
  const edit = groupNodes(resnet, ['stage2/0', 'stage2/1'], { name: 'Stage two' });
  const { document, inverse } = applyEdit(resnet, edit);
  expect(diagnose(lower(document))).toEqual([]);
  const [before, after] = [networkOf(resnet), networkOf(document)];
  expect(after).toMatchObject({ params: before.params, macs: before.macs, stats: before.stats });
  const renamed = before.layers.map(({ path }) => {
    return renamePath(path, edit.renamed ?? []);
  });
  expect(after.layers.map((l) => l.path)).toEqual(renamed);
  expect(applyEdit(document, inverse).document).toEqual(resnet);
  const text = writeDocument(document);
  expect(writeDocument(readDocument(text, 'f', (type) => schemaOf(type, []) !== undefined))).toBe(text);
});

test('a custom block with a repeat count and a first stride is what the shipped stage is', () => {
  const nodes: DocNode[] = [
    { id: 'in', type: 'input', name: 'in', params: { shape: [8, 8, 16] }, x: 0, y: 0 },
    { id: 'b', type: 'residual', name: 'b', params: { filters: 32, strides: [1, 1] }, x: 0, y: 0 },
    { id: 'out', type: 'output', name: 'out', params: {}, x: 0, y: 0 },
  ];
  const wires = [
    connect({ node: 'in', port: 'out' }, { node: 'b', port: 'in' }),
    connect({ node: 'b', port: 'out' }, { node: 'out', port: 'in' }),
  ];
  let document: StemmaDocument = { ...emptyDocument(), nodes };
  for (const edit of wires) document = applyEdit(document, edit).document;
  const exposed = [
    { name: 'strides', node: 'b', param: 'strides', firstOnly: true },
    { name: 'filters', node: 'b', param: 'filters', firstOnly: false },
  ];
  document = applyEdit(document, groupNodes(document, ['b'], { name: 'stage', repeat: 3, exposed })).document;
  const id = document.nodes.find((n) => n.type === 'custom/stage')?.id ?? '';
  document = applyEdit(document, setParams(document, id, { strides: [2, 2], filters: 64 })).document;
  const stage: StemmaDocument = {
    ...document,
    blocks: [],
    nodes: document.nodes.map((n) =>
      n.id === id ? { ...n, type: 'residual-stage', params: { count: 3, filters: 64, strides: [2, 2] } } : n,
    ),
    wires: document.wires,
  };
  expect(diagnose(lower(document))).toEqual([]);
  const [custom, shipped] = [networkOf(document), networkOf(stage)];
  expect(custom.params).toBe(shipped.params);
  expect(custom.macs).toBe(shipped.macs);
  expect(custom.layers.map((l) => l.path.replace('/b/', '/'))).toEqual(shipped.layers.map((l) => l.path));
});

test('ends, detours and nothing are refused in words', () => {
  expect(() => groupNodes(resnet, [], { name: 'x' })).toThrow('Nothing is selected.');
  expect(() => groupNodes(resnet, ['input'], { name: 'x' })).toThrow("'input' is an end of the network");
  expect(() => groupNodes(resnet, ['stem', 'stage1/1'], { name: 'x' })).toThrow(
    "through 'stage1/0' and back in",
  );
});
