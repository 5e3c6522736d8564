/**
 * A drawing as a small figure, left to right, as papers draw networks: each block a bar as high as its picture, in the
 * colour of its category, with an arc over it where it has a skip.
 */
import { type Category, categoryOf } from '../canvas/catalogue.ts';
import type { SceneNode } from '../canvas/scene.ts';

export interface Bar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly category: Category;
  readonly skip: boolean;
}

const WIDTH = 220;
const HEIGHT = 72;
const LOWEST = 10;
/** More bars of one node than these cannot be told apart. */
const MAX_BARS = 40;
const GAP = 1.5;

const residual = new Set(['residual', 'bottleneck', 'resnext']);

/** What a node is drawn as: a bar for each block inside it, as high as its output. */
function pieces({ node, item }: SceneNode): { extent: number; skip: boolean; category: Category }[] {
  const { fragment } = item;
  const category = categoryOf(node.type);
  const extent = fragment.outputs[0]?.shape;
  const side = extent && extent.length > 1 ? (extent[0] ?? 1) : 1;
  const hasSkip = node.params.shortcut !== 'none';
  const inner = fragment.parts.filter((p) => residual.has(p.type));
  const own = residual.has(node.type);
  const count = Math.min(MAX_BARS, Math.max(1, inner.length));
  return Array.from({ length: count }, () => ({
    ...{ extent: side, category },
    skip: hasSkip && (own || inner.length > 0),
  }));
}

/** Bars within 220 × 72; a picture's side counts by its logarithm. */
export function barsOf(nodes: readonly SceneNode[]): Bar[] {
  const all = [...nodes].sort((a, b) => a.y - b.y || a.x - b.x).flatMap(pieces);
  const largest = all.reduce((most, { extent }) => Math.max(most, extent), 2);
  const step = Math.min(16, WIDTH / Math.max(1, all.length));
  const left = (WIDTH - step * all.length) / 2;
  return all.map(({ extent, skip, category }, i) => {
    const share = Math.log2(Math.max(1, extent)) / Math.log2(largest);
    const height = LOWEST + (HEIGHT - LOWEST - 14) * share;
    return {
      ...{ x: left + i * step, y: HEIGHT / 2 + 5 - height / 2, height, category, skip },
      width: Math.max(0.6, step - Math.min(GAP, step / 4)),
    };
  });
}
