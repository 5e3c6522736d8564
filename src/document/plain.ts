import { chain, type Edit, setParams } from './edits.ts';
import type { DocNode, StemmaDocument } from './model.ts';

const residual = new Set(['residual', 'bottleneck', 'resnext', 'residual-stage', 'resnext-stage']);

/**
 * The whole network, or the nodes of these ids, without skips, or with them again: "why does the plain net fail?" is one edit away. The way
 * back is shortcut 'auto' for every block: the drawing does not remember where it said 'projection' or 'identity'. The
 * exact way back is to undo.
 */
export function setPlain(document: StemmaDocument, plain: boolean, ids?: readonly string[]): Edit {
  const changed = blocksAmong(document, ids).filter(
    (n) => ((n.params.shortcut ?? 'auto') === 'none') !== plain,
  );
  return chain(
    document,
    plain ? 'Make plain' : 'Make residual',
    changed.map((n) => (d: StemmaDocument) => setParams(d, n.id, { shortcut: plain ? 'none' : 'auto' })),
  );
}

function blocksAmong({ nodes }: StemmaDocument, ids: readonly string[] | undefined): DocNode[] {
  const chosen = ids && new Set(ids);
  return nodes.filter((n) => residual.has(n.type) && (!chosen || chosen.has(n.id)));
}

/** True where no residual block of the drawing, or of these nodes, has a skip, and there is at least one block. */
export function isPlain(document: StemmaDocument, ids?: readonly string[]): boolean {
  const blocks = blocksAmong(document, ids);
  return blocks.length > 0 && blocks.every((n) => n.params.shortcut === 'none');
}
