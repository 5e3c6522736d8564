import type { Places } from './axes.ts';
import type { Column, Curve } from './column.ts';

export interface Line {
  readonly label: string;
  /** A custom property of the style sheet. */
  readonly colour: string;
  readonly width: number;
  /** From 0 to 1. */
  readonly opacity?: number;
  /** Few values among many steps: joined, each with a dot. */
  readonly sparse?: boolean;
  /** Not named in the legend. */
  readonly pale?: boolean;
  readonly places: Places;
  readonly y: Curve;
}

export interface ChartLook {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly show: (value: number) => string;
  readonly log: boolean;
  /** Of the y scale; absent: as the values are. */
  readonly range?: readonly [number, number] | undefined;
}

/** From the first place of any line to the last of any. */
export function fullRange(
  lines: readonly { readonly x: Column; readonly scale: number }[],
): [number, number] {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { x, scale } of lines) {
    if (x.last === undefined) continue;
    from = Math.min(from, x.at(0) * scale);
    to = Math.max(to, x.last * scale);
  }
  if (from > to) return [0, 1];
  return from === to ? [from - 0.5, to + 0.5] : [from, to];
}

/** What a line holds at a place on the axis, or the last before it. */
export function valueAt(y: Curve, x: Column, place: number): number | null {
  const next = x.lowerBound(place);
  for (let i = x.at(next) === place ? next : next - 1, looks = 0; i >= 0 && looks < 1000; i--, looks++)
    if (Number.isFinite(y.at(i))) return y.at(i);
  return null;
}
