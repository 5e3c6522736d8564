/**
 * Edits: pure functions from a document to a document, as data, each with its inverse. Everything a person does is
 * composed of "this item now is that", so an inverse is the same list read backwards.
 */
import { invariant } from '../base/errors.ts';
import type { ParamValue } from '../schema/params.ts';
import type { CustomBlock, DocNode, PortRef, StemmaDocument, Wire } from './model.ts';

export type Change =
  | { readonly put: 'node'; readonly id: string; readonly value: DocNode | null; readonly at?: number }
  | { readonly put: 'wire'; readonly to: PortRef; readonly value: Wire | null; readonly at?: number }
  | { readonly put: 'block'; readonly type: string; readonly value: CustomBlock | null; readonly at?: number }
  | { readonly put: 'recipe'; readonly value: StemmaDocument['recipe'] }
  | { readonly put: 'title'; readonly value: string };

export interface Edit {
  readonly label: string;
  readonly changes: readonly Change[];
  /** Names that changed: weights found by the old path are found by the new one. */
  readonly renamed?: readonly { readonly from: string; readonly to: string }[];
}

function replace<T>(
  list: readonly T[],
  index: number,
  value: T | null,
  at: number | undefined,
): { list: readonly T[]; old: T | null; oldAt: number } {
  const copy = [...list];
  if (index < 0) {
    if (value !== null) copy.splice(at ?? copy.length, 0, value);
    return { list: copy, old: null, oldAt: -1 };
  }
  const old = copy[index] as T;
  if (value === null) copy.splice(index, 1);
  else copy[index] = value;
  return { list: copy, old, oldAt: index };
}

const sameEnd = (a: PortRef, b: PortRef) => a.node === b.node && a.port === b.port;

function applyChange(
  document: StemmaDocument,
  change: Change,
): { document: StemmaDocument; inverse: Change } {
  switch (change.put) {
    case 'node': {
      const index = document.nodes.findIndex((n) => n.id === change.id);
      const { list, old, oldAt } = replace(document.nodes, index, change.value, change.at);
      return { document: { ...document, nodes: list }, inverse: { ...change, value: old, at: oldAt } };
    }
    case 'wire': {
      const index = document.wires.findIndex((w) => sameEnd(w.to, change.to));
      const { list, old, oldAt } = replace(document.wires, index, change.value, change.at);
      return { document: { ...document, wires: list }, inverse: { ...change, value: old, at: oldAt } };
    }
    case 'block': {
      const index = document.blocks.findIndex((b) => b.type === change.type);
      const { list, old, oldAt } = replace(document.blocks, index, change.value, change.at);
      return { document: { ...document, blocks: list }, inverse: { ...change, value: old, at: oldAt } };
    }
    case 'recipe':
      return {
        document: { ...document, recipe: change.value },
        inverse: { put: 'recipe', value: document.recipe },
      };
    case 'title':
      return {
        document: { ...document, title: change.value },
        inverse: { put: 'title', value: document.title },
      };
  }
}

/** The document after an edit, and the edit that leads back to exactly the document before. */
export function applyEdit(document: StemmaDocument, edit: Edit): { document: StemmaDocument; inverse: Edit } {
  let current = document;
  const inverses: Change[] = [];
  for (const change of edit.changes) {
    const { document: next, inverse } = applyChange(current, change);
    current = next;
    inverses.unshift(inverse);
  }
  return {
    document: current,
    inverse: {
      label: edit.label,
      changes: inverses,
      ...(edit.renamed && {
        renamed: edit.renamed.map(({ from, to }) => ({ from: to, to: from })).reverse(),
      }),
    },
  };
}

export function getNode(document: StemmaDocument, id: string): DocNode {
  const node = document.nodes.find((n) => n.id === id);
  invariant(node, `no node ${id}`);
  return node;
}

/** An id or a name that is still free: base, base2, base3, … */
export function freeName(taken: Iterable<string>, base: string): string {
  const all = new Set(taken);
  if (!all.has(base)) return base;
  for (let i = 2; ; i++) if (!all.has(`${base}${i}`)) return `${base}${i}`;
}

export function addNode(
  document: StemmaDocument,
  node: Omit<DocNode, 'id' | 'name'> & Partial<DocNode>,
): Edit {
  const base = node.type.replace(/^custom\//, '');
  const id =
    node.id ??
    freeName(
      document.nodes.map((n) => n.id),
      base,
    );
  const name =
    node.name ??
    freeName(
      document.nodes.map((n) => n.name),
      base,
    );
  return { label: `Add ${name}`, changes: [{ put: 'node', id, value: { ...node, id, name } }] };
}

/** Removes a node with its wires; `reconnect` joins what fed its first input to all that it fed. */
export function removeNode(document: StemmaDocument, id: string, reconnect = false): Edit {
  const { name } = getNode(document, id);
  const source = document.wires.find((w) => w.to.node === id)?.from;
  const changes: Change[] = [];
  for (const wire of document.wires) {
    if (wire.from.node === id && wire.to.node !== id && reconnect && source && source.node !== id)
      changes.push({ put: 'wire', to: wire.to, value: { from: source, to: wire.to } });
    else if (wire.from.node === id || wire.to.node === id)
      changes.push({ put: 'wire', to: wire.to, value: null });
  }
  return { label: `Delete ${name}`, changes: [...changes, { put: 'node', id, value: null }] };
}

/** A wire between two ports; what ended there before is replaced, so this is also "reconnect". */
export function connect(from: PortRef, to: PortRef): Edit {
  return { label: 'Connect', changes: [{ put: 'wire', to, value: { from, to } }] };
}

export function disconnect(to: PortRef): Edit {
  return { label: 'Disconnect', changes: [{ put: 'wire', to, value: null }] };
}

export function rename(document: StemmaDocument, id: string, name: string): Edit {
  const node = getNode(document, id);
  return {
    label: `Rename ${node.name} to ${name}`,
    changes: [{ put: 'node', id, value: { ...node, name } }],
    renamed: [{ from: node.name, to: name }],
  };
}

export function setParams(
  document: StemmaDocument,
  id: string,
  params: Readonly<Record<string, ParamValue>>,
): Edit {
  const node = getNode(document, id);
  return {
    label: `Set ${Object.keys(params).join(', ')} of ${node.name}`,
    changes: [{ put: 'node', id, value: { ...node, params: { ...node.params, ...params } } }],
  };
}

export function move(document: StemmaDocument, places: ReadonlyMap<string, { x: number; y: number }>): Edit {
  const changes = [...places].map(
    ([id, place]): Change => ({ put: 'node', id, value: { ...getNode(document, id), ...place } }),
  );
  return { label: 'Move', changes };
}

export function setRecipe(document: StemmaDocument, values: StemmaDocument['recipe']): Edit {
  return {
    label: 'Change the recipe',
    changes: [{ put: 'recipe', value: { ...document.recipe, ...values } }],
  };
}

/** Several edits as one entry of the history; each is built on the document that the one before leaves. */
export function chain(
  document: StemmaDocument,
  label: string,
  steps: readonly ((document: StemmaDocument) => Edit)[],
): Edit {
  let current = document;
  const changes: Change[] = [];
  const renamed: { from: string; to: string }[] = [];
  for (const step of steps) {
    const edit = step(current);
    changes.push(...edit.changes);
    renamed.push(...(edit.renamed ?? []));
    current = applyEdit(current, edit).document;
  }
  return { label, changes, ...(renamed.length > 0 && { renamed }) };
}
