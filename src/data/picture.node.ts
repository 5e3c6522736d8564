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

/**
 * A PNG, JPEG, WebP, GIF or TIFF file with the channels it has: grey (1) or RGB (3). Transparency lies on white, a
 * camera's rotation is applied, 16 bits become 8, of an animation the first picture is read.
 * @throws AppError('picture/unreadable') where it is no picture, damaged, or too large; sizes are checked before decoding
 */
export async function readImage(file: string): Promise<Picture> {
  try {
    const { size } = await stat(file);
    if (size > MAX_BYTES) throw unreadable(file, `it has ${(size / 1e6).toFixed(0)} MB`);
    const image = sharp(file, { limitInputPixels: MAX_PIXELS, failOn: 'error' });
    const { format, width: w, height: h, space } = await image.metadata();
    if (!formats.includes(format)) throw unreadable(file, `it is of kind ${format}`);
    if (w * h > MAX_PIXELS) throw unreadable(file, `it has ${w} × ${h} pixels`);
    const { data, info } = await image
      .rotate()
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const { height, width, channels } = info;
    const picture = { data: new Uint8Array(data), height, width, channels };
    return space === 'b-w' || space === 'grey16' ? toGrey(picture) : picture;
  } catch (cause) {
    throw cause instanceof AppError ? cause : unreadable(file, describeError(cause), cause);
  }
}

/**
 * `readImage` with the channels that a network wants: 1 is grey, otherwise RGB.
 * @throws AppError as `readImage`
 */
export async function readPicture(file: string, channels: number): Promise<Picture> {
  const picture = await readImage(file);
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
