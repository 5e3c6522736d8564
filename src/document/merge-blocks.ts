/** Blocks of another drawing beside those of this one. */
import type { CustomBlock } from './model.ts';
import { freeName } from './names.ts';
import { blocksWithin } from './uses.ts';

/** What a block is, whatever it is called and wherever its nodes stand. */
function contentOf({ title, repeat, exposed, nodes, wires }: CustomBlock): string {
  return JSON.stringify([
    title,
    repeat,
    exposed.map(({ name, node, param, firstOnly }) => [name, node, param, firstOnly]),
    nodes.map(({ id, type, name, params }) => [id, type, name, Object.entries(params).sort()]),
    wires.map(({ from, to }) => [from.node, from.port, to.node, to.port]),
  ]);
}

/** The blocks to add, their types free, and the type by which each of `others` is known then. */
export function mergeBlocks(
  blocks: readonly CustomBlock[],
  others: readonly CustomBlock[],
): { added: readonly CustomBlock[]; typeOf: ReadonlyMap<string, string> } {
  const typeOf = new Map<string, string>();
  const added: CustomBlock[] = [];
  const byContent = new Map(blocks.toReversed().map((b) => [contentOf(b), b.type]));
  const byType = new Map(blocks.map((b) => [b.type, contentOf(b)]));
  // What a block is depends on the blocks inside it, so those come first.
  const depth = new Map(others.map((b) => [b.type, blocksWithin(b.nodes, others).size]));
  for (const block of others.toSorted((a, b) => (depth.get(a.type) ?? 0) - (depth.get(b.type) ?? 0))) {
    const nodes = block.nodes.map((n) => ({ ...n, type: typeOf.get(n.type) ?? n.type }));
    const mapped = { ...block, nodes };
    const content = contentOf(mapped);
    const same = byType.get(block.type) === content ? block.type : byContent.get(content);
    if (same !== undefined) {
      typeOf.set(block.type, same);
      continue;
    }
    const type = freeName([...byType.keys(), ...added.map((b) => b.type)], block.type);
    typeOf.set(block.type, type);
    added.push({ ...mapped, type });
  }
  return { added, typeOf };
}
