/** Adds a person's own pictures: lists them, looks at each, divides them, measures their spread, registers them. */

import { stat } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import { AppError } from '../../base/errors.ts';
import { permutation } from '../../base/random.ts';
import type { Fit, Spread } from '../dataset.ts';
import { decodeFiles } from '../decode.node.ts';
import { Histogram } from '../normalise.ts';
import { pick } from '../split.ts';
import { decoded } from '../window.ts';
import { stopIfCancelled } from './cancel.ts';
import type { CsvColumns } from './csv-columns.ts';
import { suitableSize } from './divide.ts';
import { fingerprintOf } from './index-file.node.ts';
import { type Indexed, indexed } from './indexed.node.ts';
import { guessCsv } from './list-csv.node.ts';
import { partOfIndex } from './part.ts';
import { idFor, keep, type Registration } from './registration.node.ts';
import { parts, type Watch } from './report.ts';

export interface AddOptions extends Watch {
  /** After the folder or file where not given. */
  readonly title?: string;
  readonly fit?: Fit;
  /** Of a CSV; guessed where not given. */
  readonly columns?: CsvColumns;
}

/** Whether a place is a CSV rather than a folder. @throws AppError('data/folder') where there is nothing */
export async function isCsvPlace(place: string): Promise<boolean> {
  const about = await stat(place).catch((cause: NodeJS.ErrnoException) => {
    throw new AppError(
      'data/folder',
      `${place} cannot be opened: ${cause.code === 'ENOENT' ? 'there is nothing' : (cause.code ?? cause.message)}.`,
      { cause },
    );
  });
  if (about.isFile() && !['.csv', '.tsv', '.txt'].includes(extname(place).toLowerCase()))
    throw new AppError('data/folder', `${place} is neither a folder nor a CSV.`, {
      hint: 'Name a folder that has a folder of pictures for each class, or a CSV of paths and labels.',
    });
  return about.isFile();
}

/** So many training pictures tell the spread: the seed's first. */
const SAMPLE = 2000;
const CHUNK = 64;

async function spreadOf(
  found: Indexed,
  shape: Registration['shape'],
  seed: number,
  fit: Fit,
  watch: Watch,
): Promise<Spread> {
  const train = partOfIndex(found.index, 'train', { root: found.root, fit, shape });
  const chosen = permutation(train.count, seed, 0, 'own/spread').subarray(0, SAMPLE);
  const histogram = new Histogram(shape[2]);
  for (let from = 0; from < chosen.length; from += CHUNK) {
    stopIfCancelled(watch.signal);
    histogram.add(
      await decoded(pick(train, chosen.subarray(from, from + CHUNK)), [shape[0], shape[1]], decodeFiles),
    );
    watch.onProgress?.({
      phase: 'measuring',
      done: Math.min(from + CHUNK, chosen.length),
      total: chosen.length,
      broken: found.leftOut.count,
    });
  }
  return histogram.spread();
}

/**
 * Registers the pictures of a folder, or those that a CSV names; a place that is registered already is looked at
 * again. No picture is copied or changed.
 * @throws AppError: nothing to use there, cancelled, not to be written
 */
export async function addPictures(given: string, options: AddOptions = {}): Promise<Registration> {
  const { fit = 'crop', signal, onProgress } = options;
  const watch: Watch = { ...(signal && { signal }), ...(onProgress && { onProgress }) };
  const place = resolve(given);
  const columns = (await isCsvPlace(place)) ? (options.columns ?? columnsOf(await guessCsv(place))) : null;
  const title = options.title?.trim() || basename(place, columns ? extname(place) : '') || place;
  const of = { id: idFor(title, place), place, columns, seed: 1 };
  const found = await indexed(of, watch);
  const { index, classes, leftOut } = found;
  const channels = index.grey.every((grey) => grey === 1) ? 1 : 3;
  const shape: Registration['shape'] = [...suitableSize(index.heights, index.widths), channels];
  const spread = await spreadOf(found, shape, of.seed, fit, watch);
  const counts = Object.fromEntries(
    parts.map((part, i) => [part, index.parts.filter((p) => p === i).length]),
  ) as Registration['counts'];
  const classCounts = new Array<number>(classes.length).fill(0);
  for (const label of index.labels) classCounts[label] = (classCounts[label] ?? 0) + 1;
  const registration: Registration = {
    formatVersion: 1,
    ...of,
    ...{
      title: title.slice(0, 200),
      fit,
      divided: found.divided,
      classes: [...classes],
      classCounts,
      shape,
      counts,
    },
    ...{ mean: [...spread.mean], std: [...spread.std], fingerprint: fingerprintOf(index) },
    leftOut: { count: leftOut.count, named: leftOut.sorted() },
    notes: [...found.notes],
    addedAt: new Date().toISOString(),
  };
  await keep(registration);
  return registration;
}

const columnsOf = ({ separator, header, path, label, part }: CsvColumns): CsvColumns => ({
  separator,
  header,
  path,
  label,
  part,
});
