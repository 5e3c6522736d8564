/** Which numbers a dropout keeps: a pure function of seed, step and layer, whatever engine runs it. */
import { RandomStream } from '../base/random.ts';
import type { Layer } from '../network/network.ts';

/** `size` factors: 0 for what is dropped, 1 / (1 − rate) for what stays. Srivastava et al. 2014. */
export function dropoutMask(layer: Layer, size: number, seed: number, step: number): Float32Array {
  const rate = layer.attrs.rate as number;
  const stream = new RandomStream(seed, step, `dropout/${layer.path}`);
  const mask = new Float32Array(size);
  for (let i = 0; i < size; i++) mask[i] = stream.uniform() < rate ? 0 : 1 / (1 - rate);
  return mask;
}
