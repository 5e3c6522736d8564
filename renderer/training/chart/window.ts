/** What a chart draws of its lines between two places: as many points as there are pixels, however many there are. */
import type { Column, Curve } from './column.ts';

export interface Track {
  /** Rising. Lines that share it are looked up once. */
  readonly x: Column;
  /** What x is multiplied by, as an axis in epochs needs. */
  readonly scale: number;
  readonly y: Curve;
}

/** x, then each line's values. null: a hole; undefined: nothing at this x. */
export type Drawn = [number[], ...(number | null | undefined)[][]];

const drawable = (value: number, positive: boolean) =>
  Number.isFinite(value) && (!positive || value > 0) ? value : null;

interface Slots {
  readonly xs: number[];
  /** A list for each line of the group, in its order. */
  readonly ys: (number | null)[][];
}

/** Of lines with one x. Every pixel keeps the lowest and the highest of its points. */
function slotsOf(tracks: readonly Track[], range: Range, pixels: number, positive: boolean): Slots {
  const [{ x, scale } = { x: undefined, scale: 1 }] = tracks;
  const slots: Slots = { xs: [], ys: tracks.map(() => []) };
  if (!x) return slots;
  const [from, to] = [range[0] / scale, range[1] / scale];
  // One more at either side, so that a line leaves through the edge.
  const first = Math.max(0, x.lowerBound(from) - 1);
  let last = x.lowerBound(to);
  while (last < x.length && x.at(last) <= to) last++;
  const end = Math.min(x.length, last + 1);
  const single = (i: number) => {
    slots.xs.push(x.at(i) * scale);
    for (const [l, { y }] of tracks.entries()) slots.ys[l]?.push(drawable(y.at(i), positive));
  };
  if (end - first <= 2 * pixels) {
    for (let i = first; i < end; i++) single(i);
    return slots;
  }
  for (let pixel = 0, at = first; at < end; pixel++) {
    const edge = pixel >= pixels ? end : x.lowerBound(from + ((to - from) * (pixel + 1)) / pixels, at);
    const next = Math.min(end, edge);
    if (next - at <= 2) for (let i = at; i < next; i++) single(i);
    else {
      slots.xs.push(x.at(at) * scale, x.at(next - 1) * scale);
      for (const [l, { y }] of tracks.entries()) {
        const { low, high } = y.extremes(at, next);
        const falls = y.at(at) > y.at(next - 1);
        slots.ys[l]?.push(drawable(falls ? high : low, positive), drawable(falls ? low : high, positive));
      }
    }
    at = next;
  }
  return slots;
}

export type Range = readonly [number, number];

/** `positive`: the scale is logarithmic. */
export function drawnOf(tracks: readonly Track[], range: Range, pixels: number, positive = false): Drawn {
  const groups = new Map<Column, number[]>();
  for (const [i, { x }] of tracks.entries()) groups.set(x, [...(groups.get(x) ?? []), i]);
  const parts = [...groups.values()].map((lines) => ({
    lines,
    at: 0,
    ...slotsOf(
      lines.map((l) => tracks[l] as Track),
      range,
      pixels,
      positive,
    ),
  }));
  const xs: number[] = [];
  const ys: (number | null | undefined)[][] = tracks.map(() => []);
  for (;;) {
    let x = Number.POSITIVE_INFINITY;
    for (const part of parts) x = Math.min(x, part.xs[part.at] ?? Number.POSITIVE_INFINITY);
    if (x === Number.POSITIVE_INFINITY) return [xs, ...ys];
    for (const part of parts) {
      const isHere = part.xs[part.at] === x;
      for (const [i, line] of part.lines.entries())
        ys[line]?.push(isHere ? part.ys[i]?.[part.at] : undefined);
      if (isHere) part.at++;
    }
    xs.push(x);
  }
}
