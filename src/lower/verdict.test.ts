import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '../../scripts/property.ts';
import { applyEdit, connect, disconnect } from '../document/edits.ts';
import { groupNodes } from '../document/group.ts';
import type { PortRef, StemmaDocument } from '../document/model.ts';
import { findTemplate } from '../templates/index.ts';
import { defaultOptions } from '../templates/template.ts';
import { anyDrawing } from './any-drawing.ts';
import { diagnose, errorsOf, keyOf, lower, startWire } from './index.ts';

const port = (text: string): PortRef => {
  const [node = '', name = ''] = text.split(':');
  return { node, port: name };
};
const resnet = findTemplate('resnet18').build({ ...defaultOptions, set: { detail: 'blocks' } });
const verdict = (document: StemmaDocument, from: string, to: string) =>
  startWire(lower(document), port(from), 'forward').verdict(port(to));

/** Codes of errors told of a node, as keys. */
const told = (document: StemmaDocument, id: string) =>
  errorsOf(diagnose(lower(document)))
    .filter((d) => d.nodeId === id)
    .map(keyOf);

test('on any drawing a port is refused where its node would have an error that it has not without the wire', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(anyDrawing, fc.nat(), fc.nat(), fc.boolean(), (document, a, b, forward) => {
      const lowered = lower(document);
      const items = [...lowered.nodes.values()];
      const outs = items.flatMap((n) => n.ports.outputs.map((name) => ({ node: n.node.id, port: name })));
      const ins = items.flatMap((n) => n.ports.inputs.map((name) => ({ node: n.node.id, port: name })));
      if (ins.length === 0) return;
      const from = outs[a % outs.length] as PortRef;
      const to = ins[b % ins.length] as PortRef;
      const trial = startWire(lowered, forward ? from : to, forward ? 'forward' : 'backward');
      const { fits, code } = trial.verdict(forward ? to : from);
      seen.set(code, (seen.get(code) ?? 0) + 1);
      const without = applyEdit(document, disconnect(to)).document;
      const withIt = applyEdit(document, connect(from, to)).document;
      const before = told(without, to.node);
      const brings = told(withIt, to.node).some((key) => !before.includes(key));
      // A second cycle through a node is told by the same sentence as the first.
      const closes = lower(withIt).cycles.some((c) => c.includes(to.node) && c.includes(from.node));
      expect(fits).toBe(!(brings || closes));
      const all = errorsOf(diagnose(lowered)).map(keyOf);
      const fresh = errorsOf(diagnose(lower(withIt))).some((d) => !all.includes(keyOf(d)));
      if (fits) expect(trial.verdictDownstream(forward ? to : from).fits).toBe(!fresh);
    }),
    { numRuns: runs(2000), seed: 9 },
  );
  for (const code of ['', 'graph/cycle', 'shape/add-mismatch', 'shape/rank', 'shape/concat-mismatch'])
    expect(seen.get(code) ?? 0, code).toBeGreaterThan(3);
});

test('the reasons, in words', () => {
  expect(verdict(resnet, 'stage2/0:out', 'stage2/1:in')).toEqual({
    ...{ fits: true, shape: [12, 12, 128], code: '', reason: "'stage2/1' takes [12, 12, 128]." },
  });
  expect(verdict(resnet, 'stage2/1:out', 'stage2/0:in')).toMatchObject({
    code: 'graph/cycle',
    reason: "'stage2/0' would feed itself: its result leads to 'stage2/1' already.",
  });
  expect(verdict(resnet, 'stem:out', 'stem:in').reason).toBe("'stem' would feed itself.");
  expect(verdict(resnet, 'stem:out', 'head:out').reason).toContain('Both are outputs');
  expect(verdict(resnet, 'stem:out', 'head:nope').reason).toBe('There is no such port.');
  expect(verdict(resnet, 'head:out', 'output:in').fits).toBe(true);
  const backward = startWire(lower(resnet), port('stage1/0:in'), 'backward');
  expect(backward.verdict(port('input:out'))).toMatchObject({ fits: true, shape: [96, 96, 1] });
  expect(backward.verdict(port('stage3/0:out'))).toMatchObject({ fits: false, code: 'graph/cycle' });
  expect(backward.verdict(port('stage3/0:in')).reason).toContain('Both are inputs');
});

test('a misfit inside a block names the inner layer; one further down is told where it is', () => {
  const identity = {
    ...resnet,
    nodes: resnet.nodes.map((n) =>
      n.id === 'stage3/1' ? { ...n, params: { ...n.params, shortcut: 'identity' } } : n,
    ),
  };
  const inner = verdict(identity, 'stem:out', 'stage3/1:in');
  expect(inner).toMatchObject({ fits: false, code: 'shape/add-mismatch' });
  expect(inner.reason).toContain("layer 'stage3/1/add',");
  const grouped = applyEdit(identity, groupNodes(identity, ['stage3/0', 'stage3/1'], { name: 'g' })).document;
  const g = grouped.nodes.find((n) => n.type === 'custom/g')?.id;
  const without = grouped.blocks.map((b) => ({
    ...b,
    nodes: b.nodes.map((n) => (n.id === 'stage3/0' ? { ...n, params: { ...n.params, filters: 64 } } : n)),
  }));
  expect(verdict({ ...grouped, blocks: without }, 'stage2/1:out', `${g}:in`).reason).toContain(
    "layer 'g/stage3/1/add',",
  );
});

test('what would break further down is told there, and known once', () => {
  const pooled: StemmaDocument = {
    ...resnet,
    nodes: [
      ...resnet.nodes,
      { id: 'p', type: 'globalAvgPool', name: 'p', params: {}, x: 0, y: 0 },
      { id: 'drop', type: 'dropout', name: 'drop', params: {}, x: 0, y: 0 },
    ],
    wires: [
      ...resnet.wires.filter((w) => w.to.node !== 'head'),
      ...['stage4/1>drop', 'drop>head', 'stem>p'].map((wire) => {
        const [from = '', to = ''] = wire.split('>');
        return { from: { node: from, port: 'out' }, to: { node: to, port: 'in' } };
      }),
    ],
  };
  const trial = startWire(lower(pooled), port('p:out'), 'forward');
  expect(trial.verdict(port('drop:in')).fits).toBe(true);
  const down = trial.verdictDownstream(port('drop:in'));
  expect(down.fits).toBe(false);
  expect(down.reason).toMatch(/^Would break 'head' further down: Head 'head'/);
  expect(trial.verdictDownstream(port('drop:in'))).toBe(down);
  expect(trial.verdict(port('head:in'))).toMatchObject({ fits: false, code: 'shape/rank' });
});
