/** Pictures as bytes, and what is grey of them. */
import { AppError } from '../base/errors.ts';

export interface Picture {
  /** [height, width, channels], bytes. */
  readonly data: Uint8Array;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/**
 * Grey by ITU-R BT.601 luma, 0.299 R + 0.587 G + 0.114 B, in the 16-bit fixed point of Pillow's `convert('L')`;
 * a grey picture keeps its values exactly.
 */
export function toGrey(picture: Picture): Picture {
  const { data, height, width, channels } = picture;
  if (channels === 1) return picture;
  if (channels < 3)
    throw new AppError('picture/channels', `Expected 1 or at least 3 channels, received ${channels}.`);
  const grey = new Uint8Array(height * width);
  for (let i = 0; i < grey.length; i++) {
    const [r, g, b] = [data[i * channels], data[i * channels + 1], data[i * channels + 2]] as [
      number,
      number,
      number,
    ];
    grey[i] = (19595 * r + 38470 * g + 7471 * b + 32768) >> 16;
  }
  return { data: grey, height, width, channels: 1 };
}
