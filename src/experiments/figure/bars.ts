/** One figure of every network: the mean as a bar, from the least to the most as a whisker, each seed as a dot. */
import { element, words } from '../../base/markup.ts';
import type { Spread } from '../results.ts';
import { heading, type Plot, verticalAxis, yOf } from './frame.ts';
import { linear } from './scales.ts';

export interface Bar {
  /** Bars of one group stand together under its name. */
  readonly group: string;
  readonly colour: string;
  /** Only its outline is drawn. */
  readonly hollow: boolean;
  readonly spread: Spread | undefined;
  readonly values: readonly number[];
}

export function drawBars(
  plot: Plot,
  bars: readonly Bar[],
  {
    title,
    xTitle,
    show,
    most,
  }: { title: string; xTitle: string; show(value: number): string; most?: number },
): string {
  const { box, theme } = plot;
  const told = bars.flatMap(({ spread }) => (spread ? [spread.most] : []));
  if (told.length === 0) return '';
  const scale = linear(0, most ?? Math.max(...told) * 1.12);
  const groups = [...new Set(bars.map(({ group }) => group))];
  const room = box.width / groups.length;
  const text = { 'font-size': 11, 'text-anchor': 'middle' };
  const bottom = box.y + box.height;
  const drawn = groups.flatMap((group, g) => {
    const own = bars.filter((bar) => bar.group === group);
    const width = Math.min(46, (room * 0.8) / own.length);
    const left = box.x + room * (g + 0.5) - (width * own.length) / 2;
    const name = words({ ...text, x: box.x + room * (g + 0.5), y: bottom + 17, fill: theme.muted }, group);
    return [name, ...own.map((bar, i) => drawBar(bar, left + width * i + 2, width - 4))];
  });
  function drawBar({ spread, colour, hollow, values }: Bar, x: number, width: number): string {
    if (!spread) {
      const y = bottom - 6;
      return words({ ...text, x: x + width / 2, y, fill: theme.muted }, '–');
    }
    const y = yOf(plot, scale, spread.mean);
    const middle = x + width / 2;
    const [low, high] = [yOf(plot, scale, spread.least), yOf(plot, scale, spread.most)];
    const rect = {
      x,
      y,
      width,
      height: Math.max(0.5, bottom - y),
      rx: 2,
      stroke: colour,
      'stroke-width': 1.5,
    };
    const fill = hollow
      ? { fill: colour, 'fill-opacity': '0.15', 'stroke-dasharray': '5 3' }
      : { fill: colour, 'fill-opacity': '0.85' };
    return [
      element('rect', { ...rect, ...fill }),
      element('line', { x1: middle, x2: middle, y1: low, y2: high, stroke: theme.ink, 'stroke-width': 1.5 }),
      ...values.map((value) =>
        element('circle', {
          ...{ cx: middle, cy: yOf(plot, scale, value), r: 2.5 },
          ...{ fill: theme.ground, stroke: theme.ink },
        }),
      ),
      words({ ...text, x: middle, y: Math.min(y, high) - 6, fill: theme.ink }, show(spread.mean)),
    ].join('');
  }
  const axis = { x1: box.x, x2: box.x + box.width, y1: bottom, y2: bottom, stroke: theme.muted };
  return [
    ...[heading(plot, title), verticalAxis(plot, scale, show), ...drawn, element('line', axis)],
    words({ ...text, x: box.x + box.width / 2, y: bottom + 34, fill: theme.muted }, xTitle),
  ].join('');
}
