/** Reads a picture that a person names. */
import { stat } from 'node:fs/promises';
import sharp from 'sharp';
import { AppError, describeError } from '../base/errors.ts';
import { type Picture, toGrey } from './grey.ts';

export { type Picture, toGrey } from './grey.ts';

const MAX_PIXELS = 64_000_000;
const MAX_BYTES = 64_000_000;
/** What sharp names them. SVG and PDF are left out: they are programs more than pictures. */
const formats: readonly string[] = ['png', 'jpeg', 'webp', 'gif', 'tiff'];

function unreadable(file: string, why: string, cause?: unknown): AppError {
  return new AppError('picture/unreadable', `${file} cannot be read as a picture: ${why}.`, {
    hint: 'PNG, JPEG, WebP, GIF and TIFF files of at most 64 megapixels and 64 MB can.',
    cause,
  });
}

/** A picture that was read, and what of its file is not in it. */
export interface ReadPicture {
  readonly picture: Picture;
  /** Further pictures of an animation or of several pages. */
  readonly further: number;
}

/**
 * A PNG, JPEG, WebP, GIF or TIFF file, or the bytes of one, with the channels it has: grey (1) or RGB (3).
 * Transparency lies on white, a camera's rotation is applied, 16 bits become 8, of an animation the first picture is
 * read.
 * @throws AppError('picture/unreadable') where it is no picture, damaged, or too large; sizes are checked before decoding
 */
export async function decodePicture(source: string | Uint8Array): Promise<ReadPicture> {
  const name = typeof source === 'string' ? source : 'It';
  try {
    const size = typeof source === 'string' ? (await stat(source)).size : source.length;
    if (size > MAX_BYTES) throw unreadable(name, `it has ${(size / 1e6).toFixed(0)} MB`);
    const image = sharp(source, { limitInputPixels: MAX_PIXELS, failOn: 'error' });
    const { format, width: w, height: h, space, pages = 1 } = await image.metadata();
    if (!formats.includes(format)) throw unreadable(name, `it is of kind ${format}`);
    if (w * h > MAX_PIXELS) throw unreadable(name, `it has ${w} × ${h} pixels`);
    const { data, info } = await image
      .rotate()
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const { height, width, channels } = info;
    const picture = { data: new Uint8Array(data), height, width, channels };
    const isGrey = space === 'b-w' || space === 'grey16';
    return { picture: isGrey ? toGrey(picture) : picture, further: pages - 1 };
  } catch (cause) {
    throw cause instanceof AppError ? cause : unreadable(name, describeError(cause), cause);
  }
}

/** `decodePicture` of a file, without what it says of others in it. */
export const readImage = async (file: string): Promise<Picture> => (await decodePicture(file)).picture;

/** The channels that a network wants: 1 is grey, otherwise RGB. */
export function withChannels(picture: Picture, channels: number): Picture {
  if (channels === 1) return toGrey(picture);
  if (picture.channels !== 1) return picture;
  const { data, height, width } = picture;
  return {
    data: Uint8Array.from({ length: 3 * data.length }, (_, i) => data[Math.floor(i / 3)] as number),
    height,
    width,
    channels: 3,
  };
}

/** @throws AppError as `decodePicture` */
export const readPicture = async (file: string, channels: number): Promise<Picture> =>
  withChannels(await readImage(file), channels);
