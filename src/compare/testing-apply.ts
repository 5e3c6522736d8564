/** For tests: what a difference says, done to the first drawing. Order and places are not part of it. */
import type { Graph, Wire } from '../document/model.ts';
import type { GraphDifference } from './document-difference.ts';

/** Each node by its id in the second drawing, and each wire, as text that can be compared. */
export function applied({ nodes, wires }: Graph, difference: GraphDifference) {
  const { matches, removed, changed, added, wiresAdded, wiresRemoved } = difference;
  const gone = new Set(removed.map((n) => n.id));
  const changes = new Map(changed.map((c) => [c.before.id, c.after]));
  const keyOf = ({ from, to }: Wire) => JSON.stringify([from.node, from.port, to.node, to.port]);
  const cut = new Set(wiresRemoved.map(keyOf));
  const idOf = (id: string) => matches.get(id) ?? id;
  return {
    nodes: [
      ...nodes.filter((n) => !gone.has(n.id)).map((n) => ({ ...(changes.get(n.id) ?? n), id: idOf(n.id) })),
      ...added,
    ].map(({ id, name, type, params }) => ({ id, name, type, params })),
    wires: [
      ...wires
        .filter((w) => !cut.has(keyOf(w)))
        .map(({ from, to }) => ({
          from: { ...from, node: idOf(from.node) },
          to: { ...to, node: idOf(to.node) },
        })),
      ...wiresAdded,
    ]
      .map(keyOf)
      .sort(),
  };
}
