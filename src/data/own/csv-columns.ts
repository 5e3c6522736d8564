/** Which column of a CSV is what: guessed, for a person to confirm or to say otherwise. */
import { AppError } from '../../base/errors.ts';
import { type CsvRow, readCsv, type Separator, separatorOf } from './csv.ts';
import type { Part } from './report.ts';

export interface CsvColumns {
  readonly separator: Separator;
  /** The first row names the columns. */
  readonly header: boolean;
  /** Counted from 0. */
  readonly path: number;
  readonly label: number;
  /** Null: none. */
  readonly part: number | null;
}

export interface CsvGuess extends CsvColumns {
  /** What each column is called: its header, or 'Column 1'. */
  readonly names: readonly string[];
  /** A few rows after the header. */
  readonly rows: readonly (readonly string[])[];
}

const pathNames = [
  'path',
  'file',
  'filename',
  'file_name',
  'filepath',
  'image',
  'image_path',
  'img',
  'picture',
  'name',
];
const labelNames = [
  'label',
  'class',
  'category',
  'target',
  'class_name',
  'classname',
  'y',
  'species',
  'diagnosis',
];
const partNames = ['split', 'set', 'subset', 'part', 'partition', 'fold'];
const words: Readonly<Record<string, Part>> = {
  train: 'train',
  training: 'train',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  dev: 'validation',
  test: 'test',
  testing: 'test',
};

/** The part that a cell names; undefined where it names none. */
export const partOfCell = (cell: string): Part | undefined => {
  const word = cell.trim().toLowerCase();
  return Object.hasOwn(words, word) ? words[word] : undefined;
};

const looksLikePath = (cell: string) => /\.(png|jpe?g|webp)$/i.test(cell.trim());

function firstRows(text: string, separator: Separator, count: number): CsvRow[] {
  const rows: CsvRow[] = [];
  for (const row of readCsv(text, separator)) {
    rows.push(row);
    if (rows.length === count) break;
  }
  return rows;
}

/** @throws AppError('data/csv') where no column holds paths of pictures, or there is no other beside it */
export function guessColumns(text: string): CsvGuess {
  const separator = separatorOf(text);
  const rows = firstRows(text, separator, 50);
  const [first] = rows;
  if (!first) throw new AppError('data/csv', 'The file is empty: expected rows of a path and a label.');
  const header = !first.cells.some(looksLikePath);
  const width = first.cells.length;
  const titles = first.cells.map((cell) => cell.trim().toLowerCase());
  const body = header ? rows.slice(1) : rows;
  const share = (column: number, is: (cell: string) => boolean) =>
    body.filter(({ cells }) => is(cells[column] ?? '')).length / Math.max(1, body.length);
  const columns = Array.from({ length: width }, (_, i) => i);
  const named = (names: readonly string[]) =>
    header ? columns.find((i) => names.includes(titles[i] ?? '')) : undefined;
  const best = columns.reduce((a, b) => (share(b, looksLikePath) > share(a, looksLikePath) ? b : a), 0);
  const path = share(best, looksLikePath) > 0 ? best : named(pathNames);
  if (path === undefined)
    throw new AppError('data/csv', 'No column holds paths of pictures.', {
      hint: 'Expected rows as: folder/picture.png,label. Paths end in .png, .jpg, .jpeg or .webp.',
    });
  const rest = columns.filter((i) => i !== path);
  const part =
    rest.find((i) => named(partNames) === i) ??
    rest.find((i) => share(i, (c) => partOfCell(c) !== undefined) === 1);
  const label = rest.find((i) => named(labelNames) === i && i !== part) ?? rest.find((i) => i !== part);
  if (label === undefined)
    throw new AppError(
      'data/csv',
      `There is no column of labels beside that of paths: expected at least 2 columns, received ${width}.`,
    );
  return {
    ...{ separator, header, path, label, part: part ?? null },
    names: columns.map((i) => (header && first.cells[i]?.trim()) || `Column ${i + 1}`),
    rows: body.slice(0, 5).map(({ cells }) => cells),
  };
}

/**
 * 'PATH,LABEL' or 'PATH,LABEL,PART': names of columns, or numbers counted from 1.
 * @throws AppError('data/columns') with the columns there are
 */
export function columnsFrom({ names, separator, header }: CsvGuess, words: string): CsvColumns {
  const given = words.split(',').map((word) => word.trim());
  const found = given.map((word) => {
    const named = names.indexOf(word);
    if (named >= 0) return named;
    const number = /^\d+$/.test(word) ? Number(word) - 1 : -1;
    return number < names.length ? number : -1;
  });
  const [path, label, part = null] = found;
  const isOdd = found.includes(-1) || new Set(found).size < found.length || found.length > 3;
  if (path === undefined || label === undefined || isOdd)
    throw new AppError(
      'data/columns',
      `Expected two or three different columns, PATH,LABEL[,PART], received '${words}'.`,
      { hint: `Columns: ${names.join(', ')}.` },
    );
  return { separator, header, path, label, part };
}
