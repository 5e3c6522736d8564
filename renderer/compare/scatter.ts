/** Where the points of a trade-off stand: scales, ticks, front, labels. In pixels, as data. */
import { type FigureKey, figureKinds } from '../../src/compare/figures.ts';
import { paretoFront } from '../../src/compare/pareto.ts';
import { widthOf } from '../picture/markup.ts';
import { logTicks, ticksOf } from '../training/chart/ticks.ts';
import type { TradePoint } from './trade-points.ts';

export interface ScatterChoice {
  readonly x: FigureKey;
  readonly y: FigureKey;
  readonly logX: boolean;
  readonly logY: boolean;
}

export interface Dot {
  readonly point: TradePoint;
  readonly cx: number;
  readonly cy: number;
  /** It has no value there, and stands at the edge of that axis. */
  readonly edge: 'x' | 'y' | null;
  readonly onFront: boolean;
  /** Null: there is no room; the pointer tells. */
  readonly label: {
    readonly x: number;
    readonly y: number;
    readonly anchor: 'start' | 'end' | 'middle';
  } | null;
}

export interface Tick {
  readonly at: number;
  readonly text: string;
}

export interface Scatter {
  readonly width: number;
  readonly height: number;
  readonly plot: {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  };
  readonly dots: readonly Dot[];
  /** Corners of the line through the front. */
  readonly front: readonly (readonly [number, number])[];
  readonly ticksX: readonly Tick[];
  readonly ticksY: readonly Tick[];
  readonly titleX: string;
  readonly titleY: string;
  /** There are points at the edge of the axis. */
  readonly edges: { readonly x: boolean; readonly y: boolean };
  /** Points that have neither figure. */
  readonly left: number;
}

/** Room for those that have no value. */
export const EDGE = 48;
export const DOT = 6;
const LABEL = 12;

interface Scale {
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
}

function scaleOf(key: FigureKey, values: readonly number[], log: boolean, from: number, to: number): Scale {
  const usable = log ? values.filter((v) => v > 0) : values;
  let low = usable.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  let high = usable.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (low > high) [low, high] = [1, 10];
  if (log) {
    const room = high === low ? 2 : (high / low) ** 0.08;
    [low, high] = [low / room, high * room];
    const span = Math.log(high / low);
    const at = (v: number) => from + ((to - from) * Math.log(v / low)) / span;
    return { at, ticks: key === 'seconds' ? timeTicks(low, high) : logTicks(low, high) };
  }
  const room = (high - low) * 0.08 || Math.abs(high) * 0.1 || 1;
  [low, high] = [low - room, high + room];
  return { at: (v) => from + ((to - from) * (v - low)) / (high - low), ticks: ticksOf(low, high, 6) };
}

/** As clocks count: 1, 2, 5, 10, 20, 30 s and min, then hours and days. */
const times = [0.01, 0.1, 1, 60]
  .flatMap((unit) => [1, 2, 5, 10, 20, 30].map((n) => n * unit))
  .concat([1, 2, 5, 10, 24, 48, 120, 240, 720, 2400].map((n) => n * 3600));
const MOST_TICKS = 12;

/** Seconds on a logarithmic axis. */
function timeTicks(from: number, to: number): number[] {
  const inside = times.filter((t) => t >= from && t <= to);
  const each = Math.ceil(inside.length / MOST_TICKS);
  return inside.filter((_, i) => i % each === 0);
}

type Box = readonly [left: number, top: number, right: number, bottom: number];
const overlap = (a: Box, b: Box) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

