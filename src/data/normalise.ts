/** Mean and standard deviation by channel, of pictures in [0, 1]. */
import { AppError } from '../base/errors.ts';
import type { ImageSet } from './dataset.ts';

export interface Normalisation {
  /** [channels] */
  readonly mean: readonly number[];
  /** [channels], above 0. */
  readonly std: readonly number[];
}

/** Pictures stay in [0, 1], as d2l has them. */
export const unit: Normalisation = { mean: [0], std: [1] };

/**
 * Computed from the pictures: population statistics, exact but for one rounding, as bytes are counted first.
 * A channel that never changes gets a deviation of 1: there is nothing to spread.
 */
export function computeNormalisation(set: ImageSet): Normalisation {
  const { channels } = set;
  const pixels = set.count * set.height * set.width;
  if (pixels === 0)
    throw new AppError('data/empty', 'Expected pictures to take the mean of, received none.', {
      hint: 'Name a data set with at least one picture.',
    });
  const counts = new Float64Array(256 * channels);
  for (let i = 0; i < pixels * channels; i++) {
    const at = (set.images[i] as number) * channels + (i % channels);
    counts[at] = (counts[at] as number) + 1;
  }
  const moment = (channel: number, of: (byte: number) => number) => {
    let sum = 0;
    for (let byte = 0; byte < 256; byte++) sum += (counts[byte * channels + channel] as number) * of(byte);
    return sum / pixels;
  };
  const mean = Array.from({ length: channels }, (_, c) => moment(c, (byte) => byte / 255));
  const std = mean.map((m, c) => Math.sqrt(moment(c, (byte) => (byte / 255 - m) ** 2)) || 1);
  return { mean, std };
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
