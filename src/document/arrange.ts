/** Edits of a selection: copies, nodes on wires, lines. */
import { AppError, invariant } from '../base/errors.ts';
import { addNode, type Change, chain, connect, type Edit, getNode, move, removeNode } from './edits.ts';
import { isEnd } from './ends.ts';
import { STEP_X } from './layout.ts';
import type { DocNode, StemmaDocument, Wire } from './model.ts';
import { freeName, nextName } from './names.ts';
import { firstPorts } from './ports.ts';
import { placeBetween } from './room.ts';

/**
 * Copies of nodes beside them, with the wires among them; wires from outside are left to the person. Ends of the network are
 * left out, since it has one of each. New nodes are the changes whose `id` the document does not have.
 * @throws AppError where nothing is selected but ends
 */
export function duplicate(document: StemmaDocument, ids: readonly string[]): Edit {
  const chosen = new Set(ids);
  const nodes = document.nodes.filter((n) => chosen.has(n.id) && !isEnd(n));
  if (nodes.length === 0)
    throw new AppError('edit/nothing', 'Nothing is selected that can be duplicated.', {
      hint: 'A network has one input and one output; select other nodes.',
    });
  const takenIds = new Set(document.nodes.map((n) => n.id));
  const takenNames = new Set(document.nodes.map((n) => n.name));
  const copyOf = new Map<string, string>();
  const columns = nodes.map((n) => n.x);
  const aside = Math.max(...columns) - Math.min(...columns) + STEP_X;
  const changes: Change[] = nodes.map((node) => {
    const id = nextName(takenIds, node.id);
    const name = nextName(takenNames, node.name);
    takenIds.add(id);
    takenNames.add(name);
    copyOf.set(node.id, id);
    const value = { ...node, id, name, x: node.x + aside };
    return { put: 'node', id, value };
  });
  for (const wire of document.wires) {
    const from = copyOf.get(wire.from.node);
    const to = copyOf.get(wire.to.node);
    if (from === undefined || to === undefined) continue;
    const end = { node: to, port: wire.to.port };
    changes.push({
      put: 'wire',
      to: end,
      value: { from: { node: from, port: wire.from.port }, to: end },
    });
  }
  const what = nodes.length === 1 ? (nodes[0] as DocNode).name : `${nodes.length} nodes`;
  return { label: `Duplicate ${what}`, changes };
}

/** Takes a node out and lets what fed its first connected input feed all that it fed. */
export function bypass(document: StemmaDocument, id: string): Edit {
  return { ...removeNode(document, id, true), label: `Bypass ${getNode(document, id).name}` };
}

/**
 * A new node, for which the drawing makes room, or one of the drawing, on a wire: its first input takes what came, its first output feeds what followed.
 * @throws AppError where the type has no input or no output
 */
export function insertOnWire(
  document: StemmaDocument,
  wire: Wire,
  node: Parameters<typeof addNode>[1] | { readonly id: string },
): Edit {
  const present = document.wires.find((w) => w.to.node === wire.to.node && w.to.port === wire.to.port);
  invariant(present, `no wire to ${wire.to.node}.${wire.to.port}`);
  const isNew = 'type' in node && !document.nodes.some((n) => n.id === node.id);
  const type = isNew ? node.type : getNode(document, node.id as string).type;
  const { input, output } = firstPorts(document, type);
  if (input === undefined || output === undefined)
    throw new AppError('edit/ports', `A node of type '${type}' cannot stand on a wire.`, {
      hint: 'It needs an input and an output.',
    });
  if (!isNew && (node.id === present.from.node || node.id === present.to.node))
    throw new AppError(
      'edit/ports',
      `'${getNode(document, node.id as string).name}' is an end of this wire.`,
    );
  const ids = document.nodes.map((n) => n.id);
  const id = node.id ?? freeName(ids, type.replace(/^custom\//, ''));
  return chain(document, `Insert ${isNew ? (node.name ?? type) : getNode(document, id).name}`, [
    ...(isNew ? [(d: StemmaDocument) => addBetween(d, { ...node, id })] : []),
    () => connect(present.from, { node: id, port: input }),
    () => connect({ node: id, port: output }, present.to),
  ]);
}

function addBetween(document: StemmaDocument, node: Parameters<typeof addNode>[1]): Edit {
  const { y, changes } = placeBetween(document, node);
  const edit = addNode(document, { ...node, y });
  return { ...edit, changes: [...changes, ...edit.changes] };
}

export type Side = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom';

/**
 * Nodes on one line: their left edges, their middles, … `sizes` are the nodes' sizes on the screen, which no document
 * holds; without them every node counts as equally large.
 */
export function align(
  document: StemmaDocument,
  ids: readonly string[],
  side: Side,
  sizes: ReadonlyMap<string, { readonly width: number; readonly height: number }> = new Map(),
): Edit {
  const across = side === 'left' || side === 'centre' || side === 'right';
  const share = side === 'left' || side === 'top' ? 0 : side === 'right' || side === 'bottom' ? 1 : 0.5;
  const chosen = new Set(ids);
  const items = document.nodes
    .filter((n) => chosen.has(n.id))
    .map((node) => {
      const size = (across ? sizes.get(node.id)?.width : sizes.get(node.id)?.height) ?? 0;
      return { node, size, start: across ? node.x : node.y };
    });
  const low = items.reduce((least, { start }) => Math.min(least, start), Number.POSITIVE_INFINITY);
  const high = items.reduce(
    (most, { start, size }) => Math.max(most, start + size),
    Number.NEGATIVE_INFINITY,
  );
  const places = new Map<string, { x: number; y: number }>();
  for (const { node, size } of items) {
    const at = low + (high - low) * share - size * share;
    const place = across ? { x: at, y: node.y } : { x: node.x, y: at };
    if (place.x !== node.x || place.y !== node.y) places.set(node.id, place);
  }
  return { ...move(document, places), label: `Align ${side}` };
}
