import { applyEdit, type Edit, targetOf } from './apply.ts';
import type { StemmaDocument } from './model.ts';

/**
 * Whether an edit gets an entry of its own, joins the one before, or gets none. Edits join only where both were
 * performed under one key: a key is one gesture ("drag 17"), so a drag never joins what came before it.
 */
export type UndoPolicy = 'record' | 'skip' | { readonly merge: string };

/** An edit that leads back, and the gesture it is still part of. */
export interface HistoryEntry extends Edit {
  readonly mergeKey?: string;
}

export interface History {
  readonly document: StemmaDocument;
  /** Edits that lead back, last first to be undone at the end. */
  readonly past: readonly HistoryEntry[];
  readonly future: readonly Edit[];
}

export function startHistory(document: StemmaDocument): History {
  return { document, past: [], future: [] };
}

export function perform(history: History, edit: Edit, policy: UndoPolicy = 'record'): History {
  const { document, inverse } = applyEdit(history.document, edit);
  if (policy === 'skip') return { ...history, document };
  const last = history.past.at(-1);
  if (typeof policy === 'object' && last?.mergeKey === policy.merge)
    return { document, past: [...history.past.slice(0, -1), merge(last, edit, inverse)], future: [] };
  const entry = typeof policy === 'object' ? { ...inverse, mergeKey: policy.merge } : inverse;
  return { document, past: [...history.past, entry], future: [] };
}

/**
 * The entry that undoes both. What the older entry sets anyway need not be set twice: a drag of sixty frames keeps one
 * change a node. Only for items that the newer edit altered where they stood; what it put in or took out moves others.
 */
function merge(last: HistoryEntry, edit: Edit, inverse: Edit): HistoryEntry {
  const structural = new Set(
    [...edit.changes, ...inverse.changes].filter((c) => c.value === null).map(targetOf),
  );
  const known = new Set(last.changes.map(targetOf));
  const more = inverse.changes.filter((change) => {
    const target = targetOf(change);
    return structural.has(target) || !known.has(target);
  });
  const renamed = [...(inverse.renamed ?? []), ...(last.renamed ?? [])];
  return {
    ...last,
    changes: more.length === 0 ? last.changes : [...more, ...last.changes],
    ...(renamed.length > 0 && { renamed }),
  };
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
