/** Mean and standard deviation by channel, of pictures in [0, 1]. */
import { AppError } from '../base/errors.ts';
import type { ImageSet, Spread } from './dataset.ts';

/** Pictures stay in [0, 1], as d2l has them. */
export const unit: Spread = { mean: [0], std: [1] };

/** How often each byte stands in each channel, of any number of sets. */
export class Histogram {
  readonly #channels: number;
  readonly #counts: Float64Array;
  #pixels = 0;

  constructor(channels: number) {
    this.#channels = channels;
    this.#counts = new Float64Array(256 * channels);
  }

  add({ images, count, height, width }: ImageSet): void {
    const channels = this.#channels;
    const values = count * height * width * channels;
    for (let i = 0; i < values; i++) {
      const at = (images[i] as number) * channels + (i % channels);
      this.#counts[at] = (this.#counts[at] as number) + 1;
    }
    this.#pixels += count * height * width;
  }

  /**
   * Population statistics, exact but for one rounding. A channel that never changes gets a deviation of 1: there is
   * nothing to spread.
   * @throws AppError('data/empty')
   */
  spread(): Spread {
    const pixels = this.#pixels;
    if (pixels === 0)
      throw new AppError('data/empty', 'Expected pictures to take the mean of, received none.', {
        hint: 'Name a data set with at least one picture.',
      });
    const moment = (channel: number, of: (byte: number) => number) => {
      let sum = 0;
      for (let byte = 0; byte < 256; byte++)
        sum += (this.#counts[byte * this.#channels + channel] as number) * of(byte);
      return sum / pixels;
    };
    const mean = Array.from({ length: this.#channels }, (_, c) => moment(c, (byte) => byte / 255));
    const std = mean.map((m, c) => Math.sqrt(moment(c, (byte) => (byte / 255 - m) ** 2)) || 1);
    return { mean, std };
  }
}

/** Of all pictures of a set. @throws AppError('data/empty') */
export function computeNormalisation(set: ImageSet): Spread {
  const histogram = new Histogram(set.channels);
  histogram.add(set);
  return histogram.spread();
}

/**
 * One value for each channel; a single one holds for all.
 * @throws AppError('data/normalise') with the number of values expected and received
 */
export function perChannel(name: string, values: number | readonly number[], channels: number): number[] {
  const list = typeof values === 'number' ? [values] : [...values];
  const whole = list.length === 1 ? Array.from({ length: channels }, () => list[0] as number) : list;
  if (whole.length !== channels)
    throw new AppError(
      'data/normalise',
      `${name}: expected 1 or ${channels} values, received ${list.length}.`,
      {
        hint: `The pictures have ${channels} channels.`,
      },
    );
  if (!whole.every((v) => Number.isFinite(v) && (name !== 'std' || v > 0)))
    throw new AppError(
      'data/normalise',
      `${name}: expected ${name === 'std' ? 'numbers above 0' : 'numbers'}, received [${list.join(', ')}].`,
    );
  return whole;
}
