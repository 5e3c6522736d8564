/**
 * Blends each picture of a batch with another of it: x = share · own + (1 − share) · other, labels alike.
 * Zhang et al. 2017, "mixup: Beyond Empirical Risk Minimization"; as its authors' code has it, one share a batch, from
 * Beta(alpha, alpha), and a permutation of the batch for its partners. The larger part is the picture's own: a batch
 * with 1 − share is one with share and the permutation turned round, so nothing else changes.
 */
import { AppError } from '../base/errors.ts';
import { permutation, RandomStream } from '../base/random.ts';
import type { Mixed } from './pipeline.ts';

export interface Mix {
  /** Of a picture itself: a half at least. */
  readonly share: number;
  /** [count]: place of each picture's partner in the batch. */
  readonly partners: Uint32Array;
}

/** @throws AppError('data/mixup') */
export function checkMixup(alpha: number): void {
  if (!(alpha >= 0 && Number.isFinite(alpha)))
    throw new AppError('data/mixup', `Mixup: expected a number from 0, received ${alpha}.`);
}

/** A pure function of (seed, number of the batch over all epochs). */
export function mixOf(alpha: number, seed: number, number: number, count: number): Mix {
  const share = beta(alpha, new RandomStream(seed, number, 'mixup/share'));
  return {
    share: Math.max(share, 1 - share),
    partners: permutation(count, seed, number, 'mixup'),
  };
}

/** From Beta(alpha, alpha). X / (X + Y) of two gammas, in logarithms: for a small alpha both underflow. */
function beta(alpha: number, stream: RandomStream): number {
  const [x, y] = [logGamma(alpha, stream), logGamma(alpha, stream)];
  return x === y ? 0.5 : 1 / (1 + Math.exp(y - x));
}

/** The logarithm of a number from Gamma(shape, 1): Marsaglia & Tsang 2000; below 1 from the one of shape + 1. */
function logGamma(shape: number, stream: RandomStream): number {
  if (shape < 1) return logGamma(shape + 1, stream) + Math.log(1 - stream.uniform()) / shape;
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(stream);
    const v = (1 + c * x) ** 3;
    const u = 1 - stream.uniform();
    if (v > 0 && Math.log(u) < (x * x) / 2 + d - d * v + d * Math.log(v)) return Math.log(d * v);
  }
}

/** Box & Muller 1958. */
function normal(stream: RandomStream): number {
  const radius = Math.sqrt(-2 * Math.log(1 - stream.uniform()));
  return radius * Math.cos(2 * Math.PI * stream.uniform());
}

/**
 * Blends a batch in place: along each cycle of the permutation a partner is still whole when it is needed, but for the
 * first, which is kept aside.
 * @param kept room for one picture
 */
export function mixInto(
  images: Float32Array,
  labels: Int32Array,
  mixed: Mixed,
  { share, partners }: Mix,
  kept: Float32Array,
): void {
  const size = kept.length;
  const done = new Uint8Array(partners.length);
  for (let first = 0; first < partners.length; first++) {
    if (done[first]) continue;
    kept.set(images.subarray(first * size, (first + 1) * size));
    for (let at = first; !done[at]; at = partners[at] as number) {
      done[at] = 1;
      const partner = partners[at] as number;
      mixed.labels[at] = labels[partner] as number;
      mixed.shares[at] = share;
      const [own, other] = [at * size, partner * size];
      const closes = partner === first;
      for (let i = 0; i < size; i++)
        images[own + i] =
          share * (images[own + i] as number) +
          (1 - share) * ((closes ? kept[i] : images[other + i]) as number);
    }
  }
}
