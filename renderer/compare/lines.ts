/** What the charts draw of compared runs. */
import type { Curve, CurveAxis, CurvePoints } from '../../src/compare/curve.ts';
import { Column } from '../training/chart/column.ts';
import { Smoothed } from '../training/chart/smooth.ts';

/** More points of one line than these cannot be told apart. */
const MOST = 1200;

export interface LinePoints {
  readonly x: readonly number[];
  readonly y: readonly (number | null)[];
}

export interface LineChoice {
  readonly axis: CurveAxis;
  readonly what: 'loss' | 'accuracy';
  /** Share of the average that is kept a step; 0: none is taken. */
  readonly keep: number;
  /** The scale is logarithmic. */
  readonly positive: boolean;
}

const none: LinePoints = { x: [], y: [] };

/** Means of so many neighbours that at most `most` are left; what is no number is passed over. */
export function thinned(x: readonly number[], y: ArrayLike<number>, most = MOST): LinePoints {
  const each = Math.ceil(x.length / most);
  const out: { x: number[]; y: (number | null)[] } = { x: [], y: [] };
  for (let from = 0; from < x.length; from += each) {
    const to = Math.min(x.length, from + each);
    let [sum, count] = [0, 0];
    for (let i = from; i < to; i++) {
      const value = y[i] as number;
      if (Number.isFinite(value)) {
        sum += value;
        count++;
      }
    }
    out.x.push(x[to - 1] as number);
    out.y.push(count > 0 ? sum / count : null);
  }
  return out;
}

function line(
  curve: Curve,
  points: CurvePoints,
  { axis, what, positive }: LineChoice,
  keep: number,
): LinePoints {
  const x = curve.along(axis, points);
  if (!x) return none;
  const { x: at, y } = thinned(
    x,
    keep > 0 ? new Smoothed(Column.of(points[what]), keep).curve.values : points[what],
  );
  return { x: at, y: positive ? y.map((v) => (v !== null && v > 0 ? v : null)) : y };
}

export const trainLine = (curve: Curve, choice: LineChoice) => line(curve, curve.train, choice, choice.keep);
/** Few and judged on many pictures: they are not smoothed. */
export const heldLine = (curve: Curve, choice: LineChoice) => line(curve, curve.held, choice, 0);
