/** A scene as an SVG that stands alone: no fonts, styles or scripts from elsewhere. Problems are not drawn. */
import type { CustomBlock, Note } from '../../src/document/model.ts';
import type { Scene } from '../canvas/scene.ts';
import type { Box } from '../canvas/snap.ts';
import { placesOf } from '../canvas/wires.ts';
import { shape } from '../ui/format.ts';
import { colours, type PictureTheme } from './colours.ts';
import { nodePicture, notePicture } from './nodes.ts';
import { escapeXml } from './text.ts';
import { type DrawnWire, wiresOf } from './wires.ts';

export interface PictureOptions {
  readonly theme: PictureTheme;
  /** What a screen reader calls it. */
  readonly title: string;
  readonly notes?: readonly Note[];
  readonly own?: readonly CustomBlock[];
  /** Shapes on wires and in nodes, parameters, MACs. */
  readonly figures?: boolean;
  /** Without names, for pictures too small to read. */
  readonly text?: boolean;
  readonly ground?: boolean;
}

export interface Picture {
  readonly svg: string;
  /** In pixels, at actual size. */
  readonly width: number;
  readonly height: number;
}

/** Narrow ones, so that figures stand beside each other; not system-ui, which is wide on some systems. */
const FONTS = "'Inter Variable', Inter, 'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif";

/** Around the drawing. */
const MARGIN = 28;
/** Beside a node stands the arc of its skip. */
const ARC = 26;

function frameOf(boxes: readonly Box[], wires: readonly DrawnWire[]): Box {
  let [left, top, right, bottom] = [0, 0, 0, 0];
  if (boxes.length > 0) {
    left = top = Number.POSITIVE_INFINITY;
    right = bottom = Number.NEGATIVE_INFINITY;
  }
  const reach = (x0: number, y0: number, x1: number, y1: number) => {
    left = Math.min(left, x0);
    top = Math.min(top, y0);
    right = Math.max(right, x1);
    bottom = Math.max(bottom, y1);
  };
  for (const { x, y, width, height } of boxes) reach(x, y, x + width + ARC, y + height);
  // Half a label beside a wire that goes around something.
  for (const { x, y } of wires) reach(x - 40, y, x + 40, y);
  return {
    x: Math.floor(left - MARGIN),
    y: Math.floor(top - MARGIN),
    width: Math.ceil(right - left + 2 * MARGIN),
    height: Math.ceil(bottom - top + 2 * MARGIN),
  };
}

export function pictureOf(scene: Scene, options: PictureOptions): Picture {
  const { theme, title, notes = [], own = [], figures = true, text = true, ground = true } = options;
  const palette = colours[theme];
  const placed = [...placesOf(scene).values()];
  const wires = wiresOf(scene);
  const frame = frameOf([...placed.map((p) => p.box), ...notes], wires);
  const nodes = (opened: boolean) =>
    placed
      .filter(({ node }) => node.opened === opened)
      .map(({ node, box }) => nodePicture(node, box, { colours: palette, own, text, figures }));
  const notesOf = (kind: Note['kind']) =>
    notes.filter((n) => n.kind === kind).map((n) => notePicture(n, palette));
  const { x, y, width, height } = frame;
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${x} ${y} ${width} ${height}" width="${width}" height="${height}" font-family="${FONTS}">`,
    `<title>${escapeXml(title)}</title>`,
    ground ? `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${palette.canvas}"/>` : '',
    // From behind to before: frames, opened nodes, wires, nodes, labels, comments.
    ...notesOf('frame'),
    ...nodes(true),
    `<g fill="none" stroke="${palette.wire}" stroke-width="${text ? 1.75 : 6}">`,
    ...wires.map((wire) => `<path d="${wire.d}"/>`),
    '</g>',
    ...nodes(false),
    ...(figures && text ? wires.filter((w) => w.roomy).map((wire) => label(wire, palette)) : []),
    ...notesOf('comment'),
    '</svg>',
  ];
  return { svg: svg.filter(Boolean).join('\n'), width, height };
}

function label({ wire, x, y }: DrawnWire, palette: (typeof colours)[PictureTheme]): string {
  const text = shape(wire.shape);
  const width = text.length * 6.4 + 12;
  return [
    `<rect x="${x - width / 2}" y="${y - 9}" width="${width}" height="18" rx="9" fill="${palette.canvas}" stroke="${palette.line}"/>`,
    `<text x="${x}" y="${y + 4}" font-size="11" fill="${palette.ink2}" text-anchor="middle">${escapeXml(text)}</text>`,
  ].join('');
}

/** As the address of an image. */
export const addressOf = ({ svg }: Picture) => `data:image/svg+xml,${encodeURIComponent(svg)}`;
