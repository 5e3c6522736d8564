/** The summary as text that other programs take. */
import { showShape } from '../network/shape.ts';
import type { Summary } from './summary.ts';

export type SummaryFormat = 'text' | 'csv' | 'markdown' | 'tsv';

interface Table {
  readonly head: readonly string[];
  /** Numbers stay numbers: each format writes them its own way. */
  readonly rows: readonly (readonly (string | number)[])[];
  /** How many of the rows, at the end, are totals. */
  readonly totals: number;
}

/** Columns of what grouped convolutions save are there only where a node is grouped. */
function tableOf({ parts, params, stats, macs, groupedSavings }: Summary): Table {
  const savings = new Map(groupedSavings.map((s) => [s.name, s]));
  const more = <T>(...cells: readonly T[]) => (savings.size > 0 ? cells : []);
  return {
    head: [
      ...['Name', 'Type', 'Output shape', 'Parameters', 'MACs', 'Counted'],
      ...more('Parameters without groups', 'MACs without groups'),
    ],
    rows: [
      ...parts.map((part) => {
        const saving = savings.get(part.name);
        return [
          ...[part.name, part.type, part.shape ? showShape(part.shape) : ''],
          ...[part.params, part.macs, part.used ? 'yes' : 'no'],
          ...more(saving?.denseParams ?? '', saving?.denseMacs ?? ''),
        ];
      }),
      ['Total', '', '', params, macs, '', ...more('', '')],
      ['Running statistics', '', '', stats, '', '', ...more('', '')],
    ],
    totals: 2,
  };
}

const grouped = (cell: string | number) => (typeof cell === 'number' ? cell.toLocaleString('en-US') : cell);

function text({ head, rows, totals }: Table): string {
  const cells = [head, ...rows.map((row) => row.map(grouped))];
  const isNumber = head.map((_, i) => rows.some((row) => typeof row[i] === 'number'));
  const widths = head.map((_, i) =>
    cells.reduce((most, row) => Math.max(most, (row[i] as string).length), 0),
  );
  const lines = cells.map((row) =>
    row
      .map((cell, i) => (isNumber[i] ? cell.padStart(widths[i] as number) : cell.padEnd(widths[i] as number)))
      .join('  ')
      .trimEnd(),
  );
  const rule = '─'.repeat(widths.reduce((sum, width) => sum + width + 2, -2));
  return [lines[0], rule, ...lines.slice(1, -totals), rule, ...lines.slice(-totals), ''].join('\n');
}

function markdown({ head, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.map((c) => c.replaceAll('|', '\\|')).join(' | ')} |`;
  const sides = head.map((_, i) => (rows.some((row) => typeof row[i] === 'number') ? '---:' : '---'));
  return [line(head), line(sides), ...rows.map((row) => line(row.map(grouped))), ''].join('\n');
}

/** RFC 4180: lines end in CR LF, a field with a comma, a quote or a line break is quoted. */
function csv({ head, rows }: Table): string {
  const field = (cell: string | number) => {
    const value = `${cell}`;
    return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  };
  return [head, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

/** As spreadsheets take it from the clipboard. */
function tsv({ head, rows }: Table): string {
  return [head, ...rows]
    .map((row) => row.map((c) => `${c}`.replaceAll(/[\t\r\n]+/g, ' ')).join('\t'))
    .join('\n');
}

const writers: Readonly<Record<SummaryFormat, (table: Table) => string>> = { text, csv, markdown, tsv };

export function summaryText(summary: Summary, format: SummaryFormat): string {
  return writers[format](tableOf(summary));
}
