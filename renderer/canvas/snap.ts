/** Where a dragged box comes to lie: on a line with a near box where one is close, else on the grid. */

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A thin line from one box to the other: at `at` across the axis, from `from` to `to` along it. */
export interface Guide {
  readonly axis: 'x' | 'y';
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

export const GRID = 8;
/** How far a line pulls, and how far away a box may be to have lines. */
const PULL = 5;
const NEAR = 700;

export const toGrid = (value: number) => Math.round(value / GRID) * GRID;

const lines = (start: number, size: number) => [start, start + size / 2, start + size];

interface Hit {
  readonly offset: number;
  readonly at: number;
  readonly box: Box;
}

/** The smallest move that brings an edge or the middle of `box` onto one of another box. */
function closest(box: Box, others: readonly Box[], axis: 'x' | 'y'): Hit | undefined {
  const size = axis === 'x' ? 'width' : 'height';
  let best: Hit | undefined;
  for (const other of others)
    for (const [i, own] of lines(box[axis], box[size]).entries())
      for (const [j, at] of lines(other[axis], other[size]).entries()) {
        // A middle on an edge means nothing.
        if ((i === 1) !== (j === 1)) continue;
        const offset = at - own;
        if (Math.abs(offset) <= PULL && Math.abs(offset) < Math.abs(best?.offset ?? Number.POSITIVE_INFINITY))
          best = { offset, at, box: other };
      }
  return best;
}

/** The place of a dragged box, and the lines to show. */
export function snap(box: Box, others: readonly Box[]): { x: number; y: number; guides: readonly Guide[] } {
  const near = others.filter(
    (o) =>
      Math.abs(o.x + o.width / 2 - box.x - box.width / 2) < NEAR &&
      Math.abs(o.y + o.height / 2 - box.y - box.height / 2) < NEAR,
  );
  const alongX = closest(box, near, 'x');
  const alongY = closest(box, near, 'y');
  const x = alongX ? box.x + alongX.offset : toGrid(box.x);
  const y = alongY ? box.y + alongY.offset : toGrid(box.y);
  const guides: Guide[] = [];
  if (alongX)
    guides.push({
      axis: 'x',
      at: alongX.at,
      from: Math.min(y, alongX.box.y),
      to: Math.max(y + box.height, alongX.box.y + alongX.box.height),
    });
  if (alongY)
    guides.push({
      axis: 'y',
      at: alongY.at,
      from: Math.min(x, alongY.box.x),
      to: Math.max(x + box.width, alongY.box.x + alongY.box.width),
    });
  return { x, y, guides };
}
