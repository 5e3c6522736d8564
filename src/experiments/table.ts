/** Results as tables: a row a network and seed for programs, a row a network for people. */
import { planVariants } from './expand.ts';
import type { ExperimentDocument } from './experiment.ts';
import { numeral } from './figure/scales.ts';
import { type ExperimentResult, rowsOf, type Spread, summarise } from './results.ts';

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
const duration = (seconds: number) => `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;

function spread(told: Spread | undefined, show: (value: number) => string): string {
  if (!told) return '–';
  if (told.count === 1 || told.least === told.most) return show(told.mean);
  return `${show(told.mean)} (${show(told.least)}–${show(told.most)})`;
}

/** A number of at least 1000 with its thousands apart. */
const whole = (value: number) => value.toLocaleString('en-US');

/** A row a network: the mean of its seeds, and in brackets the least and the most. Columns that nobody fills are left out. */
export function summaryTable(experiment: ExperimentDocument, results: readonly ExperimentResult[]): Table {
  const planned = planVariants(experiment);
  const summaries = summarise(experiment, results);
  const figures = (key: string) => summaries.map((s) => s.results.flatMap((r) => r.figures[key] ?? []));
  const figure = (key: string): string[] =>
    figures(key).map((values) => {
      const told = values.length > 0 && { least: Math.min(...values), most: Math.max(...values) };
      if (!told) return '–';
      return told.least === told.most ? numeral(told.least) : `${numeral(told.least)}–${numeral(told.most)}`;
    });
  const columns: readonly (readonly [string, readonly string[]])[] = [
    ['Network', summaries.map(({ variant }) => variant.label)],
    ['Parameters', planned.map(({ network }) => whole(network.params))],
    ['Multiply-adds', planned.map(({ network }) => whole(network.macs))],
    ['Training loss, last epoch', summaries.map((s) => spread(s.finalTrainLoss, numeral))],
    ['Test loss', summaries.map((s) => spread(s.testLoss, numeral))],
    ['Test accuracy', summaries.map((s) => spread(s.testAccuracy, percent))],
    ['Largest change of an answer', figure('largestDifference')],
    ['Suggested rate', figure('suggestedRate')],
    ['Rate of the lowest loss', figure('lowestRate')],
    ['Time', summaries.map((s) => spread(s.seconds && s.seconds.most > 0 ? s.seconds : undefined, duration))],
    ['Failed', summaries.map(({ failed }) => (failed > 0 ? `${failed}` : '–'))],
    [
      'Done',
      summaries.map((s) => {
        const all = experiment.seeds.length;
        return s.results.length === all ? '–' : `${s.results.length} of ${all}`;
      }),
    ],
  ];
  const told = columns.filter(([, cells]) => cells.some((cell) => cell !== '–'));
  return {
    columns: told.map(([name]) => name),
    rows: summaries.map((_, i) => told.map(([, cells]) => cells[i] ?? '–')),
  };
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

export function markdownOf(experiment: ExperimentDocument, results: readonly ExperimentResult[]): string {
  const { columns, rows } = summaryTable(experiment, results);
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return `${[line(columns), line(columns.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n')}\n`;
}

/** RFC 4180; a text that a spreadsheet would take for a formula begins with an apostrophe. */
function field(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Every result with all its figures. */
export function csvOf(experiment: ExperimentDocument, results: readonly ExperimentResult[]): string {
  const rows = rowsOf(experiment, results);
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return [columns, ...rows.map((row) => columns.map((column) => row[column]))]
    .map((cells) => `${cells.map(field).join(',')}\r\n`)
    .join('');
}

/** Columns side by side, for a terminal. */
export function textOf({ columns, rows }: Table): string {
  const widths = columns.map((name, i) => Math.max(name.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((text, i) => (i === 0 ? text.padEnd(widths[i] ?? 0) : text.padStart(widths[i] ?? 0)))
      .join('  ');
  return [columns, ...rows].map(line).join('\n');
}
