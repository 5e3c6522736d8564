/** A trade-off as a picture that stands alone. */
import { element, escaped, words } from '../picture/markup.ts';
import { DOT, type Dot, EDGE, type Scatter } from './scatter.ts';

export interface ScatterColours {
  readonly ground: string;
  readonly ink: string;
  readonly pale: string;
  readonly grid: string;
  readonly front: string;
  /** A dot's, by its custom property. */
  readonly of: (property: string) => string;
}

const FONT = "Inter, 'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif";

function drawDot({ point, cx, cy, edge, onFront, label }: Dot, colours: ScatterColours): string {
  const colour = colours.of(point.colour);
  const hollow = point.kind !== 'run' || edge !== null;
  const look = { fill: hollow ? colours.ground : colour, stroke: colour, 'stroke-width': 2 };
  const shape =
    point.kind === 'open'
      ? element('path', {
          d: `M${cx} ${cy - DOT - 2}l${DOT + 2} ${DOT + 2}l${-DOT - 2} ${DOT + 2}l${-DOT - 2} ${-DOT - 2}z`,
          ...look,
        })
      : element('circle', { cx, cy, r: DOT, ...look });
  const ring = onFront
    ? element('circle', { cx, cy, r: DOT + 4, fill: 'none', stroke: colours.front, 'stroke-width': 1.5 })
    : '';
  const name = label
    ? words(
        {
          ...{ x: label.x, y: label.y, 'font-size': 12, 'text-anchor': label.anchor },
          ...{ fill: colours.ink, 'font-weight': onFront ? 600 : undefined },
          ...{ stroke: colours.ground, 'stroke-width': 3, 'paint-order': 'stroke' },
        },
        point.label,
      )
    : '';
  return shape + ring + name;
}

export function scatterSvg(scatter: Scatter, colours: ScatterColours, title: string): string {
  const { width, height, plot, dots, front, ticksX, ticksY, titleX, titleY, edges } = scatter;
  const { left, top, right, bottom } = plot;
  const line = (d: string, stroke: string, dash?: string) =>
    element('path', { d, stroke, fill: 'none', 'stroke-dasharray': dash });
  const tick = { fill: colours.pale, 'font-size': 11 };
  const middleY = (top + bottom) / 2;
  const parts = [
    element('title', {}, escaped(title)),
    element('rect', { width, height, fill: colours.ground }),
    ...ticksX.map(({ at }) => line(`M${at} ${top}V${bottom}`, colours.grid)),
    ...ticksY.map(({ at }) => line(`M${left} ${at}H${right}`, colours.grid)),
    line(`M${left} ${top}V${bottom}H${right}`, colours.pale),
    ...ticksX.map(({ at, text }) => words({ ...tick, x: at, y: bottom + 17, 'text-anchor': 'middle' }, text)),
    ...ticksY.map(({ at, text }) => words({ ...tick, x: left - 8, y: at + 4, 'text-anchor': 'end' }, text)),
    words(
      {
        x: (left + right) / 2,
        y: height - 10,
        'font-size': 12,
        'text-anchor': 'middle',
        fill: colours.ink,
        'font-weight': 600,
      },
      titleX,
    ),
    words(
      {
        ...{
          x: 18,
          y: middleY,
          'font-size': 12,
          'text-anchor': 'middle',
          fill: colours.ink,
          'font-weight': 600,
        },
        transform: `rotate(-90 18 ${middleY})`,
      },
      titleY,
    ),
    ...(edges.y
      ? [
          line(`M${left} ${bottom - EDGE}H${right}`, colours.pale, '3 4'),
          words({ ...tick, x: left - 8, y: bottom - EDGE / 2 + 4, 'text-anchor': 'end' }, 'unknown'),
        ]
      : []),
    ...(edges.x
      ? [
          line(`M${left + EDGE} ${top}V${bottom}`, colours.pale, '3 4'),
          words({ ...tick, x: left + EDGE / 2, y: bottom + 17, 'text-anchor': 'middle' }, 'unknown'),
        ]
      : []),
    front.length > 1
      ? element('path', {
          d: front.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x} ${y}`).join(''),
          ...{ fill: 'none', stroke: colours.front, 'stroke-width': 2, 'stroke-dasharray': '6 4' },
        })
      : '',
    ...dots.map((dot) => drawDot(dot, colours)),
  ];
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      'font-family': FONT,
    },
    parts.filter(Boolean).join('\n'),
  );
}
