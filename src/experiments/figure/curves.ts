/** Loss along training: the mean of the seeds as a line, from the least to the most as a band. */
import { element } from '../../base/markup.ts';
import type { meanCurve } from '../results.ts';
import { heading, horizontalAxis, type Plot, verticalAxis, xOf, yOf } from './frame.ts';
import { linear, log, type Scale } from './scales.ts';

export interface CurveSeries {
  readonly points: ReturnType<typeof meanCurve>;
  readonly colour: string;
  readonly dashed: boolean;
  /** A mark on the horizontal axis, as the rate that is suggested. */
  readonly mark?: number | undefined;
}

const DASHES = '6 4';

function scalesOf(series: readonly CurveSeries[], logarithmic: boolean): { x: Scale; y: Scale } {
  const all = series.flatMap(({ points }) => points);
  const xs = all.map(({ x }) => x);
  const least = Math.min(...all.map((point) => point.least));
  const most = Math.max(...all.map((point) => point.most));
  const x = logarithmic ? log(Math.min(...xs), Math.max(...xs)) : linear(0, Math.max(...xs));
  // A loss that breaks out would press all else to the bottom.
  if (logarithmic) return { x, y: linear(0, Math.min(most, 1.6 * (all[0]?.mean ?? most))) };
  return { x, y: least > 0 && most / least > 8 ? log(least * 0.9, most * 1.05) : linear(0, most) };
}

export function drawCurves(
  plot: Plot,
  series: readonly CurveSeries[],
  { title, xTitle, logarithmic }: { title: string; xTitle: string; logarithmic: boolean },
): string {
  const told = series.filter(({ points }) => points.length > 0);
  if (told.length === 0) return '';
  const { x, y } = scalesOf(told, logarithmic);
  const place = (atX: number, atY: number) =>
    `${xOf(plot, x, atX).toFixed(1)},${yOf(plot, y, atY).toFixed(1)}`;
  const bands = told.map(({ points, colour }) => {
    const upper = points.map((point) => place(point.x, point.most));
    const lower = points.map((point) => place(point.x, point.least)).reverse();
    return element('polygon', {
      points: [...upper, ...lower].join(' '),
      fill: colour,
      'fill-opacity': '0.14',
    });
  });
  const lines = told.map(({ points, colour, dashed, mark }) => {
    const line = element('polyline', {
      points: points.map((point) => place(point.x, point.mean)).join(' '),
      ...{ fill: 'none', stroke: colour, 'stroke-width': 2, 'stroke-linejoin': 'round' },
      'stroke-dasharray': dashed ? DASHES : undefined,
    });
    if (mark === undefined || x.share(mark) < 0 || x.share(mark) > 1) return line;
    const at = xOf(plot, x, mark);
    const { y: top, height } = plot.box;
    const rule = { x1: at, x2: at, y1: top, y2: top + height, stroke: colour, 'stroke-dasharray': '2 3' };
    return line + element('line', rule);
  });
  return [
    heading(plot, y.kind === 'log' ? `${title}, logarithmic` : title),
    verticalAxis(plot, y),
    horizontalAxis(plot, x, xTitle),
    ...bands,
    ...lines,
  ].join('');
}

/** A short piece of the line, for a legend. */
export function lineSample(x: number, y: number, colour: string, dashed: boolean): string {
  return element('line', {
    ...{ x1: x, x2: x + 26, y1: y, y2: y, stroke: colour, 'stroke-width': 2.5 },
    'stroke-dasharray': dashed ? DASHES : undefined,
  });
}
