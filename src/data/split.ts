/** Parts of a set, chosen by a seed. */
import { AppError } from '../base/errors.ts';
import { permutation } from '../base/random.ts';
import type { ImageSet } from './dataset.ts';
import { sharedBytes } from './shared.ts';

/** The named pictures, copied, in the order of `indices`. */
export function pick(set: ImageSet, indices: Uint32Array): ImageSet {
  const size = set.height * set.width * set.channels;
  const images = sharedBytes(indices.length * size);
  const labels = sharedBytes(indices.length);
  indices.forEach((from, to) => {
    images.set(set.images.subarray(from * size, (from + 1) * size), to * size);
    labels[to] = set.labels[from] as number;
  });
  return { ...set, images, labels, count: indices.length };
}

/** Which pictures a limit leaves: the first of a permutation by the seed. The pipeline and `subset` share it. */
export function chosenBySeed(count: number, limit: number, seed: number): Uint32Array {
  return permutation(count, seed, 0, 'limit').subarray(0, limit);
}

/** At most `limit` pictures, chosen by the seed; the same that a pipeline with this limit reads. */
export function subset(set: ImageSet, limit: number, seed: number): ImageSet {
  if (!Number.isInteger(limit) || limit < 1)
    throw new AppError('data/limit', `Expected a limit of at least one picture, received ${limit}.`);
  return limit >= set.count ? set : pick(set, chosenBySeed(set.count, limit, seed));
}

/**
 * Two sets with no picture in common that together are the whole; `held` has round(fraction · count), at least one
 * and not all. Not stratified.
 * @throws AppError('data/split') where that cannot be
 */
export function split(set: ImageSet, fraction: number, seed: number): { train: ImageSet; held: ImageSet } {
  if (!(fraction > 0 && fraction < 1))
    throw new AppError(
      'data/split',
      `Expected a share between 0 and 1 to hold out, received ${fraction}; 0.1 holds a tenth.`,
    );
  if (set.count < 2)
    throw new AppError('data/split', `Expected at least 2 pictures to split, received ${set.count}.`);
  const held = Math.min(set.count - 1, Math.max(1, Math.round(fraction * set.count)));
  const order = permutation(set.count, seed, 0, 'split');
  return { train: pick(set, order.subarray(held)), held: pick(set, order.subarray(0, held)) };
}
