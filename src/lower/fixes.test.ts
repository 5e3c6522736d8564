import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyEdit } from '../document/edits.ts';
import { type DocNode, emptyDocument, type StemmaDocument, type Wire } from '../document/model.ts';
import { diagnose, fixes, lower, portsOf } from './index.ts';

const opTypes = [
  'conv2d',
  'dense',
  'batchNorm',
  'activation',
  'maxPool',
  'avgPool',
  'globalAvgPool',
  'add',
  'multiply',
  'concat',
  'zeroPadding',
  'flatten',
  'reshape',
  'residual',
  'bottleneck',
  'resnext',
  'residual-stage',
  'stem',
  'head',
] as const;

/** Any drawing at all: odd wires, cycles, dangling ports, absurd parameters. */
const anyDrawing: fc.Arbitrary<StemmaDocument> = fc
  .record({
    size: fc.tuple(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 6 }),
    ),
    classes: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
    steps: fc.array(
      fc.record({
        type: fc.constantFrom(...opTypes),
        filters: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(-1, 0.5, 1e9)),
        strides: fc.integer({ min: 1, max: 3 }),
        groups: fc.integer({ min: 1, max: 4 }),
        padding: fc.constantFrom('same', 'valid', 'other'),
        shortcut: fc.constantFrom('auto', 'identity', 'projection', 'none'),
        sources: fc.array(fc.nat(20), { minLength: 2, maxLength: 2 }),
        wired: fc.integer({ min: 0, max: 9 }),
      }),
      { maxLength: 9 },
    ),
    last: fc.nat(20),
    ends: fc.boolean(),
  })
  .map(({ size, classes, steps, last, ends }) => {
    const nodes: DocNode[] = [{ id: 'in', type: 'input', name: 'in', params: { shape: size }, x: 0, y: 0 }];
    steps.forEach((s, i) => {
      const { type, filters, strides, groups, padding, shortcut } = s;
      const all: Record<string, number | string> = { filters, strides, groups, padding, shortcut };
      const used: Record<string, readonly string[]> = {
        conv2d: ['filters', 'strides', 'groups', 'padding'],
        maxPool: ['strides', 'padding'],
        avgPool: ['strides', 'padding'],
        residual: ['filters', 'strides', 'shortcut'],
        bottleneck: ['filters', 'strides', 'shortcut'],
        resnext: ['filters', 'strides', 'groups', 'shortcut'],
        'residual-stage': ['filters', 'strides', 'shortcut'],
        stem: ['filters'],
      };
      const params = Object.fromEntries((used[type] ?? []).map((key) => [key, all[key] as number | string]));
      nodes.push({ id: `n${i}`, type, name: `n${i}`, params, x: i * 100, y: 0 });
    });
    if (ends) nodes.push({ id: 'out', type: 'output', name: 'out', params: {}, x: 1000, y: 0 });
    const wires: Wire[] = [];
    steps.forEach((s, i) => {
      const node = nodes[i + 1] as DocNode;
      portsOf(node, []).inputs.forEach((port, k) => {
        if (s.wired === k) return;
        // Mostly from before, sometimes from anywhere: cycles belong to the game.
        const at = s.wired === 9 ? (s.sources[k] ?? 0) % (steps.length + 1) : (s.sources[k] ?? 0) % (i + 1);
        wires.push({ from: { node: (nodes[at] as DocNode).id, port: 'out' }, to: { node: node.id, port } });
      });
    });
    if (ends) {
      const from = nodes[last % (steps.length + 1)] as DocNode;
      wires.push({ from: { node: from.id, port: 'out' }, to: { node: 'out', port: 'in' } });
    }
    return { ...emptyDocument(), nodes, wires, recipe: classes === undefined ? {} : { classes } };
  });

test('on any drawing nothing throws, and every offered fix removes its diagnostic', () => {
  const seen = new Map<string, { told: number; fixed: number }>();
  fc.assert(
    fc.property(anyDrawing, (document) => {
      for (const diagnostic of diagnose(lower(document))) {
        const count = seen.get(diagnostic.code) ?? { told: 0, fixed: 0 };
        seen.set(diagnostic.code, count);
        count.told++;
        const offered = fixes(document, diagnostic);
        if (offered.length > 0) count.fixed++;
        for (const { edit } of offered) {
          const { document: after, inverse } = applyEdit(document, edit);
          const left = diagnose(lower(after));
          expect(
            left.some(
              (d) =>
                d.code === diagnostic.code &&
                d.nodeId === diagnostic.nodeId &&
                d.portId === diagnostic.portId &&
                d.layer === diagnostic.layer,
            ),
          ).toBe(false);
          expect(applyEdit(after, inverse).document).toEqual(document);
        }
      }
    }),
    { numRuns: 2000, seed: 7 },
  );
  if (process.env.STEMMA_TABLE) console.table(Object.fromEntries(seen));
  for (const code of [
    'shape/add-mismatch',
    'shape/rank',
    'shape/groups',
    'shape/too-small',
    'recipe/classes',
    'graph/unconnected',
    'graph/cycle',
    'param/invalid',
  ])
    expect(seen.get(code)?.fixed ?? 0, code).toBeGreaterThan(0);
});
