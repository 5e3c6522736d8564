/** A chart's frame: its title, its axes, the lines at their marks. */
import { element, words } from '../../base/markup.ts';
import { numeral, type Scale } from './scales.ts';
import type { Box, FigureTheme } from './style.ts';

export interface Plot {
  readonly box: Box;
  readonly theme: FigureTheme;
}

const SMALL = 11;

export const yOf = ({ box }: Plot, scale: Scale, value: number): number =>
  box.y + box.height * (1 - Math.min(1, Math.max(0, scale.share(value))));
export const xOf = ({ box }: Plot, scale: Scale, value: number): number =>
  box.x + box.width * scale.share(value);

export function heading({ box, theme }: Plot, text: string): string {
  return words({ x: box.x, y: box.y - 14, fill: theme.ink, 'font-size': 13, 'font-weight': 600 }, text);
}

export function verticalAxis(plot: Plot, scale: Scale, show: (value: number) => string = numeral): string {
  const { box, theme } = plot;
  return scale.ticks
    .map((tick) => {
      const y = yOf(plot, scale, tick);
      const line = { x1: box.x, x2: box.x + box.width, y1: y, y2: y, stroke: theme.line };
      const text = { x: box.x - 8, y: y + 4, fill: theme.muted, 'font-size': SMALL, 'text-anchor': 'end' };
      return element('line', line) + words(text, show(tick));
    })
    .join('');
}

export function horizontalAxis(plot: Plot, scale: Scale, title: string): string {
  const { box, theme } = plot;
  const bottom = box.y + box.height;
  const text = { fill: theme.muted, 'font-size': SMALL, 'text-anchor': 'middle' };
  const marks = scale.ticks.map((tick) => {
    const x = xOf(plot, scale, tick);
    return (
      element('line', { x1: x, x2: x, y1: bottom, y2: bottom + 4, stroke: theme.muted }) +
      words({ ...text, x, y: bottom + 17 }, numeral(tick))
    );
  });
  const line = { x1: box.x, x2: box.x + box.width, y1: bottom, y2: bottom, stroke: theme.muted };
  return [
    ...[element('line', line), ...marks],
    words({ ...text, x: box.x + box.width / 2, y: bottom + 34 }, title),
  ].join('');
}
