/** Answers as a table for other programs. */
import type { Prediction } from '../../src/services/contract.ts';

export interface Row {
  readonly name: string;
  readonly prediction: Prediction | null;
  readonly error: string | null;
}

/** RFC 4180; a cell that a spreadsheet would take for a formula is quoted as text. */
function cell(value: string | number): string {
  if (typeof value === 'number') return `${value}`;
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const PLACES = 3;

/** One line a picture: its answer, how sure it is, and the next two. */
export function answersCsv(rows: readonly Row[]): string {
  const head = [
    'picture',
    'answer',
    'probability',
    'second',
    'second probability',
    'third',
    'third probability',
    'step',
    'problem',
  ];
  const lines = rows.map(({ name, prediction, error }) => {
    const told = Array.from({ length: PLACES }, (_, i) => prediction?.top[i]);
    return [
      name,
      ...told.flatMap((t) => (t ? [t.name, t.probability] : ['', ''])),
      prediction?.step ?? '',
      error ?? '',
    ];
  });
  return [head, ...lines].map((line) => `${line.map(cell).join(',')}\r\n`).join('');
}
