/** What the nodes of a drawing can show of the training, and on which scale. */
import type { NodeFigures } from '../../src/training/node-figures.ts';
import { percent } from '../ui/format.ts';

export const measureIds = ['mean', 'spread', 'dead', 'gradient', 'ratio', 'time'] as const;
export type MeasureId = (typeof measureIds)[number];

export interface Measure {
  readonly title: string;
  /** One sentence: what it is, and what to look for. */
  readonly help: string;
  /** share: from 0 to 1; signed: on both sides of 0. */
  readonly scale: 'linear' | 'log' | 'share' | 'signed';
  of(figures: NodeFigures): number | undefined;
  show(value: number): string;
}

/** 0.00123 → 0.0012, 1.2e-7: two digits that fit a node. */
export function brief(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e5 || size < 1e-3) return value.toExponential(1).replace('e+', 'e');
  return `${Number(value.toPrecision(2))}`;
}

const share = (value: number) => percent(value, value > 0 && value < 0.1 ? 1 : 0);

export const measures: Readonly<Record<MeasureId, Measure>> = {
  mean: {
    title: 'Mean',
    help: 'Mean of what the node gives on. One that runs away from 0 from node to node makes training hard.',
    scale: 'signed',
    of: ({ mean }) => mean,
    show: brief,
  },
  spread: {
    title: 'Spread',
    help: 'Standard deviation of what the node gives on. It should neither vanish nor explode with depth.',
    scale: 'log',
    of: ({ std }) => std,
    show: brief,
  },
  dead: {
    title: 'Dead units',
    help: 'Channels of a ReLU that gave 0 for the whole batch, in the worst ReLU of the node: they do not learn.',
    scale: 'share',
    of: ({ dead }) => dead,
    show: share,
  },
  gradient: {
    title: 'Gradient',
    help: 'Length of the gradient of all the weights of the node, before clipping. Many times smaller at the input than at the output: it vanishes.',
    scale: 'log',
    of: ({ gradient }) => gradient,
    show: brief,
  },
  ratio: {
    title: 'Update ratio',
    help: 'How far a step moves the weights, beside their length. About 0.001 is usual; above 0.01 steps are long, below 0.0001 they are short.',
    scale: 'log',
    of: ({ ratio }) => ratio,
    show: brief,
  },
  time: {
    title: 'Time',
    help: 'Share of a step that the node takes.',
    scale: 'share',
    of: ({ time }) => time,
    show: share,
  },
};

export interface Range {
  readonly low: number;
  readonly high: number;
}

/** What a bar spans: the same for all nodes and all looks, so that bars can be compared. */
export function rangeOf({ scale }: Measure, values: readonly number[]): Range {
  const finite = values.filter(Number.isFinite);
  const most = finite.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  if (scale === 'share') return { low: 0, high: 1 };
  if (scale === 'signed') return { low: -most || -1, high: most || 1 };
  if (scale === 'linear') return { low: 0, high: most || 1 };
  const positive = finite.filter((value) => value > 0);
  if (positive.length === 0) return { low: 0.1, high: 1 };
  const least = positive.reduce((a, b) => Math.min(a, b));
  const low = 10 ** Math.floor(Math.log10(least) + 1e-9);
  return { low, high: Math.max(10 * low, 10 ** Math.ceil(Math.log10(most) - 1e-9)) };
}

/** Where a value lies on its scale, from 0 to 1. */
export function placeOn({ scale }: Measure, { low, high }: Range, value: number): number {
  const at =
    scale === 'log'
      ? value <= 0
        ? 0
        : Math.log(value / low) / Math.log(high / low)
      : (value - low) / (high - low);
  return Math.min(1, Math.max(0, at));
}

/** The bar, in shares of its room: it begins at the left, or in the middle where values have a sign. */
export function barOf(measure: Measure, range: Range, value: number): { left: number; width: number } {
  const at = placeOn(measure, range, value);
  if (measure.scale !== 'signed') return { left: 0, width: at };
  return { left: Math.min(0.5, at), width: Math.abs(at - 0.5) };
}
