/** What a selection becomes as a block. */
import type { DocNode, Exposed, Graph } from '../../src/document/model.ts';

/** A parameter of an inner node that uses of the block may set. */
export interface Wish {
  readonly node: string;
  readonly param: string;
  readonly firstOnly: boolean;
}

/** How many inputs and outputs a block of these nodes has: what comes in counts once a source. */
export function ends({ wires }: Graph, chosen: ReadonlySet<string>): { inputs: number; outputs: number } {
  const sources = new Set<string>();
  const results = new Set<string>();
  for (const { from, to } of wires) {
    const key = `${from.node}\n${from.port}`;
    if (!chosen.has(from.node) && chosen.has(to.node)) sources.add(key);
    if (chosen.has(from.node) && !chosen.has(to.node)) results.add(key);
  }
  return { inputs: sources.size, outputs: results.size };
}

/** By the parameter's own name, and the node's before it where two have one. */
export function exposedOf(nodes: readonly DocNode[], wishes: readonly Wish[]): Exposed[] {
  const nameOf = new Map(nodes.map((n) => [n.id, n.name]));
  return wishes.map(({ node, param, firstOnly }) => {
    const alone = wishes.filter((w) => w.param === param).length === 1 && param !== 'repeat';
    const name = alone ? param : `${nameOf.get(node)?.replaceAll('/', '_')}_${param}`;
    return { name, node, param, firstOnly };
  });
}
