import { chain, type Edit, setParams } from './edits.ts';
import type { StemmaDocument } from './model.ts';

const residual = new Set(['residual', 'bottleneck', 'resnext', 'residual-stage', 'resnext-stage']);

/**
 * The whole network without its skips, or with them again: "why does the plain net fail?" is one edit away. The way
 * back is shortcut 'auto' for every block: the drawing does not remember where it said 'projection' or 'identity'. The
 * exact way back is to undo.
 */
export function setPlain(document: StemmaDocument, plain: boolean): Edit {
  const changed = document.nodes.filter(
    (n) => residual.has(n.type) && ((n.params.shortcut ?? 'auto') === 'none') !== plain,
  );
  return chain(
    document,
    plain ? 'Make plain' : 'Make residual',
    changed.map((n) => (d: StemmaDocument) => setParams(d, n.id, { shortcut: plain ? 'none' : 'auto' })),
  );
}

/** True where no residual block of the drawing has a skip, and there is at least one block. */
export function isPlain(document: StemmaDocument): boolean {
  const blocks = document.nodes.filter((n) => residual.has(n.type));
  return blocks.length > 0 && blocks.every((n) => n.params.shortcut === 'none');
}
