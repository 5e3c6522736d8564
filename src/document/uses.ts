/** Where a document's own blocks are used: in the drawing, and inside one another. */
import { repeatOf } from './edits.ts';
import type { CustomBlock, DocNode, Graph, StemmaDocument, Wire } from './model.ts';
import type { Rename, Renames } from './renames.ts';

/** The types of blocks that a graph's nodes are of, and those inside them. */
export function blocksWithin(nodes: readonly DocNode[], blocks: readonly CustomBlock[]): Set<string> {
  const byType = new Map(blocks.map((b) => [b.type, b]));
  const found = new Set(nodes.map((n) => n.type).filter((type) => byType.has(type)));
  for (const type of found)
    for (const inner of byType.get(type)?.nodes ?? []) if (byType.has(inner.type)) found.add(inner.type);
  return found;
}

/** More copies than these are not followed one by one. */
const MAX_USES = 10_000;

/** Where the paths of every copy of a block begin, wherever it is used. */
export function pathsOfUses({ nodes, blocks }: StemmaDocument, type: string): string[] {
  // Only what leads there, so that a thousand copies of another block are not walked.
  const leading = new Map(
    blocks.filter((b) => b.type === type || blocksWithin(b.nodes, blocks).has(type)).map((b) => [b.type, b]),
  );
  const found: string[] = [];
  const visit = (graph: readonly DocNode[], head: string, depth: number): void => {
    for (const node of graph) {
      const block = leading.get(node.type);
      if (!block || depth > leading.size) continue;
      const times = repeatOf(node, block);
      for (let i = 0; i < times && found.length < MAX_USES; i++) {
        const path = times === 1 ? `${head}${node.name}` : `${head}${node.name}/${i}`;
        if (node.type === type) found.push(path);
        else visit(block.nodes, `${path}/`, depth + 1);
      }
    }
  };
  visit(nodes, '', 0);
  return found;
}

/** Renames of an inside, at every copy of the block. */
export function renamesOfUses(document: StemmaDocument, type: string, renamed: Renames): Renames {
  const paths = pathsOfUses(document, type);
  if (paths.length === 0) return [];
  return renamed.map((step) => {
    const inner = paths.flatMap((path) =>
      step.map(({ from, to }) => ({ from: `${path}/${from}`, to: `${path}/${to}` })),
    );
    // 'b/c/d' may be a node of the drawing, too, which the inside of 'b' does not move.
    const moved = new Set(inner.flatMap(({ from, to }) => [from, to]));
    const above = (name: string) => name.split('/').map((_, i, parts) => parts.slice(0, i + 1).join('/'));
    const kept = document.nodes
      .map((n) => n.name)
      .filter((name) => above(name).some((head) => moved.has(head)));
    return [...inner, ...kept.map((name) => ({ from: name, to: name }))];
  });
}

/** Where first copies are found after a block's own repeat count begins or ceases to number them. */
export function repeatRenames(document: StemmaDocument, block: CustomBlock, repeat: number): Rename[] {
  const changed = { ...document, blocks: document.blocks.map((b) => (b === block ? { ...b, repeat } : b)) };
  const later = new Set(pathsOfUses(changed, block.type));
  return pathsOfUses(document, block.type).flatMap((from) => {
    const to = repeat === 1 ? from.replace(/\/0$/, '') : `${from}/0`;
    return !later.has(from) && later.has(to) ? [{ from, to }] : [];
  });
}

export interface PortRenames {
  readonly inputs: ReadonlyMap<string, string>;
  readonly outputs: ReadonlyMap<string, string>;
}

/** The wires of a graph with the ports of a type's uses renamed; the same list where nothing is. */
export function followPorts(graph: Graph, type: string, { inputs, outputs }: PortRenames): readonly Wire[] {
  const uses = new Set(graph.nodes.filter((n) => n.type === type).map((n) => n.id));
  let changed = false;
  const wires = graph.wires.map(({ from, to }): Wire => {
    const output = uses.has(from.node) ? outputs.get(from.port) : undefined;
    const input = uses.has(to.node) ? inputs.get(to.port) : undefined;
    if (output === undefined && input === undefined) return { from, to };
    changed = true;
    return {
      from: output === undefined ? from : { ...from, port: output },
      to: input === undefined ? to : { ...to, port: input },
    };
  });
  return changed ? wires : graph.wires;
}

/** The nodes of a graph, its uses of a type without these parameters; the same list where none has them. */
export function dropFromUses(
  nodes: readonly DocNode[],
  type: string,
  names: readonly string[],
): readonly DocNode[] {
  const has = (n: DocNode) => n.type === type && names.some((name) => Object.hasOwn(n.params, name));
  if (!nodes.some(has)) return nodes;
  return nodes.map((n) =>
    has(n)
      ? { ...n, params: Object.fromEntries(Object.entries(n.params).filter(([key]) => !names.includes(key))) }
      : n,
  );
}
