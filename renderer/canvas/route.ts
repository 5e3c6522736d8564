/** The way of a wire: straight down where nothing stands in it, else around what does. */
import type { Box } from './snap.ts';

export interface Ends {
  readonly sourceX: number;
  readonly sourceY: number;
  readonly targetX: number;
  readonly targetY: number;
}

export interface Path {
  /** For an SVG path. */
  readonly d: string;
  /** Where the label stands. */
  readonly x: number;
  readonly y: number;
  /** To which side it may grow, away from what the wire goes around; 0: to both. */
  readonly side: -1 | 0 | 1;
}

/** Where a wire passes sideways, and on which side of that nothing stands. */
export interface Bow {
  readonly x: number;
  readonly side: -1 | 1;
}

/** How far beside a node a wire passes, and how far apart wires side by side are. */
const CLEAR = 22;
const LANE = 14;

/** How far a wire that leads upwards goes on before it turns. */
const TURN = 36;

/** Below this a wire is too short for a node to stand in its way. */
const SHORT = 96;

/** What stands in a drawing, by height, so that a wire looks only at what is beside it. */
export class Obstacles {
  readonly #boxes: readonly Box[];
  readonly #tops: readonly number[];
  readonly #tallest: number;

  constructor(boxes: readonly Box[]) {
    this.#boxes = [...boxes].sort((a, b) => a.y - b.y);
    this.#tops = this.#boxes.map((b) => b.y);
    this.#tallest = this.#boxes.reduce((most, b) => Math.max(most, b.height), 0);
  }

  /** Boxes that reach into the strip between two heights. */
  between(top: number, bottom: number): Box[] {
    let low = 0;
    let high = this.#tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#tops[middle] as number) < top - this.#tallest) low = middle + 1;
      else high = middle;
    }
    const found: Box[] = [];
    for (let i = low; i < this.#boxes.length && (this.#tops[i] as number) < bottom; i++) {
      const box = this.#boxes[i] as Box;
      if (box.y + box.height > top) found.push(box);
    }
    return found;
  }
}

/**
 * Where a wire must pass sideways, as x; undefined where the straight way is free. `taken` holds the lanes of wires
 * before, so that wires around the same nodes lie side by side.
 */
export function bowOf(
  { sourceX, sourceY, targetX, targetY }: Ends,
  obstacles: Obstacles,
  taken: { x: number; top: number; bottom: number }[],
): Bow | undefined {
  const upwards = targetY < sourceY;
  if (!upwards && targetY - sourceY < SHORT) return undefined;
  const [top, bottom] = upwards ? [targetY - TURN, sourceY + TURN] : [sourceY + 4, targetY - 4];
  const strip = obstacles.between(top, bottom);
  const crosses = ({ x, y, width, height }: Box) => {
    // Where the straight way is at the box's top and bottom; curves stay near it.
    const at = (h: number) => sourceX + ((targetX - sourceX) * (h - sourceY)) / (targetY - sourceY);
    const [a, b] = [at(Math.max(y, top)), at(Math.min(y + height, bottom))];
    return Math.max(a, b) > x - 4 && Math.min(a, b) < x + width + 4;
  };
  if (!upwards && !strip.some(crosses)) return undefined;
  const free = (x: number) => strip.every((b) => x <= b.x - CLEAR / 2 || x >= b.x + b.width + CLEAR / 2);
  const middle = (sourceX + targetX) / 2;
  const ways = strip
    .flatMap((b): Bow[] => [
      { x: b.x - CLEAR, side: -1 },
      { x: b.x + b.width + CLEAR, side: 1 },
    ])
    .filter((way) => free(way.x));
  const [first, ...others] = ways;
  if (!first) return undefined;
  const { x: nearest, side } = others.reduce(
    (best, way) => (Math.abs(way.x - middle) < Math.abs(best.x - middle) ? way : best),
    first,
  );
  let x = nearest;
  while (taken.some((t) => Math.abs(t.x - x) < LANE && t.top < bottom && t.bottom > top)) x += side * LANE;
  taken.push({ x, top, bottom });
  return { x, side };
}

const r = (value: number) => Math.round(value * 10) / 10;

/** The way of a wire; `bow` is where it passes sideways. */
export function pathOf({ sourceX: sx, sourceY: sy, targetX: tx, targetY: ty }: Ends, bow?: Bow): Path {
  if (bow !== undefined && ty < sy) return upwards(sx, sy, tx, ty, bow);
  if (bow !== undefined && ty - sy >= SHORT) return around(sx, sy, tx, ty, bow);
  // While it is dragged, and sideways, the ends still leave downwards and enter from above.
  const reach = ty > sy ? (ty - sy) / 2 : Math.min(160, 40 + Math.abs(sy - ty) / 3);
  const d = `M${r(sx)} ${r(sy)}C${r(sx)} ${r(sy + reach)} ${r(tx)} ${r(ty - reach)} ${r(tx)} ${r(ty)}`;
  return { d, x: (sx + tx) / 2, y: (sy + ty) / 2, side: 0 };
}

function around(sx: number, sy: number, tx: number, ty: number, { x: bow, side }: Bow): Path {
  const turn = Math.min(64, (ty - sy) / 3);
  const [out, back] = [sy + turn, ty - turn];
  const d = [
    `M${r(sx)} ${r(sy)}`,
    `C${r(sx)} ${r(sy + turn * 0.6)} ${r(bow)} ${r(out - turn * 0.6)} ${r(bow)} ${r(out)}`,
    `L${r(bow)} ${r(back)}`,
    `C${r(bow)} ${r(back + turn * 0.6)} ${r(tx)} ${r(ty - turn * 0.6)} ${r(tx)} ${r(ty)}`,
  ].join('');
  return { d, x: bow, y: (sy + ty) / 2, side };
}

function upwards(sx: number, sy: number, tx: number, ty: number, { x: bow, side }: Bow): Path {
  const [out, back] = [sy + TURN, ty - TURN];
  const d = [
    `M${r(sx)} ${r(sy)}`,
    `C${r(sx)} ${r(out)} ${r(bow)} ${r(out)} ${r(bow)} ${r(sy)}`,
    `L${r(bow)} ${r(ty)}`,
    `C${r(bow)} ${r(back)} ${r(tx)} ${r(back)} ${r(tx)} ${r(ty)}`,
  ].join('');
  return { d, x: bow, y: (sy + ty) / 2, side };
}

/** How far a point is from a wire's way, roughly: its way is looked at as a line through where its label stands. */
export function distanceTo(
  { sourceX, sourceY, targetX, targetY }: Ends,
  bow: Bow | undefined,
  x: number,
  y: number,
): number {
  const points: [number, number][] =
    bow === undefined
      ? [
          [sourceX, sourceY],
          [targetX, targetY],
        ]
      : [
          [sourceX, sourceY],
          [bow.x, Math.min(sourceY + 64, (sourceY + targetY) / 2)],
          [bow.x, Math.max(targetY - 64, (sourceY + targetY) / 2)],
          [targetX, targetY],
        ];
  let least = Number.POSITIVE_INFINITY;
  for (let i = 1; i < points.length; i++) {
    const [ax, ay] = points[i - 1] as [number, number];
    const [bx, by] = points[i] as [number, number];
    const length = (bx - ax) ** 2 + (by - ay) ** 2;
    const t =
      length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length));
    least = Math.min(least, Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay)));
  }
  return least;
}
