/** What is known of every picture of a set: compact arrays and one table of names, kept in the cache. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describeError } from '../../base/errors.ts';
import { readCache, writeCache } from '../cache.node.ts';
import { cacheHome } from '../home.node.ts';

/** Sorted by name. A picture's bytes are decoded again where its size or its time has changed. */
export interface PictureIndex {
  readonly names: Uint8Array;
  readonly ends: Uint32Array;
  readonly sizes: Uint32Array;
  readonly modified: Float64Array;
  /** As shown. */
  readonly heights: Uint32Array;
  readonly widths: Uint32Array;
  /** 1: it has no colour. */
  readonly grey: Uint8Array;
  readonly labels: Uint16Array;
  /** Of `parts` in report.ts. */
  readonly parts: Uint8Array;
}

const kinds = {
  names: Uint8Array,
  ends: Uint32Array,
  sizes: Uint32Array,
  modified: Float64Array,
  heights: Uint32Array,
  widths: Uint32Array,
  grey: Uint8Array,
  labels: Uint16Array,
  parts: Uint8Array,
} as const;
type Name = keyof typeof kinds;
const order = Object.keys(kinds) as Name[];

const bytesOf = (array: ArrayBufferView) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

export const indexFile = (id: string, folder = join(cacheHome(), 'cache')) =>
  join(folder, `${id.replace(':', '-')}.index`);

/** What a training on it depends on: which files, of what size, class and part. */
export function fingerprintOf(index: PictureIndex): string {
  const hash = createHash('sha256');
  for (const name of ['names', 'ends', 'sizes', 'labels', 'parts'] as const)
    hash.update(bytesOf(index[name]));
  return hash.digest('hex');
}

/** @throws AppError('file/write') */
export async function writeIndex(file: string, index: PictureIndex): Promise<void> {
  const lengths = Uint32Array.from(order, (name) => index[name].length);
  await writeCache(file, 'picture index 1', [bytesOf(lengths), ...order.map((name) => bytesOf(index[name]))]);
}

export type IndexRead =
  | { readonly state: 'whole'; readonly index: PictureIndex }
  | { readonly state: 'none' }
  | { readonly state: 'damaged'; readonly why: string };

/** Never throws. */
export async function readIndex(file: string): Promise<IndexRead> {
  const read = await readCache(file, 'picture index 1');
  if (read.state !== 'whole') return read;
  try {
    return { state: 'whole', index: cut(read.content) };
  } catch (error) {
    return { state: 'damaged', why: describeError(error) };
  }
}

function cut(content: Uint8Array): PictureIndex {
  // Copied, so that every array begins where its kind may.
  const { buffer } = new Uint8Array(content);
  const lengths = new Uint32Array(buffer, 0, order.length);
  let at = lengths.byteLength;
  const arrays = order.map((name, i) => {
    const Kind = kinds[name];
    const size = (lengths[i] as number) * Kind.BYTES_PER_ELEMENT;
    const array = new Kind(buffer.slice(at, at + size));
    at += size;
    return [name, array];
  });
  if (at !== content.length) throw new Error(`expected ${at} bytes, received ${content.length}`);
  return Object.fromEntries(arrays) as unknown as PictureIndex;
}
