/** Drawings that are measured. */

import { STEP_X, STEP_Y } from '../src/document/layout.ts';
import type { DocNode, StemmaDocument, Wire } from '../src/document/model.ts';
import { emptyDocument } from '../src/document/model.ts';
import { findTemplate } from '../src/templates/index.ts';

export const resnet152 = (detail: 'stages' | 'blocks'): StemmaDocument =>
  findTemplate('resnet152').build({
    input: [224, 224, 3],
    classes: 1000,
    flavour: 'torchvision',
    set: { detail },
  });

/** A chain of so many nodes, drawn in rows, each with a wire to the next. */
export function large(count: number, inRow = 25): StemmaDocument {
  const nodes: DocNode[] = [
    { id: 'n0', type: 'input', name: 'n0', params: { shape: [32, 32, 16] }, x: 0, y: 0 },
  ];
  const wires: Wire[] = [];
  for (let i = 1; i < count; i++) {
    const type = i === count - 1 ? 'output' : (['conv2d', 'batchNorm', 'activation'][i % 3] as string);
    const params = type === 'conv2d' ? { filters: 16 } : {};
    const [x, y] = [(i % inRow) * STEP_X, Math.floor(i / inRow) * STEP_Y];
    nodes.push({ id: `n${i}`, type, name: `n${i}`, params, x, y });
    wires.push({ from: { node: `n${i - 1}`, port: 'out' }, to: { node: `n${i}`, port: 'in' } });
  }
  return { ...emptyDocument('large'), nodes, wires };
}
