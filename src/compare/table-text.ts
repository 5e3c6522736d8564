/** A table of runs as text: for terminals, spreadsheets and reports. */
import { type RunTable, runTableGroups } from './run-table.ts';

const groupTitles = {
  results: 'Results',
  recipe: 'Recipe',
  drawing: 'Drawing',
  environment: 'Environment',
} as const;

interface Group {
  readonly title: string;
  /** A head, then rows; the first cell of each is what it is. */
  readonly rows: readonly (readonly string[])[];
}

/** Groups that hold something; the best of a row is marked with `mark`. */
function groupsOf(table: RunTable, mark: (text: string) => string): Group[] {
  return runTableGroups.flatMap((group) => {
    const rows = table[group].map(({ title, texts, best }) => [
      title,
      ...texts.map((text, i) => (best[i] ? mark(text) : text)),
    ]);
    return rows.length === 0 ? [] : [{ title: groupTitles[group], rows }];
  });
}

/** Columns that line up; the best is marked with an asterisk. */
export function tableText(table: RunTable): string {
  const groups = groupsOf(table, (text) => `${text} *`);
  const all = [['', ...table.names], ...groups.flatMap((g) => g.rows)];
  const widths = all[0]?.map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0))) ?? [];
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  return [
    line(['', ...table.names]),
    ...groups.flatMap(({ title, rows }) => ['', title, ...rows.map(line)]),
  ].join('\n');
}

const markdownCell = (text: string) => text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');

/** One table, the best in bold. */
export function tableMarkdown(table: RunTable): string {
  const line = (cells: readonly string[]) => `| ${cells.map(markdownCell).join(' | ')} |`;
  const groups = groupsOf(table, (text) => `**${text}**`);
  return [
    line(['', ...table.names]),
    `| --- |${table.names.map(() => ' ---: |').join('')}`,
    ...groups.flatMap(({ title, rows }) => [
      line([`**${title}**`, ...table.names.map(() => '')]),
      ...rows.map(line),
    ]),
    '',
  ].join('\n');
}

/** Text that a spreadsheet would take for a formula begins with what it does not. */
function csvCell(value: unknown): string {
  const text =
    value === undefined || value === null
      ? ''
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value);
  const safe = typeof value !== 'number' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csvText = (rows: readonly (readonly unknown[])[]) =>
  rows.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');

/** A line a run, every value as it is: RFC 4180. */
export function tableCsv(table: RunTable, ids: readonly string[]): string {
  const rows = runTableGroups.flatMap((group) => table[group]);
  return csvText([
    ['run', 'title', ...rows.map((r) => r.key)],
    ...ids.map((id, i) => [id, table.names[i], ...rows.map((r) => r.values[i])]),
  ]);
}
