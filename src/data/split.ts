/** Parts of a set, chosen by a seed. */
import { AppError } from '../base/errors.ts';
import { permutation } from '../base/random.ts';
import { type ImageSet, isEncoded, type PictureSet } from './dataset.ts';
import { sharedBytes, sharedLabels } from './shared.ts';

/** The named pictures in the order of `indices`: bytes are copied, files stay where they lie. */
export function pick<T extends PictureSet>(set: T, indices: Uint32Array): T {
  const labels = sharedLabels(set.labels, indices.length);
  indices.forEach((from, to) => {
    labels[to] = set.labels[from] as number;
  });
  const count = indices.length;
  if (isEncoded(set)) {
    const places = new Uint32Array(new SharedArrayBuffer(4 * count));
    indices.forEach((from, to) => {
      places[to] = set.places[from] as number;
    });
    return { ...set, places, labels, count };
  }
  return { ...set, images: pickBytes(set, indices), labels, count };
}

function pickBytes({ images, height, width, channels }: ImageSet, indices: Uint32Array): Uint8Array {
  const size = height * width * channels;
  const picked = sharedBytes(indices.length * size);
  indices.forEach((from, to) => {
    picked.set(images.subarray(from * size, (from + 1) * size), to * size);
  });
  return picked;
}

/** Which pictures a limit leaves: the first of a permutation by the seed. The pipeline and `subset` share it. */
export function chosenBySeed(count: number, limit: number, seed: number): Uint32Array {
  return permutation(count, seed, 0, 'limit').subarray(0, limit);
}

/** At most `limit` pictures, chosen by the seed; the same that a pipeline with this limit reads. */
export function subset<T extends PictureSet>(set: T, limit: number, seed: number): T {
  if (!Number.isInteger(limit) || limit < 1)
    throw new AppError('data/limit', `Expected a limit of at least one picture, received ${limit}.`);
  return limit >= set.count ? set : pick(set, chosenBySeed(set.count, limit, seed));
}

/**
 * Two sets with no picture in common that together are the whole; `held` has round(fraction · count), at least one
 * and not all. Not stratified.
 * @throws AppError('data/split') where that cannot be
 */
export function split<T extends PictureSet>(set: T, fraction: number, seed: number): { train: T; held: T } {
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
