/** From files to bytes in one size. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sharp } from 'sharp';
import { AppError, describeError } from '../base/errors.ts';
import type { EncodedSet, FileTable, Fit } from './dataset.ts';
import { toGrey } from './grey.ts';
import type { Decode } from './window.ts';

/** Pictures of more are refused before anything is decoded. */
export const MAX_PIXELS = 64_000_000;
export const MAX_FILE_BYTES = 64_000_000;
/** One picture may take so long before it is given up. */
export const MAX_SECONDS = 60;
/** What sharp names them. SVG and PDF are left out: they are programs more than pictures. */
const formats: readonly string[] = ['png', 'jpeg', 'webp', 'gif', 'tiff'];

/** Decoded at once for each thread that makes batches: one is read while another is decoded. */
const AT_ONCE = 2;

/** Only pictures in files need it, so it is not loaded for others. */
async function loadSharp() {
  const { default: sharp } = await import('sharp');
  // Threads are ours to count, and no picture comes twice before the next epoch.
  sharp.concurrency(1);
  sharp.cache(false);
  return sharp;
}

export interface Opened {
  readonly image: Sharp;
  /** As shown: a camera's rotation is applied. */
  readonly width: number;
  readonly height: number;
  readonly grey: boolean;
}

/** @throws Error whose message says why it is no picture that can be read */
export async function openPicture(bytes: Uint8Array): Promise<Opened> {
  const sharp = await loadSharp();
  const image = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error', animated: false });
  const { format, width, height, space, autoOrient } = await image.metadata();
  if (!formats.includes(format)) throw new Error(`it is of kind ${format}`);
  if (width * height > MAX_PIXELS) throw new Error(`it has ${width} × ${height} pixels`);
  return {
    image,
    width: autoOrient.width,
    height: autoOrient.height,
    grey: space === 'b-w' || space === 'grey16',
  };
}

export interface Wanted {
  readonly height: number;
  readonly width: number;
  /** 1: grey, 3: RGB. */
  readonly channels: number;
  readonly fit: Fit;
}

/**
 * [height, width, channels]. Transparency lies on white, what is padded is black; resized by the triangle filter,
 * widened when a picture shrinks.
 */
export async function decodePicture(opened: Opened, wanted: Wanted): Promise<Uint8Array> {
  const { height, width, channels, fit } = wanted;
  const { data, info } = await opened.image
    .autoOrient()
    .flatten({ background: 'white' })
    .resize(width, height, {
      fit: fit === 'crop' ? 'cover' : 'contain',
      position: 'centre',
      background: 'black',
      kernel: 'linear',
    })
    .toColourspace('srgb')
    .timeout({ seconds: MAX_SECONDS })
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const made = { data: new Uint8Array(data.buffer, data.byteOffset, data.length), height, width };
  return withChannels({ ...made, channels: info.channels }, channels);
}

/** Of 1 or 3 channels 1 or 3; a fourth, which is no colour, is dropped. */
function withChannels(
  picture: { data: Uint8Array; height: number; width: number; channels: number },
  channels: number,
): Uint8Array {
  const { data, channels: has } = picture;
  if (has === channels) return data;
  if (channels === 1) return has < 3 ? everyFirst(data, has) : toGrey(picture).data;
  const from = has < 3 ? [0, 0, 0] : [0, 1, 2];
  const out = new Uint8Array((data.length / has) * 3);
  for (let p = 0; p < out.length / 3; p++)
    for (let k = 0; k < 3; k++) out[3 * p + k] = data[p * has + (from[k] as number)] as number;
  return out;
}

const everyFirst = (data: Uint8Array, has: number) =>
  Uint8Array.from({ length: data.length / has }, (_, i) => data[i * has] as number);

const utf8 = new TextDecoder();

/** The name of a file below the table's root. */
export function nameOf({ names, ends }: FileTable, place: number): string {
  const begin = place === 0 ? 0 : (ends[place - 1] as number);
  // A decoder refuses memory that threads share.
  return utf8.decode(names.slice(begin, ends[place]));
}

async function decodeOne(set: EncodedSet, index: number): Promise<Uint8Array> {
  const { files, places } = set;
  const place = places[index] as number;
  const file = join(files.root, nameOf(files, place));
  try {
    const bytes = await readFile(file);
    if (bytes.length !== files.sizes[place])
      throw new Error(`it had ${files.sizes[place]} bytes when it was added and has ${bytes.length} now`);
    return await decodePicture(await openPicture(bytes), set);
  } catch (cause) {
    throw new AppError('data/picture', `${file} cannot be read any more: ${describeError(cause)}.`, {
      hint: 'It was moved or changed since the pictures were added: add their folder again.',
      cause,
    });
  }
}

/** Several at once; the first that fails is told when none is under way any more. */
export const decodeFiles: Decode = async (set, indices, out) => {
  const size = set.height * set.width * set.channels;
  let next = 0;
  let failure: unknown;
  const work = async () => {
    while (next < indices.length && failure === undefined) {
      const slot = next++;
      try {
        out.set(await decodeOne(set, indices[slot] as number), slot * size);
      } catch (error) {
        failure ??= error;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (failure !== undefined) throw failure;
};
