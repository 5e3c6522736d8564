/** The twin of ten_steps.py's `words` and `signed`: the same numbers in both languages, without a file. */
import { hashPlace } from '../../src/base/random.ts';

export function words(path: string, count: number): Uint32Array {
  const hash = hashPlace(path);
  return Uint32Array.from({ length: count }, (_, i) => {
    let u = (hash + Math.imul(i, 2654435761)) >>> 0;
    u ^= u >>> 16;
    u = Math.imul(u, 0x85ebca6b);
    u ^= u >>> 13;
    u = Math.imul(u, 0xc2b2ae35);
    return (u ^ (u >>> 16)) >>> 0;
  });
}

/** shift + scale · v with v in [−1, 1), as float32. */
export function signed(path: string, count: number, scale = 1, shift = 0): Float32Array {
  return Float32Array.from(words(path, count), (u) => shift + scale * ((u / 2 ** 32) * 2 - 1));
}
