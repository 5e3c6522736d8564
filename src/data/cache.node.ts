/**
 * Verified bytes kept on disk: magic (8 bytes), length (u64, little-endian), sha256 of the key, sha256 of the content,
 * content. A cache is never needed: what fails is a warning to the caller, and the content is built again.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describeError, invariant } from '../base/errors.ts';
import { writeFileSafely } from '../base/files.node.ts';
import { asBytes, type Dataset, type DatasetSource, type ImageSet, type PictureSet } from './dataset.ts';
import { cacheHome } from './home.node.ts';
import { assemble, loadDataset } from './load.node.ts';

const MAGIC = Buffer.from('STEMMAC1');
const HEADER = MAGIC.length + 8 + 32 + 32;
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest();

export type CacheRead =
  | { readonly state: 'whole'; readonly content: Uint8Array }
  /** Not there, or of another key: nothing to tell. */
  | { readonly state: 'none' }
  | { readonly state: 'damaged'; readonly why: string };

/** Never throws. */
export async function readCache(file: string, key: string): Promise<CacheRead> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { state: 'none' };
    return { state: 'damaged', why: describeError(error) };
  }
  if (bytes.length < HEADER || !bytes.subarray(0, 8).equals(MAGIC))
    return { state: 'damaged', why: `expected a header of ${HEADER} bytes, received none` };
  const expected = Number(bytes.readBigUInt64LE(8));
  const content = bytes.subarray(HEADER);
  if (content.length !== expected)
    return { state: 'damaged', why: `expected ${expected} bytes, received ${content.length}` };
  if (!bytes.subarray(16, 48).equals(sha256(key))) return { state: 'none' };
  if (!bytes.subarray(48, 80).equals(sha256(content)))
    return { state: 'damaged', why: 'its checksum does not fit its content' };
  return { state: 'whole', content };
}

/** @throws AppError('file/write') or what the folder could not be made for */
export async function writeCache(file: string, key: string, parts: readonly Uint8Array[]): Promise<void> {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(parts.reduce((sum, part) => sum + part.length, 0)));
  await mkdir(dirname(file), { recursive: true });
  await writeFileSafely(file, [Buffer.concat([MAGIC, length, sha256(key), hash.digest()]), ...parts]);
}

export interface LoadedDataset {
  readonly dataset: Dataset;
  readonly fromCache: boolean;
  /** Sentences for the person: a cache that was damaged, or could not be written. */
  readonly warnings: readonly string[];
}

export interface CachedLoadOptions {
  /** A folder that the person names is always read and verified itself. */
  readonly dataDir?: string;
  /** Where caches lie; our cache folder where not given. */
  readonly folder?: string;
}

/** Cuts the content into its sets; undefined where its length is another. */
function cut(source: DatasetSource, content: Uint8Array): { train: ImageSet; test: ImageSet } | undefined {
  const [height, width, channels] = source.shape;
  const size = height * width * channels;
  const { trainCount, testCount } = source;
  if (content.length !== (trainCount + testCount) * (size + 1)) return undefined;
  let at = 0;
  const take = (length: number) => {
    at += length;
    return content.subarray(at - length, at);
  };
  const set = (count: number): ImageSet => {
    const images = take(count * size);
    return { images, labels: take(count), count, height, width, channels };
  };
  return { train: set(trainCount), test: set(testCount) };
}

/** What `cut` takes apart again. */
function bytesOf(set: PictureSet): [Uint8Array, Uint8Array] {
  const { images, labels } = asBytes(set);
  invariant(labels instanceof Uint8Array, 'only labels of one byte are cached');
  return [images, labels];
}

/**
 * `loadDataset`, with the unpacked pictures kept for the next time. Files that lie unpacked are read where they lie: a
 * copy would save nothing.
 * @throws AppError as `loadDataset`; never for the cache
 */
export async function loadDatasetCached(
  source: DatasetSource,
  options: CachedLoadOptions = {},
): Promise<LoadedDataset> {
  const { dataDir } = options;
  const where = dataDir === undefined ? source.locate() : undefined;
  const key = where === undefined ? undefined : source.cacheKey?.(where);
  if (key === undefined)
    return { dataset: await loadDataset(source, dataDir), fromCache: false, warnings: [] };
  const folder = options.folder ?? join(cacheHome(), 'cache');
  const file = join(folder, `${source.id}.bin`);
  const cached = await readCache(file, key);
  const sets = cached.state === 'whole' ? cut(source, cached.content) : undefined;
  if (sets) return { dataset: assemble(source, sets, folder), fromCache: true, warnings: [] };
  const warnings: string[] = [];
  if (cached.state === 'damaged')
    warnings.push(`The cache ${file} was damaged (${cached.why}); it is built again.`);
  const dataset = await loadDataset(source);
  try {
    await writeCache(file, key, [...bytesOf(dataset.train), ...bytesOf(dataset.test)]);
  } catch (error) {
    warnings.push(`${source.title} is used without a cache: ${describeError(error)}`);
  }
  return { dataset, fromCache: false, warnings };
}
