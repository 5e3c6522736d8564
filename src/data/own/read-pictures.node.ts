/** Looks at every listed file once: what is no whole picture is left out by name. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describeError } from '../../base/errors.ts';
import { MAX_FILE_BYTES, MAX_SECONDS, nameOf, openPicture } from '../decode.node.ts';
import { stopIfCancelled } from './cancel.ts';
import type { PictureIndex } from './index-file.node.ts';
import { type LeftOutList, type Listed, type Listing, parts, type Watch } from './report.ts';

/** Node's pool reads and decodes on four threads; whoever serves a page meanwhile needs one. */
const AT_ONCE = 3;

interface Seen {
  readonly size: number;
  readonly modified: number;
  readonly height: number;
  readonly width: number;
  readonly grey: boolean;
}

/** Of an index, by name. */
export function remembered(index: PictureIndex | undefined): ReadonlyMap<string, Seen> {
  const known = new Map<string, Seen>();
  if (!index) return known;
  const table = { root: '', names: index.names, ends: index.ends, sizes: index.sizes };
  index.ends.forEach((_, i) => {
    known.set(nameOf(table, i), {
      size: index.sizes[i] as number,
      modified: index.modified[i] as number,
      height: index.heights[i] as number,
      width: index.widths[i] as number,
      grey: index.grey[i] === 1,
    });
  });
  return known;
}

async function look(file: string, known: Seen | undefined): Promise<Seen> {
  const { size, mtimeMs: modified } = await stat(file);
  if (known?.size === size && known.modified === modified) return known;
  if (size > MAX_FILE_BYTES)
    throw new Error(`it has ${Math.round(size / 1e6)} MB, at most ${MAX_FILE_BYTES / 1e6} can be read`);
  if (size === 0) throw new Error('it is empty');
  const { image, width, height, grey } = await openPicture(await readFile(file));
  // Every byte is decoded, to find what is cut short; of JPEGs to an eighth, which is faster.
  await image
    .resize(16, 16, { fit: 'fill', kernel: 'nearest' })
    .timeout({ seconds: MAX_SECONDS })
    .raw()
    .toBuffer();
  return { size, modified, height, width, grey };
}

export interface ReadPicture extends Listed {
  readonly seen: Seen;
}

/** sharp's words in ours: the last line is what went wrong. */
function wordsOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES') return 'it may not be read';
  const lines = describeError(error).split('\n');
  const last = lines.map((line) => line.trim()).findLast((line) => line !== '') ?? 'it cannot be decoded';
  if (last.endsWith('unsupported image format')) return 'it is no picture that can be read';
  return last.replace(/^Input [Bb]uffer /, 'its content ').replace(/:$/, '');
}

/** Puts those that can be used into `found`, at their places in the listing. @throws AppError('data/cancelled') */
export async function readPictures(
  { root, files }: Pick<Listing, 'root' | 'files'>,
  known: ReadonlyMap<string, Seen>,
  found: (ReadPicture | undefined)[],
  broken: LeftOutList,
  { signal, onProgress }: Watch = {},
): Promise<void> {
  const before = broken.count;
  const failed: number[] = [];
  let [next, done] = [0, 0];
  const work = async () => {
    while (next < files.length) {
      stopIfCancelled(signal);
      const at = next++;
      const listed = files[at] as Listed;
      try {
        found[at] = { ...listed, seen: await look(join(root, listed.name), known.get(listed.name)) };
      } catch {
        failed.push(at);
      }
      done++;
      onProgress?.({ phase: 'reading', done, total: files.length, broken: before + failed.length });
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
  for (const each of ended) if (each.status === 'rejected') throw each.reason;
  // libvips' words are those of the whole process: what failed is asked again alone, so that each gets its own.
  for (const at of failed.sort((a, b) => a - b)) {
    stopIfCancelled(signal);
    const listed = files[at] as Listed;
    try {
      found[at] = { ...listed, seen: await look(join(root, listed.name), undefined) };
    } catch (error) {
      broken.add(listed.name, wordsOf(error));
    }
  }
}

/** `pictures` sorted by name; `partAt` tells the part of each by its place. */
export function indexOf(
  pictures: readonly ReadPicture[],
  classes: readonly string[],
  partAt: (place: number) => (typeof parts)[number],
): PictureIndex {
  const encoder = new TextEncoder();
  const encoded = pictures.map(({ name }) => encoder.encode(name));
  const names = new Uint8Array(encoded.reduce((sum, { length }) => sum + length, 0));
  const ends = new Uint32Array(pictures.length);
  let end = 0;
  encoded.forEach((bytes, i) => {
    names.set(bytes, end);
    end += bytes.length;
    ends[i] = end;
  });
  const places = new Map(classes.map((name, i) => [name, i]));
  const seen = (of: (picture: Seen) => number) => pictures.map((picture) => of(picture.seen));
  return {
    ...{ names, ends },
    sizes: Uint32Array.from(seen((s) => s.size)),
    modified: Float64Array.from(seen((s) => s.modified)),
    heights: Uint32Array.from(seen((s) => s.height)),
    widths: Uint32Array.from(seen((s) => s.width)),
    grey: Uint8Array.from(seen((s) => (s.grey ? 1 : 0))),
    labels: Uint16Array.from(pictures, ({ className }) => places.get(className) as number),
    parts: Uint8Array.from(pictures, (_, i) => parts.indexOf(partAt(i))),
  };
}
