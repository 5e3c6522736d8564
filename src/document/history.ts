import { applyEdit, type Edit } from './edits.ts';
import type { StemmaDocument } from './model.ts';

/** Whether an edit gets an entry of its own, joins the last one (a drag), or none (a selection). */
export type UndoPolicy = 'record' | 'merge' | 'skip';

export interface History {
  readonly document: StemmaDocument;
  /** Edits that lead back, last first to be undone at the end. */
  readonly past: readonly Edit[];
  readonly future: readonly Edit[];
}

export function startHistory(document: StemmaDocument): History {
  return { document, past: [], future: [] };
}

export function perform(history: History, edit: Edit, policy: UndoPolicy = 'record'): History {
  const { document, inverse } = applyEdit(history.document, edit);
  if (policy === 'skip') return { ...history, document };
  const last = history.past.at(-1);
  if (policy === 'merge' && last) {
    const merged: Edit = {
      label: last.label,
      changes: [...inverse.changes, ...last.changes],
      ...((inverse.renamed || last.renamed) && {
        renamed: [...(inverse.renamed ?? []), ...(last.renamed ?? [])],
      }),
    };
    return { document, past: [...history.past.slice(0, -1), merged], future: [] };
  }
  return { document, past: [...history.past, inverse], future: [] };
}

export function undo(history: History): History {
  const last = history.past.at(-1);
  if (!last) return history;
  const { document, inverse } = applyEdit(history.document, last);
  return { document, past: history.past.slice(0, -1), future: [...history.future, inverse] };
}

export function redo(history: History): History {
  const next = history.future.at(-1);
  if (!next) return history;
  const { document, inverse } = applyEdit(history.document, next);
  return { document, past: [...history.past, inverse], future: history.future.slice(0, -1) };
}
