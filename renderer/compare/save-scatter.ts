/** A trade-off as a file. */
import { figureKeys } from '../../src/compare/figures.ts';
import { csvText } from '../../src/compare/table-text.ts';
import { download } from '../files/actions.ts';
import { savePng } from '../picture/save.ts';
import { type ScatterChoice, scatterOf } from './scatter.ts';
import { type ScatterColours, scatterSvg } from './scatter-svg.ts';
import type { TradePoint } from './trade-points.ts';

const SIZE = { width: 960, height: 600 };
const PNG_SCALE = 2;

export function coloursNow(): ScatterColours {
  const style = getComputedStyle(document.documentElement);
  const of = (property: string) => style.getPropertyValue(property).trim();
  return {
    ...{ ground: of('--surface'), ink: of('--ink'), pale: of('--ink-3'), grid: of('--line') },
    ...{ front: of('--good'), of },
  };
}

/** In the colours of the page. @throws AppError where the browser cannot draw it */
export async function saveScatter(
  kind: 'svg' | 'png',
  points: readonly TradePoint[],
  choice: ScatterChoice,
): Promise<void> {
  const scatter = scatterOf(points, choice, SIZE.width, SIZE.height);
  const svg = scatterSvg(scatter, coloursNow(), `${scatter.titleY} against ${scatter.titleX}`);
  if (kind === 'svg') download('trade-off.svg', svg, 'image/svg+xml');
  else await savePng('trade-off', { svg, ...SIZE }, PNG_SCALE);
}

export const saveScatterCsv = (points: readonly TradePoint[]) =>
  download(
    'trade-off.csv',
    csvText([
      ['name', 'kind', ...figureKeys, 'estimated'],
      ...points.map(({ label, kind, figures, estimated }) => [
        ...[label, kind, ...figureKeys.map((key) => figures[key])],
        [...estimated].filter((key) => figures[key] !== null).join(' '),
      ]),
    ]),
    'text/csv',
  );
