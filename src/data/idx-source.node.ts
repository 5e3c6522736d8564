/** Data sets in LeCun's four IDX files: each verified against a sum that is known. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { AppError, describeError } from '../base/errors.ts';
import type { DatasetFacts, DatasetSource, ImageSet, Spread } from './dataset.ts';
import { readIdx } from './idx.ts';

export const idxNames = [
  'train-images-idx3-ubyte',
  'train-labels-idx1-ubyte',
  't10k-images-idx3-ubyte',
  't10k-labels-idx1-ubyte',
] as const;
export type IdxName = (typeof idxNames)[number];

export interface IdxFacts extends DatasetFacts, Spread {
  /** sha256 of the four files, unpacked. */
  readonly sha256: Readonly<Record<IdxName, string>>;
  /** Folders to look in, in order. */
  folders(): readonly string[];
  /** Where NAME.gz can be fetched; absent: it comes with the installation. */
  readonly url?: string;
}

const has = (folder: string, name: string) =>
  existsSync(join(folder, name)) || existsSync(join(folder, `${name}.gz`));

async function readVerified(facts: IdxFacts, folder: string, name: IdxName): Promise<[Uint8Array, string]> {
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
  if (sum !== facts.sha256[name])
    throw new AppError(
      'data/altered',
      `${file} is not the official file of ${facts.title}: expected sha256 ${facts.sha256[name].slice(0, 12)}… , received ${sum.slice(0, 12)}….`,
      { hint: 'It was cut short or altered; fetch it again.' },
    );
  return [bytes, file];
}

async function readSet(facts: IdxFacts, folder: string, part: 'train' | 't10k'): Promise<ImageSet> {
  const [imageBytes, imageFile] = await readVerified(facts, folder, `${part}-images-idx3-ubyte`);
  const [labelBytes, labelFile] = await readVerified(facts, folder, `${part}-labels-idx1-ubyte`);
  const images = readIdx(imageBytes, 3, imageFile);
  const labels = readIdx(labelBytes, 1, labelFile);
  const [count = 0, height = 0, width = 0] = images.shape;
  return { images: images.data, labels: labels.data, count, height, width, channels: 1 };
}

export function idxSource(facts: IdxFacts): DatasetSource {
  const { sha256, folders, url, ...known } = facts;
  return {
    ...known,
    // Data sets share file names, so the folder that says which it is comes first.
    locate: (named) =>
      (named === undefined ? folders() : [join(named, facts.id), named]).find((folder) =>
        idxNames.every((name) => has(folder, name)),
      ),
    places: () => folders().join(', ') || 'node_modules',
    async read(folder) {
      const [train, test] = await Promise.all([
        readSet(facts, folder, 'train'),
        readSet(facts, folder, 't10k'),
      ]);
      return { train, test };
    },
    cacheKey: (folder) =>
      idxNames.every((name) => existsSync(join(folder, name)))
        ? undefined
        : JSON.stringify([facts.id, facts.shape, idxNames.map((name) => sha256[name])]),
    ...(url !== undefined && {
      download: {
        url,
        files: idxNames.map((name) => ({
          name: `${name}.gz`,
          sum: { kind: 'unpacked-sha256' as const, hex: sha256[name] },
        })),
      },
    }),
  };
}
