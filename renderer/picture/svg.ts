/** The drawing as an SVG that stands alone: no style sheets, no fonts, text as text. */
import type { CustomBlock, Note } from '../../src/document/model.ts';
import { categoryOf, titleOf } from '../canvas/catalogue.ts';
import { PORT_SIZE, portAt } from '../canvas/ports.ts';
import { pathOf } from '../canvas/route.ts';
import type { Scene, SceneEnd, SceneNode, SceneWire } from '../canvas/scene.ts';
import { bowsOf, placesOf } from '../canvas/wires.ts';
import { shape, short } from '../ui/format.ts';
import { type Colours, type Theme, themes } from './colours.ts';
import { element, escaped, fitted, widthOf, words, wrapped } from './markup.ts';

export interface PictureOptions {
  readonly theme: Theme;
  /** Shapes, parameters and MACs in the nodes. */
  readonly figures: boolean;
  readonly title: string;
  readonly own: readonly CustomBlock[];
}

export interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

export interface PlacedPicture extends Picture {
  /** Its top left in the drawing's coordinates. */
  readonly x: number;
  readonly y: number;
}

const MARGIN = 24;
const FONT = "Inter, 'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif";

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function pictureOf(scene: Scene, notes: readonly Note[], options: PictureOptions): PlacedPicture {
  const colours = themes[options.theme];
  const boxes = placesOf(scene);
  const wires = scene.wires.map((wire) => drawWire(wire, scene, colours));
  const frame = around([
    ...[...boxes.values()].map((p) => p.box),
    ...notes,
    ...wires.flatMap((w) => (w ? [w.box] : [])),
  ]);
  const [closed, opened] = [false, true].map((open) =>
    scene.nodes.flatMap((node) => {
      const box = boxes.get(node.key)?.box;
      return box && node.opened === open ? [drawNode(node, box, options, colours)] : [];
    }),
  );
  const parts = [
    element('title', {}, escaped(options.title)),
    element('rect', { ...frame, fill: colours.ground }),
    ...notes.filter((n) => n.kind === 'frame').map((n) => drawNote(n, colours)),
    ...(opened ?? []),
    ...wires.map((w) => w?.line ?? ''),
    ...(closed ?? []),
    ...wires.map((w) => w?.label ?? ''),
    ...notes.filter((n) => n.kind === 'comment').map((n) => drawNote(n, colours)),
  ];
  const { width, height } = frame;
  const svg = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: [frame.x, frame.y, width, height].map((n) => Math.round(n * 10) / 10).join(' '),
      ...{ width, height, 'font-family': FONT },
    },
    `\n${parts.filter(Boolean).join('\n')}\n`,
  );
  return { svg: `${svg}\n`, x: frame.x, y: frame.y, width, height };
}

