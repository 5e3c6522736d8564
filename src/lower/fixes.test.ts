import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '../../scripts/property.ts';
import { applyEdit } from '../document/edits.ts';
import type { Network } from '../network/network.ts';
import { anyDrawing } from './any-drawing.ts';
import { diagnose, errorsOf, firstFix, fixes, flatten, keyOf, lower, mend } from './index.ts';

const count = (seen: Map<string, number>, key: string) => seen.set(key, (seen.get(key) ?? 0) + 1);

test('on any drawing nothing throws, and every offered fix removes its diagnostic', () => {
  const told = new Map<string, number>();
  const fixed = new Map<string, number>();
  const drawing = fc.record({
    document: anyDrawing,
    classes: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
  });
  fc.assert(
    fc.property(drawing, ({ document, classes }) => {
      const lowered = lower(document);
      const diagnostics = diagnose(lowered, { classes });
      const errors = errorsOf(diagnostics).length;
      for (const diagnostic of diagnostics) {
        count(told, diagnostic.code);
        const offered = fixes(lowered, diagnostic, { classes });
        if (offered.length > 0) count(fixed, diagnostic.code);
        expect(firstFix(document, diagnostic, { classes })).toEqual(offered[0]);
        expect(new Set(offered.map((f) => f.title)).size).toBe(offered.length);
        expect(offered.map((f) => f.destructive)).toEqual(offered.map((f) => f.destructive).sort());
        for (const fix of offered) {
          const { document: after, inverse } = applyEdit(document, fix.edit);
          const left = diagnose(lower(after), { classes });
          expect(left.map(keyOf)).not.toContain(keyOf(diagnostic));
          expect(errorsOf(left)).toHaveLength(fix.errors);
          expect(fix.errors).toBeLessThanOrEqual(errors);
          expect(fix.destructive).toBe(document.nodes.some((n) => !after.nodes.some((m) => m.id === n.id)));
          expect(applyEdit(after, inverse).document).toEqual(document);
        }
      }
    }),
    { numRuns: runs(1500), seed: 7 },
  );
  if (process.env.STEMMA_TABLE) console.table([...told].map(([k, n]) => [k, n, fixed.get(k)]));
  for (const code of [
    'shape/add-mismatch',
    'shape/multiply-mismatch',
    'shape/concat-mismatch',
    'shape/rank',
    'shape/groups',
    'shape/too-small',
    'shape/strides-and-dilation',
    'recipe/classes',
    'graph/unconnected',
    'graph/unknown-port',
    'graph/unknown-type',
    'graph/path-taken',
    'graph/many-inputs',
    'graph/no-output',
    'graph/cycle',
    'param/invalid',
  ])
    expect(fixed.get(code) ?? 0, code).toBeGreaterThan(0);
  expect(told.get('graph/inner-end') ?? 0).toBeGreaterThan(0);
});

function expectWhole({ layers, input, output }: Network): void {
  expect([layers[input]?.op, layers[output]?.op]).toEqual(['input', 'output']);
  expect(new Set(layers.map((l) => l.path)).size).toBe(layers.length);
  layers.forEach(({ inputs, shape }, i) => {
    expect(inputs.every((at) => Number.isInteger(at) && at >= 0 && at < i)).toBe(true);
    expect(shape.length).toBeGreaterThan(0);
    expect(shape.every((n) => Number.isInteger(n) && n > 0)).toBe(true);
  });
}

test('mending ends with no more errors, removes nothing unasked, and what is free of errors is a whole network', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(anyDrawing, fc.boolean(), (document, all) => {
      const before = errorsOf(diagnose(lower(document))).length;
      const { document: after, left } = mend(document, { all });
      const lowered = lower(after);
      const errors = errorsOf(diagnose(lowered));
      expect(errors.length).toBeLessThanOrEqual(before);
      expect(left.map((l) => l.diagnostic)).toEqual(diagnose(lowered));
      for (const { why } of left) expect(why()).toMatch(/[.]$/);
      if (!all) for (const { id } of document.nodes) expect(after.nodes.map((n) => n.id)).toContain(id);
      if (errors.length === 0) {
        expectWhole(flatten(lowered));
        count(seen, 'whole');
        for (const { type } of after.nodes) if (type.startsWith('custom/')) count(seen, type);
      } else expect(() => flatten(lowered)).toThrow(errors[0]?.message);
    }),
    { numRuns: runs(1500), seed: 8 },
  );
  if (process.env.STEMMA_TABLE) console.table([...seen]);
  expect(seen.get('whole')).toBeGreaterThan(300);
  expect(seen.get('custom/a')).toBeGreaterThan(20);
});
