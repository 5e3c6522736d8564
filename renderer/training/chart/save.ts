/** A chart as a file or on the clipboard. */
import { AppError } from '../../../src/base/errors.ts';
import { download } from '../../files/actions.ts';
import { pngOf, savePng } from '../../picture/save.ts';
import { copyText } from '../../ui/copy.ts';
import { say, sayError } from '../../ui/toasts.tsx';
import { csvPieces } from './csv.ts';
import { fullRange } from './lines.ts';
import { type PlotGiven, tracksOf } from './plot.ts';
import { chartSvg, SVG_SIZE } from './svg.ts';
import { drawnOf } from './window.ts';

const PNG_SCALE = 2;
/** A clipboard that other programs still take as text. */
const MOST_COPIED = 4 * 2 ** 20;

function svgOf(given: PlotGiven): string {
  const { title, lines, show, log, range: yRange, store } = given;
  const { axis, range } = store.getState();
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const tracks = tracksOf(given, axis);
  const seen = range ?? fullRange(tracks);
  return chartSvg({
    ...{ title, show, log, yRange, axis, range: seen },
    lines: lines.map((line) => ({ ...line, colour: colour(line.colour) })),
    drawn: drawnOf(tracks, seen, SVG_SIZE.width, log),
    colours: {
      ...{ ground: colour('--surface'), ink: colour('--ink') },
      ...{ pale: colour('--ink-3'), grid: colour('--line') },
    },
  });
}

const fileName = (name: string) => name.replaceAll(/[^\p{L}\p{N} ._-]+/gu, '-');

export const saveChartSvg = (name: string, given: PlotGiven) =>
  download(`${fileName(name)}.svg`, svgOf(given), 'image/svg+xml');

export const saveChartPng = (name: string, given: PlotGiven): Promise<void> =>
  savePng(fileName(name), { svg: svgOf(given), ...SVG_SIZE }, PNG_SCALE).catch(sayError);

export const saveChartCsv = (name: string, { lines, stepsPerEpoch }: PlotGiven) =>
  download(`${fileName(name)}.csv`, new Blob([...csvPieces(lines, stepsPerEpoch)], { type: 'text/csv' }));

export function copyChartCsv({ title, lines, stepsPerEpoch }: PlotGiven): void {
  const text = [...csvPieces(lines, stepsPerEpoch)].join('');
  if (text.length > MOST_COPIED)
    sayError(
      new AppError('clipboard/large', `The figures of ${title} are too many for the clipboard.`, {
        hint: 'Save them as CSV instead.',
      }),
    );
  else void copyText(text, `The figures of ${title}, as CSV,`);
}

export async function copyChart(given: PlotGiven): Promise<void> {
  try {
    const png = pngOf({ svg: svgOf(given), ...SVG_SIZE }, PNG_SCALE);
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
    say({ kind: 'good', text: `The picture of ${given.title} is on the clipboard.` });
  } catch (cause) {
    sayError(
      new AppError('clipboard/refused', 'The browser refuses to copy a picture.', {
        hint: 'Save it as PNG instead.',
        cause,
      }),
    );
  }
}
