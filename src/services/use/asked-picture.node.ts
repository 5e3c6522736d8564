/** From what a page sends to the bytes of one picture. */
import { AppError } from '../../base/errors.ts';
import { hasBrightBorder } from '../../data/border.ts';
import type { ImageSet } from '../../data/dataset.ts';
import { fitTo } from '../../data/fit.ts';
import { decodePicture, type Picture, withChannels } from '../../data/picture.node.ts';
import { createRender } from '../../data/render.ts';
import type { AskedPicture } from '../contract.ts';
import type { Trained } from './trained.node.ts';

export interface Asked {
  /** As it came, with the channels that the network wants or one. */
  readonly picture: Picture;
  readonly notes: readonly string[];
}

async function read(asked: AskedPicture): Promise<Asked> {
  if ('file' in asked) {
    const { picture, further } = await decodePicture(Buffer.from(asked.file, 'base64'));
    return {
      picture,
      notes: further > 0 ? [`The file holds ${further + 1} pictures; the first was taken.`] : [],
    };
  }
  const { height, width, channels } = asked;
  const data = new Uint8Array(Buffer.from(asked.pixels, 'base64'));
  const expected = height * width * channels;
  if (data.length !== expected)
    throw new AppError(
      'picture/pixels',
      `Expected ${expected} bytes for ${width} × ${height} pixels of ${channels}, received ${data.length}.`,
    );
  return { picture: { data, height, width, channels }, notes: [] };
}

/** @throws AppError('picture/unreadable' | 'picture/pixels') */
export async function askedPicture(asked: AskedPicture, channels: number, invert: boolean): Promise<Asked> {
  const { picture, notes } = await read(asked);
  const fitting = withChannels(picture, channels);
  return { notes, picture: invert ? { ...fitting, data: fitting.data.map((v) => 255 - v) } : fitting };
}

const setOf = (picture: Picture): ImageSet => ({
  ...{ height: picture.height, width: picture.width, channels: picture.channels },
  ...{ images: picture.data, labels: Uint8Array.of(0), count: 1 },
});

/** One picture as the network is fed it: [h, w, c], and the same as bytes for showing. */
export function seenBy(
  { shape, mean, std, fit }: Pick<Trained, 'shape' | 'mean' | 'std' | 'fit'>,
  picture: Picture,
) {
  const set = setOf(fit ? fitTo(picture, shape, fit) : picture);
  const size = shape[0] * shape[1] * shape[2];
  const rendered = (spread: Pick<Trained, 'mean' | 'std'>) => {
    const out = new Float32Array(size);
    createRender({ set, shape, ...spread, seed: 0 })(out, 0, 0);
    return out;
  };
  return {
    images: rendered({ mean, std }),
    bytes: Uint8Array.from(rendered({ mean: 0, std: 1 }), (value) => Math.round(value * 255)),
  };
}

/** Pictures of MNIST and Fashion-MNIST have a mean of 0.13 and 0.29, photographs one near 0.5. */
const DARK_MEAN = 0.35;

/** Its border is bright, and what the network learned lies on black. */
export function isStrangelyBright(
  { source, shape }: Pick<Trained, 'source' | 'shape'>,
  picture: Picture,
): boolean {
  const isDark =
    source !== undefined && shape[2] === 1 && [source.mean].flat().every((mean) => mean < DARK_MEAN);
  return isDark && hasBrightBorder(picture);
}
