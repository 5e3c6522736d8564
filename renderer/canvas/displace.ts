/** Room for nodes that are opened in place: what stands below moves down, what stands beside moves aside. */
import { NODE_HEIGHT, NODE_WIDTH } from '../../src/document/layout.ts';

interface Placed {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}
interface Size {
  readonly width: number;
  readonly height: number;
}
export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

export interface Displaced {
  of(id: string): Box;
  /** Smallest x and y. */
  readonly corner: readonly [number, number];
  readonly width: number;
  readonly height: number;
}

/** Sizes of those that are opened; the others have a node's own. Nodes of one row grow together. */
export function displaced(nodes: readonly Placed[], opened: ReadonlyMap<string, Size>): Displaced {
  const grown = nodes
    .flatMap((node) => {
      const size = opened.get(node.id);
      return size ? [{ node, size }] : [];
    })
    .sort((a, b) => a.node.y - b.node.y);
  const rows: { y: number; growth: number }[] = [];
  for (const { node, size } of grown) {
    const growth = size.height - NODE_HEIGHT;
    const row = rows.at(-1);
    if (row && node.y - row.y < NODE_HEIGHT) row.growth = Math.max(row.growth, growth);
    else rows.push({ y: node.y, growth });
  }
  const boxes = new Map<string, Box>();
  for (const node of nodes) {
    const size = opened.get(node.id) ?? { width: NODE_WIDTH, height: NODE_HEIGHT };
    // It grows around the middle of its upper edge.
    let x = node.x - (size.width - NODE_WIDTH) / 2;
    let y = node.y;
    for (const row of rows) if (row.y + NODE_HEIGHT <= node.y) y += row.growth;
    for (const { node: other, size: wide } of grown) {
      if (other === node || Math.abs(other.y - node.y) >= NODE_HEIGHT) continue;
      x += (Math.sign(node.x - other.x) * (wide.width - NODE_WIDTH)) / 2;
    }
    boxes.set(node.id, { x, y, ...size });
  }
  const all = [...boxes.values()];
  const least = (of: (box: Box) => number) =>
    all.reduce((a, b) => Math.min(a, of(b)), Number.POSITIVE_INFINITY);
  const most = (of: (box: Box) => number) =>
    all.reduce((a, b) => Math.max(a, of(b)), Number.NEGATIVE_INFINITY);
  const corner = all.length === 0 ? ([0, 0] as const) : ([least((b) => b.x), least((b) => b.y)] as const);
  return {
    of: (id) => boxes.get(id) as Box,
    corner,
    width: all.length === 0 ? NODE_WIDTH : most((b) => b.x + b.width) - corner[0],
    height: all.length === 0 ? NODE_HEIGHT : most((b) => b.y + b.height) - corner[1],
  };
}
