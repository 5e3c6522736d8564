/** An order in which a graph's nodes can be computed, and what stands in the way of one. */
import type { CustomBlock, DocNode, Graph, Wire } from '../document/model.ts';
import { components } from './components.ts';
import { type Ports, portsOf } from './node-types.ts';

export interface Sorted {
  /** Every node. One that waits for a cycle, or is in it, comes behind those that do not. */
  readonly order: readonly DocNode[];
  /** Ids of nodes that wait for each other, a list a cycle; nodes behind a cycle are in none. */
  readonly cycles: readonly (readonly string[])[];
  /** Wires by the node and the port they end at. */
  readonly incoming: ReadonlyMap<string, ReadonlyMap<string, Wire>>;
  /** Wires of which an end does not exist. They carry nothing and close no cycle. */
  readonly stray: readonly Wire[];
  readonly ports: ReadonlyMap<string, Ports>;
}

/**
 * Kahn 1962 (https://doi.org/10.1145/368996.369025), breadth-first: nodes without inputs in the drawing's order, then
 * each once its last input is there. What remains is in or behind a cycle; `components` tells which.
 */
export function sortGraph(graph: Graph, blocks: readonly CustomBlock[]): Sorted {
  const incoming = new Map<string, Map<string, Wire>>();
  const outgoing = new Map<string, string[]>();
  const waiting = new Map<string, number>();
  const byId = new Map<string, DocNode>();
  const ports = new Map<string, Ports>();
  const stray: Wire[] = [];
  for (const node of graph.nodes) {
    byId.set(node.id, node);
    ports.set(node.id, portsOf(node, blocks));
    waiting.set(node.id, 0);
  }
  for (const wire of graph.wires) {
    const { from, to } = wire;
    if (!ports.get(from.node)?.outputs.includes(from.port) || !ports.get(to.node)?.inputs.includes(to.port)) {
      stray.push(wire);
      continue;
    }
    let at = incoming.get(to.node);
    if (!at) {
      at = new Map();
      incoming.set(to.node, at);
    }
    at.set(to.port, wire);
    waiting.set(to.node, (waiting.get(to.node) ?? 0) + 1);
    const out = outgoing.get(from.node);
    if (out) out.push(to.node);
    else outgoing.set(from.node, [to.node]);
  }
  const order = graph.nodes.filter((n) => waiting.get(n.id) === 0);
  for (let i = 0; i < order.length; i++) {
    for (const next of outgoing.get((order[i] as DocNode).id) ?? []) {
      const left = (waiting.get(next) ?? 0) - 1;
      waiting.set(next, left);
      if (left === 0) order.push(byId.get(next) as DocNode);
    }
  }
  const cycles: string[][] = [];
  if (order.length < graph.nodes.length) {
    const done = new Set(order.map((n) => n.id));
    const rest = graph.nodes.filter((n) => !done.has(n.id)).map((n) => n.id);
    const ways = (id: string) => outgoing.get(id) ?? [];
    for (const part of components(rest, ways)) {
      const [id] = part as [string];
      if (part.length > 1 || ways(id).includes(id)) cycles.push(part);
      for (const member of part) order.push(byId.get(member) as DocNode);
    }
  }
  return { order, cycles, incoming, stray, ports };
}
