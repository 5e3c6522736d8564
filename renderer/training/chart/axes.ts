/** What stands along the x axis, and how figures are written on charts. */
import { duration } from '../../ui/format.ts';
import type { Column } from './column.ts';

export const axes = ['step', 'epoch', 'time'] as const;
export type Axis = (typeof axes)[number];
export const axisTitles: Readonly<Record<Axis, string>> = { step: 'Step', epoch: 'Epoch', time: 'Time' };

export interface Places {
  readonly step: Column;
  readonly time: Column;
}

/** The column that an axis reads, and what its values are multiplied by. */
export function along(axis: Axis, places: Places, stepsPerEpoch: number): { x: Column; scale: number } {
  if (axis === 'time') return { x: places.time, scale: 1 };
  return { x: places.step, scale: axis === 'epoch' ? 1 / stepsPerEpoch : 1 };
}

const tens = [1, 2, 5].flatMap((n) => [n, n * 10, n * 100, n * 1e3, n * 1e4, n * 1e5, n * 1e6, n * 1e7]);
const parts = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5];
const seconds = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400];

/** Distances between two ticks, rising. */
export const increments: Readonly<Record<Axis, readonly number[]>> = {
  step: [...tens].sort((a, b) => a - b),
  epoch: [...parts, ...tens].sort((a, b) => a - b),
  time: [...parts, ...seconds, ...[2, 5, 10, 20, 50, 100].map((days) => days * 86400)],
};

const two = (n: number) => `${n}`.padStart(2, '0');

/** 12 s, 3:20, 2:05:00 */
function clock(value: number): string {
  if (value < 60) return `${Number(value.toFixed(3))} s`;
  const all = Math.round(value);
  const [h, m, s] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** On a tick. */
export function tickWords(axis: Axis, value: number): string {
  if (axis === 'time') return clock(value);
  return value >= 1e5 ? `${Number((value / 1e3).toPrecision(5))}k` : `${Number(value.toFixed(3))}`;
}

/** 'step 512', 'epoch 3.2', '1 min 20 s' */
export function placeWords(axis: Axis, value: number): string {
  if (axis === 'time') return duration(value);
  return axis === 'epoch' ? `epoch ${value.toFixed(2)}` : `step ${Math.round(value)}`;
}

/** 0.42, 1.2e-4, 12,300 as 1.2e+4 */
export const figureWords = (value: number) =>
  value === 0
    ? '0'
    : Math.abs(value) < 0.001 || Math.abs(value) >= 1e4
      ? value.toExponential(1)
      : `${Number(value.toPrecision(3))}`;
