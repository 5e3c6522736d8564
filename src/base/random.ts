/**
 * Counter-based random numbers: a number is a pure function of (seed, step, place), so a resumed run repeats an
 * uninterrupted one and no generator has a state to save.
 *
 * Threefry-4x32-20: Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3" (Random123).
 */

const PARITY = 0x1bd11bda;
const ROTATIONS = [10, 26, 11, 21, 13, 27, 23, 5, 6, 20, 17, 11, 25, 10, 18, 20] as const;

/** One block: writes 4 unsigned 32-bit words for counter c0..c3 under key k0..k3 into `out`. */
export function threefry(
  out: Uint32Array,
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  k0: number,
  k1: number,
  k2: number,
  k3: number,
): void {
  const keys = [k0, k1, k2, k3, PARITY ^ k0 ^ k1 ^ k2 ^ k3];
  let x0 = (c0 + k0) | 0;
  let x1 = (c1 + k1) | 0;
  let x2 = (c2 + k2) | 0;
  let x3 = (c3 + k3) | 0;
  for (let round = 0; round < 20; round++) {
    const ra = ROTATIONS[(round % 8) * 2] as number;
    const rb = ROTATIONS[(round % 8) * 2 + 1] as number;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << ra) | (x1 >>> (32 - ra))) ^ x0;
    x2 = (x2 + x3) | 0;
    x3 = ((x3 << rb) | (x3 >>> (32 - rb))) ^ x2;
    const swap = x1;
    x1 = x3;
    x3 = swap;
    if (round % 4 === 3) {
      const s = (round + 1) / 4;
      x0 = (x0 + (keys[s % 5] as number)) | 0;
      x1 = (x1 + (keys[(s + 1) % 5] as number)) | 0;
      x2 = (x2 + (keys[(s + 2) % 5] as number)) | 0;
      x3 = (x3 + (keys[(s + 3) % 5] as number) + s) | 0;
    }
  }
  out[0] = x0;
  out[1] = x1;
  out[2] = x2;
  out[3] = x3;
}

/**
 * Fills with the words that `RandomStream(seed, 0, place)` gives. Written out round by round: 60 million words take a
 * third of a second. Every second round works on the swapped pair, so nothing is moved.
 */
