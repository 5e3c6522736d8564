/** How the open drawing stands to the one that a run was trained from. */
import { drawingChanges } from '../../src/compare/changes.ts';
import { documentDifference, isSameDrawing } from '../../src/compare/document-difference.ts';
import type { StemmaDocument } from '../../src/document/model.ts';
import { parseDrawing } from '../files/actions.ts';

export interface Tie {
  /** 'other': it is called otherwise, or they have too little in common for one to come from the other. */
  readonly kind: 'same' | 'changed' | 'other';
  /** Null: so many that their number says nothing. */
  readonly changes: number | null;
}

/** Null: there is nothing to compare. */
export function tieOf(trained: string, open: StemmaDocument): Tie | null {
  if (open.nodes.length === 0) return null;
  let before: StemmaDocument;
  try {
    before = parseDrawing(trained, 'drawing');
  } catch {
    // Where the drawing is shown, what is wrong with it is told.
    return null;
  }
  const difference = documentDifference(before, open);
  if (isSameDrawing(difference)) return { kind: 'same', changes: 0 };
  const kept = [...difference.matches].filter(([a, b]) => a === b).length;
  const related = kept * 2 >= Math.min(before.nodes.length, open.nodes.length);
  const changes = related ? drawingChanges(difference, before, open).length : null;
  return { kind: related && before.title === open.title ? 'changed' : 'other', changes };
}
