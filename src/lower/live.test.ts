import { expect, test } from 'vitest';
import { applyEdit, move, setParams } from '../document/edits.ts';
import type { StemmaDocument } from '../document/model.ts';
import { findTemplate } from '../templates/index.ts';
import { defaultOptions } from '../templates/template.ts';
import { type Lowered, lower } from './index.ts';

const drawing = findTemplate('resnet50').build({ ...defaultOptions, set: { detail: 'blocks' } });
const before = lower(drawing);
const changed = (document: StemmaDocument, previous: Lowered) =>
  [...lower(document, previous).nodes]
    .filter(([id, item]) => previous.nodes.get(id) !== item)
    .map(([id]) => id);

test('what an edit does not reach is the same object as before', () => {
  expect(changed(drawing, before)).toEqual([]);
  const [, , id = ''] = drawing.nodes.map((n) => n.id);
  const moved = applyEdit(drawing, move(drawing, new Map([[id, { x: 7, y: 7 }]]))).document;
  expect(changed(moved, before)).toEqual([id]);
  expect(lower(moved).nodes.get(id)?.fragment).toBe(before.nodes.get(id)?.fragment);
  // Channels inside the last block, not those that leave it.
  const last = drawing.nodes.findLast((n) => n.type === 'bottleneck');
  const wider = applyEdit(drawing, setParams(drawing, last?.id ?? '', { epsilon: 1e-3 })).document;
  expect(changed(wider, before)).toEqual([last?.id]);
});