export function fillUint32(out: Uint32Array, seed: number, place: string): void {
  const k0 = seed | 0;
  const k1 = Math.floor(seed / 2 ** 32) | 0;
  const k3 = hashPlace(place) | 0;
  const k4 = PARITY ^ k0 ^ k1 ^ k3;
  for (let block = 0; block * 4 < out.length; block++) {
    let x0 = (block + k0) | 0;
    let x1 = k1;
    let x2 = 0;
    let x3 = k3;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 10) | (x1 >>> 22)) ^ x0;
    x2 = (x2 + x3) | 0;
    x3 = ((x3 << 26) | (x3 >>> 6)) ^ x2;
    x0 = (x0 + x3) | 0;
    x3 = ((x3 << 11) | (x3 >>> 21)) ^ x0;
    x2 = (x2 + x1) | 0;
    x1 = ((x1 << 21) | (x1 >>> 11)) ^ x2;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0;
    x2 = (x2 + x3) | 0;
    x3 = ((x3 << 27) | (x3 >>> 5)) ^ x2;
    x0 = (x0 + x3) | 0;
    x3 = ((x3 << 23) | (x3 >>> 9)) ^ x0;
    x2 = (x2 + x1) | 0;
    x1 = ((x1 << 5) | (x1 >>> 27)) ^ x2;
    x0 = (x0 + k1) | 0;
    x2 = (x2 + k3) | 0;
    x3 = (x3 + k4 + 1) | 0;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0;
    x2 = (x2 + x3) | 0;
    x3 = ((x3 << 20) | (x3 >>> 12)) ^ x2;
    x0 = (x0 + x3) | 0;
    x3 = ((x3 << 17) | (x3 >>> 15)) ^ x0;
    x2 = (x2 + x1) | 0;
    x1 = ((x1 << 11) | (x1 >>> 21)) ^ x2;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 25) | (x1 >>> 7)) ^ x0;
    x2 = (x2 + x3) | 0;
    x3 = ((x3 << 10) | (x3 >>> 22)) ^ x2;
    x0 = (x0 + x3) | 0;
    x3 = ((x3 << 18) | (x3 >>> 14)) ^ x0;
    x2 = (x2 + x1) | 0;
    x1 = ((x1 << 20) | (x1 >>> 12)) ^ x2;
    x1 = (x1 + k3) | 0;
    x2 = (x2 + k4) | 0;
    x3 = (x3 + k0 + 2) | 0;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 10) | (x1 >>> 22)) ^ x0;
    x2 = (x2 + x3) | 0;
    x3 = ((x3 << 26) | (x3 >>> 6)) ^ x2;
    x0 = (x0 + x3) | 0;
    x3 = ((x3 << 11) | (x3 >>> 21)) ^ x0;
    x2 = (x2 + x1) | 0;
    x1 = ((x1 << 21) | (x1 >>> 11)) ^ x2;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0;
    x2 = (x2 + x3) | 0;
    x3 = ((x3 << 27) | (x3 >>> 5)) ^ x2;
    x0 = (x0 + x3) | 0;
    x3 = ((x3 << 23) | (x3 >>> 9)) ^ x0;
    x2 = (x2 + x1) | 0;
    x1 = ((x1 << 5) | (x1 >>> 27)) ^ x2;
    x0 = (x0 + k3) | 0;
    x1 = (x1 + k4) | 0;
    x2 = (x2 + k0) | 0;
    x3 = (x3 + k1 + 3) | 0;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0;
    x2 = (x2 + x3) | 0;
    x3 = ((x3 << 20) | (x3 >>> 12)) ^ x2;
    x0 = (x0 + x3) | 0;
    x3 = ((x3 << 17) | (x3 >>> 15)) ^ x0;
    x2 = (x2 + x1) | 0;
    x1 = ((x1 << 11) | (x1 >>> 21)) ^ x2;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 25) | (x1 >>> 7)) ^ x0;
    x2 = (x2 + x3) | 0;
    x3 = ((x3 << 10) | (x3 >>> 22)) ^ x2;
    x0 = (x0 + x3) | 0;
    x3 = ((x3 << 18) | (x3 >>> 14)) ^ x0;
    x2 = (x2 + x1) | 0;
    x1 = ((x1 << 20) | (x1 >>> 12)) ^ x2;
    x0 = (x0 + k4) | 0;
    x1 = (x1 + k0) | 0;
    x2 = (x2 + k1) | 0;
    x3 = (x3 + 0 + 4) | 0;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 10) | (x1 >>> 22)) ^ x0;
    x2 = (x2 + x3) | 0;
    x3 = ((x3 << 26) | (x3 >>> 6)) ^ x2;
    x0 = (x0 + x3) | 0;
    x3 = ((x3 << 11) | (x3 >>> 21)) ^ x0;
    x2 = (x2 + x1) | 0;
    x1 = ((x1 << 21) | (x1 >>> 11)) ^ x2;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0;
    x2 = (x2 + x3) | 0;
    x3 = ((x3 << 27) | (x3 >>> 5)) ^ x2;
    x0 = (x0 + x3) | 0;
    x3 = ((x3 << 23) | (x3 >>> 9)) ^ x0;
    x2 = (x2 + x1) | 0;
    x1 = ((x1 << 5) | (x1 >>> 27)) ^ x2;
    x0 = (x0 + k0) | 0;
    x1 = (x1 + k1) | 0;
    x3 = (x3 + k3 + 5) | 0;
    const at = block * 4;
    out[at] = x0;
    out[at + 1] = x1;
    out[at + 2] = x2;
    out[at + 3] = x3;
  }
}

/** 32-bit FNV-1a hash of a place's name, as 'shuffle' or 'stage2/0/conv1/kernel'. */
export function hashPlace(place: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < place.length; i++) hash = Math.imul(hash ^ place.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** A stream of numbers that depends only on (seed, step, place). */
export class RandomStream {
  readonly #block = new Uint32Array(4);
  readonly #seedLow: number;
  readonly #seedHigh: number;
  readonly #step: number;
  readonly #place: number;
  #counter = 0;
  #used = 4;

  constructor(seed: number, step: number, place: string) {
    this.#seedLow = seed | 0;
    this.#seedHigh = Math.floor(seed / 2 ** 32) | 0;
    this.#step = step | 0;
    this.#place = hashPlace(place) | 0;
  }

  /** An unsigned 32-bit integer. */
  uint32(): number {
    if (this.#used === 4) {
      threefry(this.#block, this.#counter++, 0, 0, 0, this.#seedLow, this.#seedHigh, this.#step, this.#place);
      this.#used = 0;
    }
    return this.#block[this.#used++] as number;
  }

  /** A number in [0, 1), with 32 random bits. */
  uniform(): number {
    return this.uint32() / 2 ** 32;
  }

  /** An integer in [0, bound); bias below bound / 2³². */
  below(bound: number): number {
    return Math.floor(this.uniform() * bound);
  }
}

/** The numbers 0 … length-1 in an order that depends only on (seed, step, place). Fisher–Yates. */
export function permutation(length: number, seed: number, step: number, place: string): Uint32Array {
  const stream = new RandomStream(seed, step, place);
  const order = Uint32Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i--) {
    const j = stream.below(i + 1);
    const swap = order[i] as number;
    order[i] = order[j] as number;
    order[j] = swap;
  }
  return order;
}
