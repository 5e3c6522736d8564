/** A drawing as a picture, with what is added, removed and changed marked by colour, line and word. */
import type { ChangeKind } from '../../src/compare/changes.ts';
import type { StemmaDocument } from '../../src/document/model.ts';
import { diagnose, lower } from '../../src/lower/index.ts';
import { portAt } from '../canvas/ports.ts';
import { pathOf } from '../canvas/route.ts';
import { type Scene, type SceneEnd, sceneOf } from '../canvas/scene.ts';
import { bowsOf, placesOf } from '../canvas/wires.ts';
import { type Theme, themes } from '../picture/colours.ts';
import { element, fitted, widthOf, words } from '../picture/markup.ts';
import { pictureOf } from '../picture/svg.ts';
import { type Mark, type Marks, signs } from './marks.ts';

/** The page's --good, --bad and --warn. */
export const markColours: Readonly<Record<Theme, Readonly<Record<ChangeKind, string>>>> = {
  light: { added: '#0f7541', removed: '#c02b2b', changed: '#8f5a00' },
  dark: { added: '#4fc98a', removed: '#ff8080', changed: '#f0b95a' },
};
const dashes: Readonly<Record<ChangeKind, string | undefined>> = {
  added: undefined,
  removed: '7 5',
  changed: '2 4',
};

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface MarkedPicture {
  readonly svg: string;
  /** What it shows, in the drawing's coordinates. */
  readonly frame: Box;
  /** Of the drawing's own nodes, by id. */
  readonly boxes: ReadonlyMap<string, Box>;
}

const LINE = 14;
const MOST_LINES = 4;
const NOTE_WIDTH = 230;

function drawMark({ kind, lines }: Mark, { x, y, width, height }: Box, theme: Theme): string {
  const colour = markColours[theme][kind];
  const { ground } = themes[theme];
  const badge = `${signs[kind]} ${kind}`;
  const wide = widthOf(badge, 11) + 14;
  const shown =
    lines.length > MOST_LINES
      ? [...lines.slice(0, MOST_LINES - 1), `and ${lines.length - MOST_LINES + 1} more`]
      : lines;
  return [
    element('rect', {
      ...{ x: x - 4, y: y - 4, width: width + 8, height: height + 8, rx: 11 },
      ...{
        fill: colour,
        'fill-opacity': 0.1,
        stroke: colour,
        'stroke-width': 2.5,
        'stroke-dasharray': dashes[kind],
      },
    }),
    element('rect', { x: x + width - wide - 4, y: y - 14, width: wide, height: 18, rx: 9, fill: colour }),
    words(
      {
        ...{ x: x + width - wide / 2 - 4, y: y - 1, 'font-size': 11, 'font-weight': 700 },
        ...{ 'text-anchor': 'middle', fill: ground },
      },
      badge,
    ),
    ...shown.map((line, i) =>
      words(
        {
          ...{ x: x + width + 12, y: y + 14 + i * LINE, 'font-size': 12, 'font-weight': 600, fill: colour },
          ...{ stroke: ground, 'stroke-width': 3, 'paint-order': 'stroke' },
        },
        fitted(line, 12, NOTE_WIDTH),
      ),
    ),
  ].join('');
}

function drawWire(scene: Scene, key: string, kind: ChangeKind, theme: Theme): string {
  const wire = scene.wires.find((w) => w.key === key);
  const at = placesOf(scene);
  const end = ({ key: node, port }: SceneEnd, begins: boolean) => {
    const placed = at.get(node);
    const inner = placed && portAt(placed.node, port, begins);
    return placed && inner && { x: placed.box.x + inner.x, y: placed.box.y + inner.y };
  };
  const [from, to] = wire ? [end(wire.from, true), end(wire.to, false)] : [];
  if (!from || !to) return '';
  const ends = { sourceX: from.x, sourceY: from.y, targetX: to.x, targetY: to.y };
  const { d } = pathOf(ends, bowsOf(scene).get(key));
  const colour = markColours[theme][kind];
  return element('path', {
    ...{ d, fill: 'none', stroke: colour, 'stroke-width': 7, 'stroke-opacity': 0.4 },
    'stroke-dasharray': dashes[kind],
  });
}

export function markedPicture(document: StemmaDocument, marks: Marks, theme: Theme): MarkedPicture {
  const lowered = lower(document);
  const scene = sceneOf(lowered, diagnose(lowered));
  const options = { theme, figures: true, title: document.title, own: document.blocks };
  const { svg, width, height } = pictureOf(scene, document.notes, options);
  const [, left = '0', top = '0'] = /viewBox="([-\d.]+) ([-\d.]+) /.exec(svg) ?? [];
  const boxes = new Map([...placesOf(scene)].map(([id, { box }]) => [id, box]));
  let [x, y, right] = [Number(left), Number(top), Number(left) + width];
  const drawn: string[] = [...marks.wires].map(([key, kind]) => drawWire(scene, key, kind, theme));
  for (const [id, mark] of marks.nodes) {
    const box = boxes.get(id);
    if (!box) continue;
    drawn.push(drawMark(mark, box, theme));
    const lines = mark.lines.map((line) => Math.min(NOTE_WIDTH, widthOf(line, 12)));
    right = Math.max(right, box.x + box.width + 24 + Math.max(0, ...lines));
  }
  const frame = { x, y, width: right - x, height };
  const whole = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `${frame.x} ${frame.y} ${frame.width} ${frame.height}`,
      ...{ width: frame.width, height: frame.height },
      'font-family': "Inter, 'Inter Variable', system-ui, sans-serif",
    },
    `${element('rect', { ...frame, fill: themes[theme].ground })}${svg.replace('<svg ', `<svg x="${x}" y="${y}" `)}${drawn.join('')}`,
  );
  return { svg: whole, frame, boxes };
}
