/** Which of several are not beaten by another in both of two figures. */

export type Better = 'more' | 'less';

export interface Measured {
  readonly x: number;
  readonly y: number;
}

/** Places of the points on the front, along x; of equal points all. */
export function paretoFront(points: readonly Measured[], betterX: Better, betterY: Better): number[] {
  const signX = betterX === 'more' ? -1 : 1;
  const signY = betterY === 'more' ? -1 : 1;
  const order = points
    .map(({ x, y }, i) => ({ i, x: x * signX, y: y * signY }))
    .sort((a, b) => a.x - b.x || a.y - b.y);
  const front: number[] = [];
  let best = Number.POSITIVE_INFINITY;
  let last: { readonly x: number; readonly y: number } | undefined;
  for (const point of order) {
    const equal = last !== undefined && point.x === last.x && point.y === last.y;
    if (point.y < best || equal) {
      front.push(point.i);
      best = point.y;
      last = point;
    }
  }
  return front.sort((a, b) => (points[a] as Measured).x - (points[b] as Measured).x);
}
