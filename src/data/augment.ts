/** Random changes of a training picture that leave what it shows: other ones every epoch, the same for a seed. */
import { AppError } from '../base/errors.ts';
import { hashPlace, threefry } from '../base/random.ts';

export interface Augmentation {
  /** Mirrors every second picture, left to right. */
  readonly flip?: boolean;
  /**
   * Pads by so many black pixels on each side and crops the old size anywhere in it: moved by up to so many pixels.
   * He et al. 2015, section 4.2, for 32² with 4.
   */
  readonly shift?: number;
  /**
   * Side of a square that is black, its centre anywhere in the picture: at the border less of it is left. DeVries &
   * Taylor 2017, who fill with the mean.
   */
  readonly cutout?: number;
}

/**
 * What happens to one picture: `out[y][x]` is what was at [y + down][x + right], mirrored after that; a square is cut
 * out of it last.
 */
export interface Draw {
  readonly down: number;
  readonly right: number;
  readonly mirrored: boolean;
  /** Where the square's centre lies, as shares of height and width in [0, 1). */
  readonly centre: readonly [number, number];
}

export const changesNothing = ({ flip = false, shift = 0, cutout = 0 }: Augmentation = {}): boolean =>
  !flip && shift === 0 && cutout === 0;

/** @throws AppError('data/augment') for a shift or a square that leaves nothing of the picture, or is none */
export function checkAugmentation(
  { shift = 0, cutout = 0 }: Augmentation,
  [h, w]: readonly [number, number, number],
): void {
  const most = Math.min(h, w) - 1;
  for (const [name, value] of Object.entries({ Shift: shift, 'Cut-out': cutout }))
    if (!Number.isInteger(value) || value < 0 || value > most)
      throw new AppError(
        'data/augment',
        `${name}: expected a whole number from 0 to ${most} for pictures of ${h} × ${w}, received ${value}.`,
      );
}

const place = hashPlace('augment') | 0;
const cutoutPlace = hashPlace('cutout') | 0;
const words = new Uint32Array(4);

/** A pure function of (seed, epoch, number of the picture in its set): neither batches nor order matter. */
export function draw(seed: number, epoch: number, picture: number, { flip, shift = 0 }: Augmentation): Draw {
  const [low, high] = [seed | 0, Math.floor(seed / 2 ** 32) | 0];
  threefry(words, picture, 0, 0, 0, low, high, epoch, place);
  const [first = 0, second = 0, third = 0] = words;
  const offset = (word: number) => Math.floor((word / 2 ** 32) * (2 * shift + 1)) - shift;
  threefry(words, picture, 0, 0, 0, low, high, epoch, cutoutPlace);
  const [down = 0, right = 0] = words;
  return {
    mirrored: flip === true && first >= 2 ** 31,
    ...{ down: offset(second), right: offset(third) },
    centre: [down / 2 ** 32, right / 2 ** 32],
  };
}

/** Writes `picture` [h, w, c] to `out` as drawn; `black`: the value of each channel where nothing was. */
export function augmentInto(
  out: Float32Array,
  picture: Float32Array,
  [h, w, c]: readonly [number, number, number],
  { down, right, mirrored }: Draw,
  black: Float32Array,
): void {
  // Where what is drawn lies within the picture, before it is mirrored.
  const [begin, end] = [Math.max(0, -right), Math.min(w, w - right)];
  for (let y = 0; y < h; y++) {
    const from = ((y + down) * w + right) * c;
    const inside = y + down >= 0 && y + down < h;
    for (let x = 0; x < w; x++) {
      const to = (y * w + (mirrored ? w - 1 - x : x)) * c;
      if (inside && x >= begin && x < end)
        for (let k = 0; k < c; k++) out[to + k] = picture[from + x * c + k] as number;
      else for (let k = 0; k < c; k++) out[to + k] = black[k] as number;
    }
  }
}

/** Blackens a square of side `cutout` in place. */
export function cutOut(
  picture: Float32Array,
  [h, w, c]: readonly [number, number, number],
  cutout: number,
  { centre }: Draw,
  black: Float32Array,
): void {
  const within = (share: number, size: number): readonly [number, number] => {
    const begin = Math.floor(share * size) - (cutout >> 1);
    return [Math.max(0, begin), Math.min(size, begin + cutout)];
  };
  const [top, bottom] = within(centre[0], h);
  const [left, right] = within(centre[1], w);
  for (let y = top; y < bottom; y++)
    for (let at = (y * w + left) * c; at < (y * w + right) * c; at++) picture[at] = black[at % c] as number;
}
