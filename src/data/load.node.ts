import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { AppError, describeError } from '../base/errors.ts';
import { type Dataset, type DatasetSource, type IdxName, type ImageSet, idxNames } from './dataset.ts';
import { readIdx } from './idx.ts';
import { shareSet } from './shared.ts';

const has = (folder: string, name: string) =>
  existsSync(join(folder, name)) || existsSync(join(folder, `${name}.gz`));

/**
 * The first folder that holds all four files; undefined where none does. Where a folder is named no other is looked
 * at: NAMED/ID, then NAMED itself (data sets share file names, so the one that says which it is comes first).
 */
export function locate(source: DatasetSource, named?: string): string | undefined {
  const folders = named === undefined ? source.folders() : [join(named, source.id), named];
  return folders.find((folder) => idxNames.every((name) => has(folder, name)));
}

/** @internal Whether all four files lie there unpacked. */
export function holdsUnpacked(folder: string): boolean {
  return idxNames.every((name) => existsSync(join(folder, name)));
}

async function readVerified(
  source: DatasetSource,
  folder: string,
  name: IdxName,
): Promise<[Uint8Array, string]> {
  const plain = join(folder, name);
  const file = existsSync(plain) ? plain : `${plain}.gz`;
  const raw = await readFile(file);
  let bytes: Uint8Array = raw;
  if (file.endsWith('.gz')) {
    try {
      bytes = gunzipSync(raw);
    } catch (cause) {
      throw new AppError('data/damaged', `${file} is damaged: ${describeError(cause)}.`, {
        hint: 'It may have been cut short; fetch it again.',
        cause,
      });
    }
  }
  const sum = createHash('sha256').update(bytes).digest('hex');
  if (sum !== source.sha256[name])
    throw new AppError(
      'data/altered',
      `${file} is not the official file of ${source.title}: expected sha256 ${source.sha256[name].slice(0, 12)}… , received ${sum.slice(0, 12)}….`,
      { hint: 'It was cut short or altered; fetch it again.' },
    );
  return [bytes, file];
}

async function readSet(source: DatasetSource, folder: string, part: 'train' | 't10k'): Promise<ImageSet> {
  const [imageBytes, imageFile] = await readVerified(source, folder, `${part}-images-idx3-ubyte`);
  const [labelBytes, labelFile] = await readVerified(source, folder, `${part}-labels-idx1-ubyte`);
  const images = readIdx(imageBytes, 3, imageFile);
  const labels = readIdx(labelBytes, 1, labelFile);
  const [count = 0, height = 0, width = 0] = images.shape;
  return { images: images.data, labels: labels.data, count, height, width, channels: 1 };
}

/**
 * Reads and verifies a data set.
 * @throws AppError: not found (with what to do), damaged, altered
 */
export async function loadDataset(source: DatasetSource, named?: string): Promise<Dataset> {
  const folder = locate(source, named);
  if (folder === undefined)
    throw new AppError(
      'data/missing',
      `${source.title} was not found in ${(named ?? source.folders().join(', ')) || 'node_modules'}.`,
      { hint: source.hint },
    );
  const [train, test] = await Promise.all([
    readSet(source, folder, 'train'),
    readSet(source, folder, 't10k'),
  ]);
  return assemble(source, train, test, folder);
}

/** @internal Pictures with what is known of their source, in memory that threads share. */
export function assemble(source: DatasetSource, train: ImageSet, test: ImageSet, folder: string): Dataset {
  const { id, title, classes, mean, std, licence } = source;
  return { id, title, classes, train: shareSet(train), test: shareSet(test), mean, std, licence, folder };
}
