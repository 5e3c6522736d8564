/** What is known of the inside of a block of one's own, and what is wrong there. */

import { repeatOf } from '../document/edits.ts';
import { isEnd } from '../document/ends.ts';
import { insideOf } from '../document/inside.ts';
import type { DocNode, StemmaDocument } from '../document/model.ts';
import { blocksWithin } from '../document/uses.ts';
import type { Shape } from '../network/shape.ts';
import { type Diagnostic, diagnose } from './diagnose.ts';
import { type Fix, fixes } from './fixes.ts';
import { type Lowered, lower } from './lower.ts';
import { blockOf } from './node-types.ts';

/** What comes into a block's first use of which every shape is known; null where nothing is. */
export function shapesOfFirstUse(lowered: Lowered, type: string): readonly (Shape | null)[] {
  const { document } = lowered;
  const ports = blockOf(type, document.blocks)?.nodes.filter((n) => n.type === 'block-input') ?? [];
  let best: readonly (Shape | null)[] = ports.map(() => null);
  const known = (shapes: readonly (Shape | null)[]) => shapes.filter((s) => s !== null).length;
  const looked = new Set<string>();
  /** True once every shape is known. */
  const look = (drawing: Lowered): boolean => {
    for (const { node, inputs } of drawing.nodes.values()) {
      if (node.type === type && known(inputs) > known(best)) best = inputs;
      if (known(best) === ports.length) return true;
    }
    for (const { node, inputs } of drawing.nodes.values()) {
      const inner = blockOf(node.type, document.blocks);
      if (!inner || looked.has(node.type) || !blocksWithin(inner.nodes, document.blocks).has(type)) continue;
      looked.add(node.type);
      if (look(lower(insideOf(document, node.type, inputs)))) return true;
    }
    return false;
  };
  look(lowered);
  return best;
}

const rulesOfDrawings = new Set([
  ...['graph/no-input', 'graph/no-output', 'graph/many-inputs', 'graph/many-outputs'],
]);

/**
 * Problems of a block's inside, lowered from `insideOf`. It may have any number of inputs and outputs, though a block
 * without an output is of no use.
 */
export function diagnoseInside(inner: Lowered): readonly Diagnostic[] {
  const isPort = (id: string | undefined) => inner.nodes.get(id ?? '')?.node.type === 'block-input';
  const found = diagnose(inner).filter(
    ({ code, nodeId }) => !rulesOfDrawings.has(code) && !(isPort(nodeId) && code === 'graph/unknown-type'),
  );
  if (inner.document.nodes.some((n) => n.type === 'output')) return found;
  return [
    {
      code: 'block/no-output',
      severity: 'warning',
      expected: 'an output',
      received: 'none',
      message: 'The block has no output: nothing can follow it. Add an output and draw a wire to it.',
    },
    ...found,
  ];
}

/** Fixes of the inside that are stored with it: what comes in is the drawing's affair, and so is what goes out. */
export function fixesInside(inner: Lowered, diagnostic: Diagnostic): Fix[] {
  return fixes(inner, diagnostic).filter(({ edit }) =>
    edit.changes.every((c) => {
      if (c.put !== 'node') return true;
      const old = inner.nodes.get(c.id)?.node;
      const value = c.value ?? old;
      return !value || !isEnd(value) || (c.value !== null && old?.params === c.value.params);
    }),
  );
}

/** The block and its inner node at which a problem inside a use of the block is mended; the innermost, where nested. */
export function whereInside(
  document: StemmaDocument,
  { nodeId, layer }: Pick<Diagnostic, 'nodeId' | 'layer'>,
): { readonly type: string; readonly nodeId: string } | undefined {
  let use: DocNode | undefined = document.nodes.find((n) => n.id === nodeId);
  let path = layer;
  let found: { type: string; nodeId: string } | undefined;
  while (use && path) {
    const block = blockOf(use.type, document.blocks);
    if (!block) break;
    const inner: string = repeatOf(use, block) > 1 ? path.replace(/^\d+\//, '') : path;
    const next: DocNode | undefined = block.nodes
      .filter((n) => inner === n.name || inner.startsWith(`${n.name}/`))
      .reduce<DocNode | undefined>((a, b) => (a && a.name.length >= b.name.length ? a : b), undefined);
    if (!next) break;
    found = { type: block.type, nodeId: next.id };
    path = inner.slice(next.name.length + 1);
    use = next;
  }
  return found;
}