/** Beside, below or above the dot, where nothing stands yet. */
function labelsOf(
  dots: readonly Omit<Dot, 'label'>[],
  { plot, width }: { plot: Scatter['plot']; width: number },
): Dot[] {
  const taken: Box[] = dots.map(({ cx, cy }) => [cx - DOT, cy - DOT, cx + DOT, cy + DOT]);
  return dots.map((dot) => {
    const { cx, cy, point } = dot;
    const wide = widthOf(point.label, LABEL);
    // A ring goes round what is on the front.
    const off = DOT + (dot.onFront ? 5 : 1);
    const ways = [
      { x: cx + off + 4, y: cy + 4, anchor: 'start', box: [cx + off, cy - 8, cx + off + 4 + wide, cy + 8] },
      { x: cx - off - 4, y: cy + 4, anchor: 'end', box: [cx - off - 4 - wide, cy - 8, cx - off, cy + 8] },
      {
        x: cx,
        y: cy - off - 5,
        anchor: 'middle',
        box: [cx - wide / 2, cy - off - 17, cx + wide / 2, cy - off],
      },
      {
        x: cx,
        y: cy + off + 13,
        anchor: 'middle',
        box: [cx - wide / 2, cy + off, cx + wide / 2, cy + off + 17],
      },
    ] as const;
    const free = ways.find(
      ({ box }) =>
        box[0] >= plot.left + 2 &&
        box[2] <= width &&
        box[1] >= plot.top - 12 &&
        !taken.some((t) => overlap(t, box)),
    );
    if (!free) return { ...dot, label: null };
    taken.push(free.box);
    return { ...dot, label: { x: free.x, y: free.y, anchor: free.anchor } };
  });
}

export function scatterOf(
  points: readonly TradePoint[],
  { x, y, logX, logY }: ScatterChoice,
  width: number,
  height: number,
): Scatter {
  const usable = (value: number | null, log: boolean) =>
    value !== null && (!log || value > 0) ? value : null;
  const placed = points.flatMap((point) => {
    const [vx, vy] = [usable(point.figures[x], logX), usable(point.figures[y], logY)];
    return vx === null && vy === null ? [] : [{ point, vx, vy }];
  });
  const edges = { x: placed.some((p) => p.vx === null), y: placed.some((p) => p.vy === null) };
  const plot = { left: 72, top: 20, right: width - 24, bottom: height - 46 };
  const values = (which: 'vx' | 'vy') => placed.flatMap((p) => p[which] ?? []);
  const left = plot.left + (edges.x ? EDGE : 0);
  const bottom = plot.bottom - (edges.y ? EDGE : 0);
  const scaleX = scaleOf(x, values('vx'), logX, left, plot.right);
  const scaleY = scaleOf(y, values('vy'), logY, bottom, plot.top);
  const whole = placed.filter((p) => p.vx !== null && p.vy !== null);
  const measured = whole.map((p) => ({ x: p.vx as number, y: p.vy as number }));
  const [betterX, betterY] = [figureKinds[x].better, figureKinds[y].better];
  const onFront = betterX && betterY ? paretoFront(measured, betterX, betterY) : [];
  const best = new Set(onFront.map((i) => whole[i]?.point));
  const dots = placed.map(({ point, vx, vy }) => ({
    point,
    cx: vx === null ? plot.left + EDGE / 2 : scaleX.at(vx),
    cy: vy === null ? plot.bottom - EDGE / 2 : scaleY.at(vy),
    edge: vx === null ? ('x' as const) : vy === null ? ('y' as const) : null,
    onFront: best.has(point),
  }));
  const ticks = (scale: Scale, key: FigureKey) =>
    scale.ticks.map((v) => ({ at: scale.at(v), text: figureKinds[key].tick(v) }));
  return {
    ...{ width, height, plot, edges, left: points.length - placed.length },
    dots: labelsOf(dots, { plot, width }),
    front: onFront.map((i) => {
      const { x: vx, y: vy } = measured[i] as { x: number; y: number };
      return [scaleX.at(vx), scaleY.at(vy)] as const;
    }),
    ticksX: ticks(scaleX, x),
    ticksY: ticks(scaleY, y),
    titleX: figureKinds[x].title,
    titleY: figureKinds[y].title,
  };
}
