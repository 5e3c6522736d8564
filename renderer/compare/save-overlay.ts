/** A chart of several runs as a file, whole, as it is drawn. */
import type { CurveAxis } from '../../src/compare/curve.ts';
import { csvText } from '../../src/compare/table-text.ts';
import { download } from '../files/actions.ts';
import { savePng } from '../picture/save.ts';
import { chartSvg, SVG_SIZE } from '../training/chart/svg.ts';
import type { Drawn } from '../training/chart/window.ts';
import type { LinePoints } from './lines.ts';

export interface OverlayLook {
  readonly title: string;
  readonly axis: CurveAxis;
  readonly log: boolean;
  readonly range: readonly [number, number] | undefined;
  readonly show: (value: number) => string;
  readonly lines: readonly {
    readonly label: string;
    /** A custom property of the style sheet. */
    readonly colour: string;
    readonly held: boolean;
    readonly points: LinePoints;
  }[];
}

const PNG_SCALE = 2;

/** All places on the axis, and at each what every line has there; undefined where it has nothing. */
export function rowsOf(lines: readonly { readonly points: LinePoints }[]): Drawn {
  const xs = [...new Set(lines.flatMap(({ points }) => points.x))].sort((a, b) => a - b);
  const values = lines.map(({ points: { x, y } }) => {
    const at = new Map(x.map((place, i) => [place, y[i]]));
    return xs.map((place) => at.get(place));
  });
  return [xs, ...values];
}

function svgOf({ title, axis, log, range, show, lines }: OverlayLook): string {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const drawn = rowsOf(lines);
  const [xs] = drawn;
  const [from, to] = [xs[0] ?? 0, xs.at(-1) ?? 1];
  return chartSvg({
    ...{ title, axis, log, show, yRange: range, drawn },
    range: from === to ? [from - 0.5, to + 0.5] : [from, to],
    lines: lines.map(({ label, colour: property, held }) => ({
      ...{ label, colour: colour(property), width: held ? 1.5 : 2, opacity: held ? 0.7 : 1, sparse: held },
    })),
    colours: {
      ...{ ground: colour('--surface'), ink: colour('--ink') },
      ...{ pale: colour('--ink-3'), grid: colour('--line') },
    },
  });
}

const nameOf = ({ title }: OverlayLook) => `runs ${title.toLowerCase()}`;

export const saveOverlaySvg = (look: OverlayLook) =>
  download(`${nameOf(look)}.svg`, svgOf(look), 'image/svg+xml');

/** @throws AppError where the browser cannot draw it */
export const saveOverlayPng = (look: OverlayLook): Promise<void> =>
  savePng(nameOf(look), { svg: svgOf(look), ...SVG_SIZE }, PNG_SCALE);

export function saveOverlayCsv(look: OverlayLook): void {
  const [xs, ...values] = rowsOf(look.lines);
  const rows = xs.map((x, i) => [x, ...values.map((v) => v[i] ?? null)]);
  const head = [look.axis === 'time' ? 'seconds' : look.axis, ...look.lines.map((l) => l.label)];
  download(`${nameOf(look)}.csv`, csvText([head, ...rows]), 'text/csv');
}
