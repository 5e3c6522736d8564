/** A chart as a picture by itself: the same lines, colours and figures as on the screen, in SVG. */
import { escaped } from '../../picture/markup.ts';
import { type Axis, axisTitles, increments, tickWords } from './axes.ts';
import { logTicks, ticksBy, ticksOf } from './ticks.ts';
import type { Drawn, Range } from './window.ts';

export interface SvgLine {
  readonly label: string;
  readonly colour: string;
  readonly width: number;
  readonly opacity?: number;
  readonly sparse?: boolean;
  readonly pale?: boolean;
}

export interface SvgChart {
  readonly title: string;
  readonly lines: readonly SvgLine[];
  readonly drawn: Drawn;
  readonly axis: Axis;
  readonly range: Range;
  /** Of the y scale; absent: as the values are. */
  readonly yRange?: Range | undefined;
  readonly log: boolean;
  readonly show: (value: number) => string;
  readonly colours: {
    readonly ground: string;
    readonly ink: string;
    readonly pale: string;
    readonly grid: string;
  };
}

export const SVG_SIZE = { width: 720, height: 360 };
const [LEFT, RIGHT, TOP, BOTTOM] = [56, 16, 52, 40];
const FONT = 'Inter, system-ui, -apple-system, Segoe UI, sans-serif';

const place = (value: number) => `${Number(value.toFixed(2))}`;

/** Of the values that are seen, with a little room. */
function heightOf({ drawn, yRange, log }: SvgChart): Range {
  if (yRange && !log) return yRange;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const values of drawn.slice(1))
    for (const value of values)
      if (typeof value === 'number') [low, high] = [Math.min(low, value), Math.max(high, value)];
  if (low > high) return log ? [0.1, 1] : [0, 1];
  if (log) return low === high ? [low / 2, high * 2] : [low, high];
  const room = (high - low) * 0.06 || Math.abs(high) * 0.1 || 1;
  return [low - room, high + room];
}

/** 'M1 2L3 4', with a new beginning after each hole. */
function pathOf(
  xs: readonly number[],
  ys: readonly (number | null | undefined)[],
  at: Place,
  joined: boolean,
) {
  let path = '';
  let isDown = false;
  for (const [i, x] of xs.entries()) {
    const y = ys[i];
    if (typeof y === 'number') {
      path += `${isDown ? 'L' : 'M'}${place(at.x(x))} ${place(at.y(y))}`;
      isDown = true;
    } else if (y === null && !joined) isDown = false;
  }
  return path;
}

interface Place {
  x(value: number): number;
  y(value: number): number;
}

function placeIn(range: Range, height: Range, log: boolean): Place {
  const to = log ? Math.log10 : (v: number) => v;
  const [low, high] = [to(height[0]), to(height[1])];
  const wide = SVG_SIZE.width - LEFT - RIGHT;
  const high_ = SVG_SIZE.height - TOP - BOTTOM;
  return {
    x: (v) => LEFT + (wide * (v - range[0])) / (range[1] - range[0]),
    y: (v) => TOP + high_ * (1 - (to(v) - low) / (high - low)),
  };
}

export function chartSvg(chart: SvgChart): string {
  const { title, lines, drawn, axis, range, log, show, colours } = chart;
  const { width, height } = SVG_SIZE;
  const seen = heightOf(chart);
  const at = placeIn(range, seen, log);
  const [right, bottom] = [width - RIGHT, height - BOTTOM];
  const xTicks = ticksBy(increments[axis], range[0], range[1], 8);
  const yTicks = log ? logTicks(...seen) : ticksOf(seen[0], seen[1], 6);
  const parts: string[] = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONT}" font-size="11">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${colours.ground}"/>`,
    `<text x="16" y="22" font-size="14" font-weight="600" fill="${colours.ink}">${escaped(title)}</text>`,
    `<clipPath id="inside"><rect x="${LEFT}" y="${TOP}" width="${right - LEFT}" height="${bottom - TOP}"/></clipPath>`,
    `<g stroke="${colours.grid}">`,
    ...yTicks.map((v) => `<path d="M${LEFT} ${place(at.y(v))}H${right}"/>`),
    ...xTicks.map((v) => `<path d="M${place(at.x(v))} ${TOP}V${bottom}"/>`),
    `</g><g fill="${colours.pale}">`,
    ...yTicks.map(
      (v) => `<text x="${LEFT - 8}" y="${place(at.y(v) + 4)}" text-anchor="end">${escaped(show(v))}</text>`,
    ),
    ...xTicks.map(
      (v) =>
        `<text x="${place(at.x(v))}" y="${bottom + 16}" text-anchor="middle">${escaped(tickWords(axis, v))}</text>`,
    ),
    `<text x="${(LEFT + right) / 2}" y="${height - 8}" text-anchor="middle">${axisTitles[axis]}</text></g>`,
    legend(lines, colours.ink),
    '<g fill="none" stroke-linejoin="round" clip-path="url(#inside)">',
  ];
  const [xs, ...all] = drawn;
  for (const [i, { colour, width: wide, opacity = 1, sparse = false }] of lines.entries()) {
    const ys = all[i] ?? [];
    const path = pathOf(xs, ys, at, sparse);
    if (path)
      parts.push(`<path d="${path}" stroke="${colour}" stroke-width="${wide}" opacity="${opacity}"/>`);
    if (sparse)
      for (const [k, x] of xs.entries()) {
        const y = ys[k];
        if (typeof y === 'number')
          parts.push(`<circle cx="${place(at.x(x))}" cy="${place(at.y(y))}" r="2.5" fill="${colour}"/>`);
      }
  }
  return `${parts.join('')}</g></svg>`;
}

function legend(lines: readonly SvgLine[], ink: string): string {
  let x = LEFT;
  return lines
    .filter(({ pale }) => !pale)
    .map(({ label, colour }) => {
      const key = `<path d="M${x} 40h14" stroke="${colour}" stroke-width="3"/><text x="${x + 20}" y="44" fill="${ink}">${escaped(label)}</text>`;
      x += 36 + 6.5 * label.length;
      return key;
    })
    .join('');
}
