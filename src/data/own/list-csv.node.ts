/** A CSV of paths and labels. */
import { readFile, stat } from 'node:fs/promises';
import { dirname, posix } from 'node:path';
import { AppError, describeError } from '../../base/errors.ts';
import { stopIfCancelled } from './cancel.ts';
import { readCsv } from './csv.ts';
import { type CsvColumns, type CsvGuess, guessColumns, partOfCell } from './csv-columns.ts';
import { classOf } from './list-folder.node.ts';
import { LeftOutList, type Listed, type Listing, type Watch } from './report.ts';
import { isPictureName, MAX_PICTURES } from './walk.node.ts';

const MAX_CSV_BYTES = 256_000_000;

async function textOf(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > MAX_CSV_BYTES) throw new Error(`it has ${Math.round(size / 1e6)} MB, at most 256 can be read`);
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (cause) {
    const why =
      (cause as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
        ? 'it is no UTF-8 text'
        : describeError(cause);
    throw new AppError('data/csv', `${file} cannot be read: ${why}.`, { cause });
  }
}

/** An error of a line, with the file. */
function within(file: string, error: unknown): unknown {
  if (!(error instanceof AppError) || error.code !== 'data/csv') return error;
  const { code, message, hint } = error;
  return new AppError(code, `${file}: ${message}`, hint === undefined ? {} : { hint });
}

/** @throws AppError('data/csv') */
export async function guessCsv(file: string): Promise<CsvGuess> {
  const text = await textOf(file);
  try {
    return guessColumns(text);
  } catch (error) {
    throw within(file, error);
  }
}

/** A path from elsewhere, or of another machine, must not be opened: it may lead anywhere, over the network too. */
const isAbsolute = (path: string) => /^([/\\]|[A-Za-z]:|[A-Za-z][A-Za-z0-9+.-]+:)/.test(path);

/** Paths are relative to the CSV's folder. @throws AppError('data/csv') */
export async function listCsv(
  file: string,
  columns: CsvColumns,
  { signal, onProgress }: Watch = {},
): Promise<Listing> {
  const text = await textOf(file);
  const files: Listed[] = [];
  const seen = new Set<string>();
  const leftOut = new LeftOutList();
  let unnamed = 0;
  try {
    let first = columns.header;
    for (const { line, cells } of readCsv(text, columns.separator)) {
      if (first) {
        first = false;
        continue;
      }
      if (files.length % 1000 === 0) {
        stopIfCancelled(signal);
        onProgress?.({ phase: 'listing', done: files.length, total: 0, broken: 0 });
        await new Promise((resolve) => setImmediate(resolve));
      }
      const written = (cells[columns.path] ?? '').trim().replaceAll('\\', '/');
      // './a.png' and 'a.png' are one picture, which must not both train and judge.
      const path = written && posix.normalize(written);
      const className = classOf((cells[columns.label] ?? '').trim());
      const where = `line ${line}${written && `: ${written}`}`;
      if (path === '') leftOut.add(where, 'it names no file');
      else if (className === '') leftOut.add(where, 'it has no label');
      else if (isAbsolute(path)) leftOut.add(where, "its path is not relative to the CSV's folder");
      else if (!isPictureName(path)) leftOut.add(where, 'it is no PNG, JPEG or WebP by its name');
      else if (seen.has(path)) leftOut.add(where, 'the same file stands in a line above');
      else {
        seen.add(path);
        const cell = columns.part === null ? undefined : (cells[columns.part] ?? '');
        const part = cell === undefined ? undefined : partOfCell(cell);
        if (cell !== undefined && !part) {
          unnamed++;
          leftOut.add(where, `its part is '${cell.trim().slice(0, 40)}': expected train, val or test`);
        } else files.push({ name: path, className, part });
        if (files.length > MAX_PICTURES)
          throw new AppError(
            'data/too-many',
            `It names more than ${MAX_PICTURES.toLocaleString('en')} pictures.`,
          );
      }
    }
  } catch (error) {
    throw within(file, error);
  }
  const notes =
    unnamed > 0
      ? [`Left out for want of a part (train, val, test): ${unnamed} ${unnamed === 1 ? 'line' : 'lines'}.`]
      : [];
  return { root: dirname(file), files, classes: [], leftOut, notes };
}
