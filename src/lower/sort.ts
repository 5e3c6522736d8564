import type { DocNode, Graph, Wire } from '../document/model.ts';

interface Sorted {
  order: readonly DocNode[];
  cycle: readonly DocNode[];
  incoming: ReadonlyMap<string, Map<string, Wire>>;
}

/** Kahn 1962. Nodes keep the drawing's order where wires leave it free. */
export function sortGraph(graph: Graph): Sorted {
  const incoming = new Map<string, Map<string, Wire>>();
  const outgoing = new Map<string, string[]>();
  const waiting = new Map<string, number>();
  const byId = new Map<string, DocNode>();
  for (const node of graph.nodes) {
    byId.set(node.id, node);
    waiting.set(node.id, 0);
  }
  for (const wire of graph.wires) {
    if (!byId.has(wire.from.node) || !byId.has(wire.to.node)) continue;
    let at = incoming.get(wire.to.node);
    if (!at) {
      at = new Map();
      incoming.set(wire.to.node, at);
    }
    at.set(wire.to.port, wire);
    waiting.set(wire.to.node, (waiting.get(wire.to.node) ?? 0) + 1);
    const out = outgoing.get(wire.from.node);
    if (out) out.push(wire.to.node);
    else outgoing.set(wire.from.node, [wire.to.node]);
  }
  const order = graph.nodes.filter((n) => waiting.get(n.id) === 0);
  for (let i = 0; i < order.length; i++) {
    for (const next of outgoing.get((order[i] as DocNode).id) ?? []) {
      const left = (waiting.get(next) ?? 0) - 1;
      waiting.set(next, left);
      if (left === 0) order.push(byId.get(next) as DocNode);
    }
  }
  const done = new Set(order.map((n) => n.id));
  return { order, cycle: graph.nodes.filter((n) => !done.has(n.id)), incoming };
}
