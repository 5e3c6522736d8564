/**
 * Edits are data: a list of "this item now is that", each with its inverse, so the inverse of an edit is the same list
 * read backwards.
 */
import type { CustomBlock, DocNode, Note, PortRef, StemmaDocument, Wire } from './model.ts';
import { invertRenames, type Renames } from './renames.ts';

export type Change =
  | { readonly put: 'node'; readonly id: string; readonly value: DocNode | null; readonly at?: number }
  | { readonly put: 'wire'; readonly to: PortRef; readonly value: Wire | null; readonly at?: number }
  | { readonly put: 'note'; readonly id: string; readonly value: Note | null; readonly at?: number }
  | { readonly put: 'block'; readonly type: string; readonly value: CustomBlock | null; readonly at?: number }
  | { readonly put: 'recipe'; readonly value: StemmaDocument['recipe'] }
  | { readonly put: 'title'; readonly value: string };

export interface Edit {
  readonly label: string;
  readonly changes: readonly Change[];
  /** Paths that moved: weights found by the old one are found by the new one (`weights/rename.ts`). */
  readonly renamed?: Renames;
}

const wireKey = (to: PortRef) => `${to.node}\n${to.port}`;

/** What a change is about; two changes with one target follow one another. */
export function targetOf(change: Change): string {
  switch (change.put) {
    case 'node':
      return `node\n${change.id}`;
    case 'wire':
      return `wire\n${wireKey(change.to)}`;
    case 'note':
      return `note\n${change.id}`;
    case 'block':
      return `block\n${change.type}`;
    default:
      return change.put;
  }
}

/** Lookups that are not worth an index. */
const FEW = 4;

/** A copy of a list while it is edited. Many lookups share one index, so moving n nodes costs O(n). */
class ListEditor<T> {
  readonly list: T[];
  readonly #keyOf: (item: T) => string;
  #lookups = 0;
  /** Where an item was when last seen; insertions and removals before it may have shifted it since. */
  #seenAt: Map<string, number> | undefined;

  constructor(list: readonly T[], keyOf: (item: T) => string) {
    this.list = [...list];
    this.#keyOf = keyOf;
  }

  #find(key: string): number {
    const is = (i: number) => {
      const item = this.list[i];
      return item !== undefined && this.#keyOf(item) === key;
    };
    if (this.#lookups++ < FEW) return this.list.findIndex((_, i) => is(i));
    this.#seenAt ??= new Map(this.list.map((item, i) => [this.#keyOf(item), i]));
    const seen = this.#seenAt.get(key);
    if (seen === undefined) return -1;
    for (let off = 0; ; off++) {
      if (is(seen - off)) return seen - off;
      if (is(seen + off)) return seen + off;
    }
  }

  /** Puts, replaces or (null) removes; returns what stood there, and where. */
  put(key: string, value: T | null, at: number | undefined): { old: T | null; oldAt: number } {
    const index = this.#find(key);
    if (index < 0) {
      if (value === null) return { old: null, oldAt: -1 };
      const place = Math.min(at ?? this.list.length, this.list.length);
      this.list.splice(place, 0, value);
      this.#seenAt?.set(key, place);
      return { old: null, oldAt: -1 };
    }
    const old = this.list[index] as T;
    if (value === null) {
      this.list.splice(index, 1);
      this.#seenAt?.delete(key);
    } else this.list[index] = value;
    return { old, oldAt: index };
  }
}

/** The document after an edit, and the edit that leads back to exactly the document before. */
export function applyEdit(document: StemmaDocument, edit: Edit): { document: StemmaDocument; inverse: Edit } {
  let nodes: ListEditor<DocNode> | undefined;
  let wires: ListEditor<Wire> | undefined;
  let notes: ListEditor<Note> | undefined;
  let blocks: ListEditor<CustomBlock> | undefined;
  let { recipe, title } = document;
  const inverses: Change[] = [];
  for (const change of edit.changes) {
    switch (change.put) {
      case 'node': {
        nodes ??= new ListEditor(document.nodes, (n) => n.id);
        const { old, oldAt } = nodes.put(change.id, change.value, change.at);
        inverses.push({ ...change, value: old, at: oldAt });
        break;
      }
      case 'wire': {
        wires ??= new ListEditor(document.wires, (w) => wireKey(w.to));
        const { old, oldAt } = wires.put(wireKey(change.to), change.value, change.at);
        inverses.push({ ...change, value: old, at: oldAt });
        break;
      }
      case 'note': {
        notes ??= new ListEditor(document.notes, (n) => n.id);
        const { old, oldAt } = notes.put(change.id, change.value, change.at);
        inverses.push({ ...change, value: old, at: oldAt });
        break;
      }
      case 'block': {
        blocks ??= new ListEditor(document.blocks, (b) => b.type);
        const { old, oldAt } = blocks.put(change.type, change.value, change.at);
        inverses.push({ ...change, value: old, at: oldAt });
        break;
      }
      case 'recipe':
        inverses.push({ put: 'recipe', value: recipe });
        recipe = change.value;
        break;
      case 'title':
        inverses.push({ put: 'title', value: title });
        title = change.value;
        break;
    }
  }
  return {
    document: {
      ...document,
      title,
      recipe,
      // Untouched lists stay the same objects: what was computed from them is still known.
      nodes: nodes?.list ?? document.nodes,
      wires: wires?.list ?? document.wires,
      notes: notes?.list ?? document.notes,
      blocks: blocks?.list ?? document.blocks,
    },
    inverse: {
      label: edit.label,
      changes: inverses.reverse(),
      ...(edit.renamed && { renamed: invertRenames(edit.renamed) }),
    },
  };
}
