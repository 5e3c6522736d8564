/** Places in layers from top to bottom. */
import { Graph, layout } from '@dagrejs/dagre';
import { STEP_X, STEP_Y } from '../../src/document/layout.ts';
import type { Wire } from '../../src/document/model.ts';
import { type Box, toGrid } from './snap.ts';
import type { Point } from './ui.ts';

interface Item extends Box {
  readonly id: string;
}

/** Network simplex gives the shortest wires; beyond so many nodes a tight tree is nearly as good, and sooner there. */
const FEW = 200;

/** New places of these nodes; their common top left stays. Only wires among them count. */
export function layoutOf(items: readonly Item[], wires: readonly Wire[]): ReadonlyMap<string, Point> {
  const [first] = items;
  if (!first) return new Map();
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: 'TB',
    nodesep: STEP_X - first.width,
    ranksep: STEP_Y - first.height,
    ranker: items.length > FEW ? 'tight-tree' : 'network-simplex',
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of items) graph.setNode(id, { width, height });
  wires.forEach(({ from, to }, i) => {
    if (from.node !== to.node && graph.hasNode(from.node) && graph.hasNode(to.node))
      graph.setEdge(from.node, to.node, {}, `${i}`);
  });
  layout(graph);
  const placed = items.map(({ id, width, height }) => {
    const { x, y } = graph.node(id) as Point;
    return { id, x: x - width / 2, y: y - height / 2 };
  });
  const least = (list: readonly Point[], axis: 'x' | 'y') =>
    list.reduce((low, p) => Math.min(low, p[axis]), Number.POSITIVE_INFINITY);
  const dx = least(items, 'x') - least(placed, 'x');
  const dy = least(items, 'y') - least(placed, 'y');
  return new Map(placed.map(({ id, x, y }) => [id, { x: toGrid(x + dx), y: toGrid(y + dy) }]));
}
