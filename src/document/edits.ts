/** The edits that a person makes most: pure functions from a document to an Edit, which `applyEdit` applies. */
import { AppError, invariant } from '../base/errors.ts';
import type { ParamValue } from '../schema/params.ts';
import { applyEdit, type Change, type Edit } from './apply.ts';
import { checkParams, checkPlace, checkTitle } from './format.ts';
import type { CustomBlock, DocNode, PortRef, StemmaDocument } from './model.ts';
import { freeName, nameProblem, slug } from './names.ts';
import { wiresInto } from './ports.ts';
import { type Rename, renameStep } from './renames.ts';

export { applyEdit, type Change, type Edit } from './apply.ts';
export { freeName } from './names.ts';

export function getNode(document: StemmaDocument, id: string): DocNode {
  const node = document.nodes.find((n) => n.id === id);
  invariant(node, `no node ${id}`);
  return node;
}

function checkName(document: StemmaDocument, name: string, self?: string): void {
  const wrong = nameProblem(document, name, self);
  if (wrong) throw new AppError('edit/name', wrong);
}

/** A node without what the drawing can choose itself: a free id, a free name. */
export type NewNode = Omit<DocNode, 'id' | 'name'> & Partial<DocNode>;

/** @throws AppError where its name is taken or none, or a value cannot be stored */
export function addNode(document: StemmaDocument, node: NewNode): Edit {
  const base = slug(node.type.replace(/^custom\//, ''), 'block');
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
  invariant(!document.nodes.some((n) => n.id === id), `id ${id} is taken`);
  checkName(document, name);
  checkParams(node.params, `'${name}'`);
  checkPlace(node, name);
  return { label: `Add ${name}`, changes: [{ put: 'node', id, value: { ...node, id, name } }] };
}

/** Removes a node with its wires; `reconnect` joins what fed its first connected input to all that it fed. */
export function removeNode(document: StemmaDocument, id: string, reconnect = false): Edit {
  const { name } = getNode(document, id);
  const source = wiresInto(document, id).find((w) => w.from.node !== id)?.from;
  const changes: Change[] = [];
  for (const wire of document.wires) {
    if (wire.from.node === id && wire.to.node !== id && reconnect && source)
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

/** Weights follow. @throws AppError where the name is taken or none (`nameProblem` says so beforehand) */
export function rename(document: StemmaDocument, id: string, name: string): Edit {
  const node = getNode(document, id);
  checkName(document, name, id);
  return withRenames(document, [{ from: node.name, to: name }], new Set([id]), {
    label: `Rename ${node.name} to ${name}`,
    changes: [{ put: 'node', id, value: { ...node, name } }],
  });
}

/** The edit with where its layers' paths go; `touched` are the nodes whose paths the renames speak of. */
export function withRenames(
  document: StemmaDocument,
  renames: readonly Rename[],
  touched: ReadonlySet<string>,
  edit: Edit,
): Edit {
  const renamed = renameStep(
    renames,
    document.nodes.filter((n) => !touched.has(n.id)),
  );
  return renamed.length > 0 ? { ...edit, renamed } : edit;
}

/** How often a use of a custom block repeats it. */
export function repeatOf(node: DocNode, block: CustomBlock): number {
  const { repeat } = node.params;
  const valid = typeof repeat === 'number' && Number.isInteger(repeat) && repeat >= 1 && repeat <= 1000;
  return valid ? repeat : block.repeat;
}

/** Where the paths of a custom block's first copy begin: copies are numbered only where there are several. */
export const firstCopy = (name: string, repeat: number) => (repeat === 1 ? name : `${name}/0`);

/**
 * The first copy of a custom block keeps its weights when `repeat` begins or ceases to number the copies.
 * @throws AppError where a value cannot be stored; one that the type does not take is a problem of the drawing
 */
export function setParams(
  document: StemmaDocument,
  id: string,
  params: Readonly<Record<string, ParamValue>>,
): Edit {
  const node = getNode(document, id);
  checkParams(params, `'${node.name}'`);
  const value = { ...node, params: { ...node.params, ...params } };
  const edit: Edit = {
    label: `Set ${Object.keys(params).join(', ')} of ${node.name}`,
    changes: [{ put: 'node', id, value }],
  };
  const block = document.blocks.find((b) => b.type === node.type);
  if (!block) return edit;
  const from = firstCopy(node.name, repeatOf(node, block));
  const to = firstCopy(node.name, repeatOf(value, block));
  return withRenames(document, [{ from, to }], new Set([id]), edit);
}

/** Nodes and notes, by their ids. */
export function move(document: StemmaDocument, places: ReadonlyMap<string, { x: number; y: number }>): Edit {
  const byId = new Map(document.nodes.map((n) => [n.id, n]));
  const notes = new Map(document.notes.map((n) => [n.id, n]));
  const changes = [...places].map(([id, place]): Change => {
    const note = notes.get(id);
    if (note) {
      checkPlace(place, note.kind);
      return { put: 'note', id, value: { ...note, x: place.x, y: place.y } };
    }
    const node = byId.get(id);
    invariant(node, `no node or note ${id}`);
    checkPlace(place, node.name);
    return { put: 'node', id, value: { ...node, x: place.x, y: place.y } };
  });
  return { label: 'Move', changes };
}

export function setTitle(title: string): Edit {
  checkTitle(title);
  return { label: 'Change the title', changes: [{ put: 'title', value: title }] };
}

export function setRecipe(document: StemmaDocument, values: StemmaDocument['recipe']): Edit {
  checkParams(values, 'The recipe');
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
  const renamed: (readonly Rename[])[] = [];
  for (const step of steps) {
    const edit = step(current);
    changes.push(...edit.changes);
    renamed.push(...(edit.renamed ?? []));
    current = applyEdit(current, edit).document;
  }
  return { label, changes, ...(renamed.length > 0 && { renamed }) };
}
