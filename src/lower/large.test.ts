import { expect, test } from 'vitest';
import { type DocNode, emptyDocument, type Wire } from '../document/model.ts';
import { diagnose, fixes, lower } from './index.ts';

const nodes: DocNode[] = Array.from({ length: 10_000 }, (_, i) => ({
  ...{ id: `n${i}`, type: 'activation', name: `n${i}`, params: {}, x: i, y: 0 },
}));
const ring: Wire[] = nodes.map((n, i) => ({
  from: { node: n.id, port: 'out' },
  to: { node: `n${(i + 1) % nodes.length}`, port: 'in' },
}));

test('10,000 nodes in a ring, and 10,000 that nothing joins: all told, none thrown', () => {
  const cycle = diagnose(lower({ ...emptyDocument(), nodes, wires: ring }));
  expect(cycle.filter((d) => d.code === 'graph/cycle')).toHaveLength(10_000);
  const loose = { ...emptyDocument(), nodes };
  const told = diagnose(lower(loose));
  expect(told.filter((d) => d.code === 'graph/unconnected')).toHaveLength(10_000);
  expect(
    fixes(loose, told.find((d) => d.code === 'graph/unused') ?? (told[0] as never)).length,
  ).toBeGreaterThan(0);
});

test.each([
  ['conv2d', { filters: 65536, kernelSize: [1024, 1024] }, 'size/too-large'],
  ['zeroPadding', { padding: [4096, 4096, 4096, 4096] }, 'size/too-large'],
  ['reshape', { targetShape: [16777216, 16777216, 16777216] }, 'size/too-large'],
  ['conv2d', { filters: Number.NaN }, 'param/invalid'],
  ['conv2d', { strides: [0, -1] }, 'param/invalid'],
  ['conv2d', { warp: 9 }, 'param/invalid'],
])('%s with %j is a problem, not a crash', (type, params, code) => {
  const chain: DocNode[] = [
    { id: 'i', type: 'input', name: 'i', params: { shape: [1024, 1024, 64] }, x: 0, y: 0 },
    { id: 'a', type, name: 'a', params: params as DocNode['params'], x: 0, y: 0 },
    { id: 'o', type: 'output', name: 'o', params: {}, x: 0, y: 0 },
  ];
  const wires = [
    { from: { node: 'i', port: 'out' }, to: { node: 'a', port: 'in' } },
    { from: { node: 'a', port: 'out' }, to: { node: 'o', port: 'in' } },
  ];
  const document = { ...emptyDocument(), nodes: chain, wires };
  const told = diagnose(lower(document));
  expect(told.map((d) => d.code)).toContain(code);
  for (const diagnostic of told) fixes(document, diagnostic);
});
