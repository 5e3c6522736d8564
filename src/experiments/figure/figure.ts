/** The picture of an experiment's results: an SVG that stands alone, made of the document and the results alone. */
import { element, escaped, widthOf, words } from '../../base/markup.ts';
import type { ExperimentDocument } from '../experiment.ts';
import { type ExperimentResult, meanCurve, summarise, type VariantSummary } from '../results.ts';
import { type Bar, drawBars } from './bars.ts';
import { type CurveSeries, drawCurves, lineSample } from './curves.ts';
import { numeral } from './scales.ts';
import { type Box, type FigureTheme, FONT, figureThemes } from './style.ts';

export interface Figure {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

const WIDTH = 960;
const TOP = 112;
const PLOT = 300;
const MARGIN = { left: 56, right: 24, between: 64, below: 50 };
const LEGEND_LINE = 22;

/** Of the network that is trained now. */
export interface GrowingCurve {
  readonly variant: string;
  readonly curve: readonly (readonly [number, number])[];
}

interface Look {
  readonly colour: string;
  /** Plain networks: dashed lines, hollow bars. */
  readonly plain: boolean;
  readonly group: string;
}

const isPlain = ({ facts }: ExperimentDocument['variants'][number]) =>
  facts.shortcut === 'none' || facts.inserted === 'plain';

/** What tells the variants apart first: their depth, their groups; else they themselves. */
function axisOf({ kind, variants }: ExperimentDocument): string | undefined {
  if (kind === 'identity') return undefined;
  return ['depth', 'groups'].find(
    (fact) =>
      variants.every(({ facts }) => fact in facts) && new Set(variants.map((v) => v.facts[fact])).size > 1,
  );
}

function looksOf(experiment: ExperimentDocument, theme: FigureTheme): Map<string, Look> {
  const axis = axisOf(experiment);
  const groupOf = ({ facts, label }: ExperimentDocument['variants'][number]) =>
    axis === undefined ? label : `${facts[axis]}`;
  const groups = [...new Set(experiment.variants.map(groupOf))];
  return new Map(
    experiment.variants.map((variant) => {
      const group = groupOf(variant);
      const colour = theme.series[groups.indexOf(group) % theme.series.length] ?? theme.ink;
      return [variant.id, { colour, group, plain: isPlain(variant) }];
    }),
  );
}

/** Names too long to stand below bars are in the legend, by number. */
const isNumbered = (experiment: ExperimentDocument) =>
  axisOf(experiment) === undefined && experiment.variants.length > 2;
const numberOf = ({ variants }: ExperimentDocument, { variant }: VariantSummary) =>
  `${variants.findIndex(({ id }) => id === variant.id) + 1}`;

const percent = (value: number) => `${Number((100 * value).toPrecision(3))} %`;

/** @param results of any of its variants and seeds, so that a figure can grow */
export function figureOf(
  experiment: ExperimentDocument,
  results: readonly ExperimentResult[],
  {
    theme: themeName = 'light',
    growing,
  }: { readonly theme?: keyof typeof figureThemes; readonly growing?: GrowingCurve } = {},
): Figure {
  const theme: FigureTheme = figureThemes[themeName];
  const summaries = summarise(experiment, results);
  const looks = looksOf(experiment, theme);
  const lookOf = ({ variant }: VariantSummary) => looks.get(variant.id) as Look;
  const bars = barsOf(experiment, summaries, lookOf);
  const curves = summaries.map((summary): CurveSeries => {
    const { colour, plain } = lookOf(summary);
    const marks = summary.results.flatMap(({ figures }) => figures.suggestedRate ?? []);
    const mark =
      marks.length > 0 ? Math.exp(marks.reduce((a, b) => a + Math.log(b), 0) / marks.length) : undefined;
    return { colour, dashed: plain, points: meanCurve(summary.results), mark };
  });
  const look = growing && looks.get(growing.variant);
  if (growing && look) {
    const points = growing.curve.map(([x, y]) => ({ x, count: 1, mean: y, least: y, most: y }));
    curves.push({ colour: look.colour, dashed: look.plain, points });
  }
  const ranges = experiment.variants.some(({ how }) => how.kind === 'range');
  const withCurves = experiment.kind !== 'identity' && curves.some(({ points }) => points.length > 0);
  const parts = (withCurves ? 1 : 0) + bars.length;
  const boxes = boxesOf(withCurves, bars.length);
  const legend = legendOf(experiment, summaries, lookOf, theme);
  const height = TOP + PLOT + MARGIN.below + legend.height + 16;
  const xTitle = ranges ? 'learning rate, logarithmic' : 'steps';
  const drawn = [
    ...(withCurves
      ? [
          drawCurves({ box: boxes[0] as Box, theme }, curves, {
            ...{ title: 'Training loss', xTitle, logarithmic: ranges },
          }),
        ]
      : []),
    ...bars.map((draw, i) => draw({ box: boxes[i + (withCurves ? 1 : 0)] as Box, theme })),
  ];
  const svg = element(
    'svg',
    {
      ...{ xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${WIDTH} ${height}` },
      ...{ width: WIDTH, height, 'font-family': FONT, role: 'img', 'aria-label': experiment.title },
    },
    [
      element('title', {}, escaped(experiment.title)),
      element('rect', { width: WIDTH, height, fill: theme.ground }),
      words({ x: 24, y: 38, fill: theme.ink, 'font-size': 20, 'font-weight': 650 }, experiment.title),
      words({ x: 24, y: 60, fill: theme.muted, 'font-size': 12 }, subtitleOf(experiment, results)),
      parts === 0 ? words({ x: 24, y: TOP, fill: theme.muted, 'font-size': 13 }, 'No results yet.') : '',
      ...drawn,
      element('g', { transform: `translate(24 ${TOP + PLOT + MARGIN.below + 16})` }, legend.markup),
    ].join(''),
  );
  return { svg, width: WIDTH, height };
}

function subtitleOf(
  { recipe, input, seeds, variants }: ExperimentDocument,
  results: readonly ExperimentResult[],
) {
  const { data, limit, epochs, batch, optimizer, learningRate } = recipe;
  const pictures = typeof limit === 'number' && limit > 0 ? `${limit} pictures of ` : '';
  const all = seeds.length * variants.length;
  return [
    `${pictures}${data} at ${input[0]} × ${input[1]}`,
    ...(typeof epochs === 'number' ? [epochs === 1 ? 'one epoch' : `${epochs} epochs`] : []),
    ...(typeof batch === 'number' ? [`batch ${batch}`] : []),
    ...(typeof optimizer === 'string'
      ? [`${optimizer}${learningRate ? ` at a rate of ${learningRate}` : ''}`]
      : []),
    `mean of ${seeds.length === 1 ? 'one seed' : `${seeds.length} seeds, from the least to the most`}`,
    ...(results.length < all ? [`${results.length} of ${all} networks done`] : []),
  ].join(' · ');
}

function boxesOf(withCurves: boolean, bars: number): Box[] {
  const shares = [...(withCurves ? [bars === 0 ? 1 : 1.25] : []), ...Array<number>(bars).fill(1)];
  const sum = shares.reduce((a, b) => a + b, 0);
  const room = WIDTH - MARGIN.left - MARGIN.right - MARGIN.between * (shares.length - 1);
  let x = MARGIN.left;
  return shares.map((share) => {
    const box = { x, y: TOP, width: (room * share) / sum, height: PLOT };
    x += box.width + MARGIN.between;
    return box;
  });
}

type DrawBars = (plot: { box: Box; theme: FigureTheme }) => string;

function barsOf(
  experiment: ExperimentDocument,
  summaries: readonly VariantSummary[],
  lookOf: (summary: VariantSummary) => Look,
): DrawBars[] {
  const axis = axisOf(experiment);
  const xTitle = axis === 'depth' ? 'layers' : (axis ?? '');
  const of = (key: 'finalTrainLoss' | 'testAccuracy'): Bar[] =>
    summaries.map((summary) => {
      const { colour, plain, group } = lookOf(summary);
      const values = summary.results.flatMap((result) => result[key] ?? []);
      const name = isNumbered(experiment) ? numberOf(experiment, summary) : group;
      return { group: name, colour, hollow: plain, spread: summary[key], values };
    });
  const loss: DrawBars = (plot) =>
    drawBars(plot, of('finalTrainLoss'), { title: 'Training loss, last epoch', xTitle, show: numeral });
  const accuracy: DrawBars = (plot) =>
    drawBars(plot, of('testAccuracy'), { title: 'Test accuracy', xTitle, show: percent, most: 1 });
  const told = (key: 'finalTrainLoss' | 'testAccuracy') => summaries.some((summary) => summary[key]);
  if (experiment.kind === 'identity') return told('testAccuracy') ? [accuracy] : [];
  if (experiment.kind === 'plain-vs-residual') return told('finalTrainLoss') ? [loss] : [];
  return [...(told('finalTrainLoss') ? [loss] : []), ...(told('testAccuracy') ? [accuracy] : [])];
}

function legendOf(
  experiment: ExperimentDocument,
  summaries: readonly VariantSummary[],
  lookOf: (summary: VariantSummary) => Look,
  theme: FigureTheme,
): { markup: string; height: number } {
  const widest = Math.max(...summaries.map(({ variant }) => widthOf(variant.label, 12) + 20));
  const fitting = Math.max(1, Math.floor((WIDTH - 48) / (widest + 70)));
  // Pairs of plain and residual stay beside each other.
  const columns = fitting > 1 && summaries.length > fitting ? fitting - (fitting % 2) : fitting;
  const markup = summaries.map((summary, i) => {
    const { colour, plain } = lookOf(summary);
    const [x, y] = [(i % columns) * (widest + 70), Math.floor(i / columns) * LEGEND_LINE];
    const number = isNumbered(experiment) ? `${numberOf(experiment, summary)}  ` : '';
    const failed = summary.failed > 0 ? ` (failed: ${summary.failed})` : '';
    const mark = `${number}${summary.variant.label}${failed}`;
    return (
      lineSample(x, y - 4, colour, plain) + words({ x: x + 34, y, fill: theme.ink, 'font-size': 12 }, mark)
    );
  });
  return { markup: markup.join(''), height: Math.ceil(summaries.length / columns) * LEGEND_LINE };
}
