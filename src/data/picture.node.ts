import sharp from 'sharp';
import { AppError, describeError } from '../base/errors.ts';

export interface Picture {
  /** [height, width, channels], bytes. */
  readonly data: Uint8Array;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

const MAX_PIXELS = 64_000_000;

/**
 * A PNG, JPEG, WebP, GIF or TIFF file as grey (1) or RGB (3); transparency on white.
 * @throws AppError where it is no picture, damaged, or over 64 megapixels
 */
export async function readPicture(file: string, channels: number): Promise<Picture> {
  try {
    const image = sharp(file, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
      .rotate()
      .flatten({ background: 'white' });
    const { data, info } = await (channels === 1 ? image.greyscale() : image.toColourspace('srgb'))
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { data: new Uint8Array(data), height: info.height, width: info.width, channels: info.channels };
  } catch (cause) {
    throw new AppError(
      'picture/unreadable',
      `${file} cannot be read as a picture: ${describeError(cause)}.`,
      {
        hint: 'PNG, JPEG, WebP, GIF and TIFF files of at most 64 megapixels can.',
        cause,
      },
    );
  }
}
