/**
 * Fixes are edits. Candidates are guessed from a diagnostic's code; each is applied to the drawing and offered only
 * where its diagnostic is gone afterwards and there are no more errors than before.
 */
import { applyEdit, type Edit } from '../document/edits.ts';
import type { StemmaDocument } from '../document/model.ts';
import { candidates } from './candidates.ts';
import { type Diagnostic, diagnose } from './diagnose.ts';
import { lower } from './lower.ts';

const same = (a: Diagnostic, b: Diagnostic) =>
  a.code === b.code && a.nodeId === b.nodeId && a.portId === b.portId && a.layer === b.layer;

export interface Fix {
  readonly title: string;
  readonly edit: Edit;
}

/** Edits that are known to remove this diagnostic: each was tried on the drawing before it is offered. */
export function fixes(document: StemmaDocument, diagnostic: Diagnostic): Fix[] {
  const lowered = lower(document);
  const before = diagnose(lowered).filter((d) => d.severity === 'error');
  const found: { fix: Fix; fresh: number }[] = [];
  for (const { title, edit } of candidates(lowered, diagnostic)) {
    const made = edit(document);
    const after = diagnose(lower(applyEdit(document, made).document));
    if (after.some((d) => same(d, diagnostic))) continue;
    const errors = after.filter((d) => d.severity === 'error');
    const fresh = errors.filter((d) => !before.some((old) => same(d, old))).length;
    if (errors.length <= before.length) found.push({ fix: { title, edit: made }, fresh });
  }
  // Those first that bring no other error in its place.
  return found.sort((a, b) => a.fresh - b.fresh).map(({ fix }) => fix);
}