function around(boxes: readonly Box[]): Box {
  if (boxes.length === 0) return { x: 0, y: 0, width: 240, height: 120 };
  const left = boxes.reduce((least, b) => Math.min(least, b.x), Number.POSITIVE_INFINITY) - MARGIN;
  const top = boxes.reduce((least, b) => Math.min(least, b.y), Number.POSITIVE_INFINITY) - MARGIN;
  const right = boxes.reduce((most, b) => Math.max(most, b.x + b.width), Number.NEGATIVE_INFINITY) + MARGIN;
  const bottom = boxes.reduce((most, b) => Math.max(most, b.y + b.height), Number.NEGATIVE_INFINITY) + MARGIN;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function drawNode(node: SceneNode, box: Box, { figures, own }: PictureOptions, c: Colours): string {
  const { x, y, width, height } = box;
  const colour = c.categories[categoryOf(node.node.type)];
  const wrong = node.problems.some((d) => d.severity === 'error');
  const room = width - 26;
  const { fragment } = node.item;
  const weights = fragment.params > 0 ? `${short(fragment.params)} params` : '';
  const macs = fragment.macs > 0 ? `${short(fragment.macs)} MACs` : '';
  const out = shape(fragment.outputs[0]?.shape);
  const type = titleOf(node.node.type, own);
  const shown = figures && !node.opened;
  const text = { x: x + 14, fill: c.ink3 };
  const end = { ...text, x: x + width - 10, 'font-size': 10, 'text-anchor': 'end' };
  return element(
    'g',
    {},
    [
      element('rect', {
        ...{ x, y, width, height, rx: 8, fill: c.raised, stroke: wrong ? c.bad : c.lineStrong },
        ...(node.opened && { stroke: colour, 'fill-opacity': 0.4 }),
      }),
      element('rect', { x, y: y + 6, width: 3, height: height - 12, rx: 1.5, fill: colour }),
      words(
        { ...text, y: y + 21, 'font-size': 13, 'font-weight': 600, fill: c.ink },
        fitted(node.node.name, 13, room),
      ),
      words(
        { ...text, y: y + 36, 'font-size': 11 },
        fitted(type, 11, room - (shown ? widthOf(weights, 10) : 0)),
      ),
      ...(shown
        ? [
            words({ ...end, y: y + 36 }, weights),
            words({ ...text, y: y + height - 10, 'font-size': 11, 'font-weight': 600, fill: c.ink }, out),
            words({ ...end, y: y + height - 10 }, macs),
          ]
        : []),
    ].join(''),
  );
}

function drawWire(
  wire: SceneWire,
  scene: Scene,
  c: Colours,
): { line: string; label: string; box: Box } | null {
  const boxes = placesOf(scene);
  const end = ({ key, port }: SceneEnd, begins: boolean) => {
    const placed = boxes.get(key);
    if (!placed) return undefined;
    const at = portAt(placed.node, port, begins);
    return { x: placed.box.x + at.x, y: placed.box.y + at.y };
  };
  const [from, to] = [end(wire.from, true), end(wire.to, false)];
  if (!from || !to) return null;
  const ends = { sourceX: from.x, sourceY: from.y, targetX: to.x, targetY: to.y };
  const { d, x, y } = pathOf(ends, bowsOf(scene).get(wire.key));
  const stroke = wire.problem ? c.bad : c.wire;
  const text = shape(wire.shape);
  const width = widthOf(text, 11) + 14;
  const dot = (at: { x: number; y: number }) =>
    element('circle', { cx: at.x, cy: at.y, r: PORT_SIZE / 2 - 1.5, fill: stroke });
  return {
    line: element('path', { d, fill: 'none', stroke, 'stroke-width': 1.75 }) + dot(from) + dot(to),
    label:
      element('rect', {
        ...{ x: x - width / 2, y: y - 9, width, height: 18, rx: 9 },
        ...{ fill: wire.problem ? c.badSoft : c.ground, stroke: wire.problem ? c.bad : c.line },
      }) +
      words(
        { x, y: y + 4, 'font-size': 11, 'text-anchor': 'middle', fill: wire.problem ? c.bad : c.ink2 },
        text,
      ),
    box: { x: x - width / 2, y: y - 9, width, height: 18 },
  };
}

function drawNote({ kind, text, x, y, width, height }: Note, c: Colours): string {
  const comment = kind === 'comment';
  const size = comment ? 12 : 13;
  const lines = wrapped(text, size, width - 20).slice(
    0,
    Math.max(1, Math.floor((height - 8) / (size * 1.4))),
  );
  return element(
    'g',
    {},
    element('rect', {
      ...{ x, y, width, height, rx: 8 },
      ...(comment ? { fill: c.warnSoft } : { fill: 'none', stroke: c.lineStrong, 'stroke-dasharray': '6 4' }),
    }) +
      lines
        .map((line, i) =>
          words(
            {
              ...{ x: x + 10, y: y + 19 + i * size * 1.4, 'font-size': size },
              ...{ fill: c.ink2, 'font-weight': comment ? undefined : 600 },
            },
            line,
          ),
        )
        .join(''),
  );
}
