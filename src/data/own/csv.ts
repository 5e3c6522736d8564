/** Comma-separated values as RFC 4180 has them, with the separators that spreadsheets write. */
import { AppError } from '../../base/errors.ts';

export type Separator = ',' | ';' | '\t';

export interface CsvRow {
  /** Counted from 1, as an editor shows it. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** The separator that most often stands outside of quotes in the first lines. */
export function separatorOf(text: string): Separator {
  const counts = { ',': 0, ';': 0, '\t': 0 };
  let quoted = false;
  for (const letter of text.slice(0, 20_000)) {
    if (letter === '"') quoted = !quoted;
    else if (!quoted && letter in counts) counts[letter as Separator]++;
  }
  const [best] = (Object.keys(counts) as Separator[]).sort((a, b) => counts[b] - counts[a]);
  return best ?? ',';
}

/**
 * Rows in order; empty lines are none. A quote within a cell is doubled; a quoted cell may hold line breaks.
 * @throws AppError('data/csv') with the line, for a quote that never ends or that ends within a cell
 */
export function* readCsv(given: string, separator: Separator = separatorOf(given)): Generator<CsvRow> {
  const text = given.startsWith('\uFEFF') ? given.slice(1) : given;
  let [at, line] = [0, 1];
  while (at < text.length) {
    const begin = line;
    const cells: string[] = [];
    let quotes = false;
    for (;;) {
      let cell = '';
      if (text[at] === '"') {
        quotes = true;
        const opened = line;
        at++;
        for (;;) {
          const end = text.indexOf('"', at);
          if (end < 0) throw broken(opened, 'a quote is opened and never closed');
          const piece = text.slice(at, end);
          line += breaksIn(piece);
          cell += piece;
          at = end + 1;
          if (text[at] !== '"') break;
          cell += '"';
          at++;
        }
        if (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r')
          throw broken(line, `'${text[at]}' stands after a closing quote`);
      } else {
        const from = at;
        while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at++;
        cell = text.slice(from, at);
      }
      cells.push(cell);
      if (text[at] !== separator) break;
      at++;
    }
    if (text[at] === '\r') at++;
    if (text[at] === '\n') at++;
    line++;
    if (cells.length > 1 || quotes || cells[0]?.trim() !== '') yield { line: begin, cells };
  }
}

const breaksIn = (piece: string) => piece.split(/\r\n|\r|\n/).length - 1;

const broken = (line: number, why: string) =>
  new AppError('data/csv', `Line ${line}: ${why}.`, {
    hint: 'Quotes enclose a whole cell; a quote within one is written twice.',
  });
