import { hashPlace, threefry } from '../base/random.ts';
import { type Network, weightsOf } from '../network/network.ts';
import type { InitializerName } from '../network/op.ts';
import { elementsOf } from '../network/shape.ts';
import type { HostTensor, Weights } from './tensors.ts';

/** Standard deviation of a normal distribution cut at ±2: Flax and Keras divide by it, so that the variance is as meant. */
const TRUNCATED_STD = 0.87962566103423978;

/** kh·kw·(channels / groups) or features; torch's `_calculate_fan_in_and_fan_out`. */
function fans(shape: readonly number[]): { fanIn: number; fanOut: number } {
  const receptive = shape.slice(0, -2).reduce((a, b) => a * b, 1);
  return { fanIn: receptive * (shape.at(-2) ?? 1), fanOut: receptive * (shape.at(-1) ?? 1) };
}

/** Fills with numbers in (0, 1) that depend on (seed, path) only, then maps them in pairs. */
function fillPairs(
  data: Float32Array,
  seed: number,
  path: string,
  map: (u: number, v: number) => [number, number],
) {
  const block = new Uint32Array(4);
  const place = hashPlace(path) | 0;
  const high = Math.floor(seed / 2 ** 32) | 0;
  for (let i = 0; i < data.length; i += 4) {
    threefry(block, i / 4, 0, 0, 0, seed | 0, high, 0, place);
    for (let k = 0; k < 4; k += 2) {
      const [a, b] = map(((block[k] as number) + 0.5) / 2 ** 32, ((block[k + 1] as number) + 0.5) / 2 ** 32);
      if (i + k < data.length) data[i + k] = a;
      if (i + k + 1 < data.length) data[i + k + 1] = b;
    }
  }
}

/** Box & Muller 1958. */
function normalPair(std: number) {
  return (u: number, v: number): [number, number] => {
    const r = std * Math.sqrt(-2 * Math.log(u));
    return [r * Math.cos(2 * Math.PI * v), r * Math.sin(2 * Math.PI * v)];
  };
}

/** Normal cut at ±2 standard deviations, rescaled to `std`; each number goes through the inverse distribution. */
function truncatedPair(std: number) {
  const scale = std / TRUNCATED_STD;
  return (u: number, v: number): [number, number] => [
    scale * truncatedQuantile(u),
    scale * truncatedQuantile(v),
  ];
}

const CELLS = 1 << 14;
let quantiles: Float64Array | undefined;

/** Inverse distribution function of the normal cut at ±2, from a table; error below 1e-7. */
export function truncatedQuantile(u: number): number {
  quantiles ??= tabulate();
  const at = u * CELLS;
  const cell = Math.min(CELLS - 1, Math.floor(at));
  const low = quantiles[cell] as number;
  return low + (at - cell) * ((quantiles[cell + 1] as number) - low);
}

/** Integrates the density with Simpson's rule on a fine grid, then inverts by interpolation. */
function tabulate(): Float64Array {
  const steps = 1 << 16;
  const h = 4 / steps;
  const density = (x: number) => Math.exp((-x * x) / 2);
  const cumulative = new Float64Array(steps + 1);
  for (let i = 0; i < steps; i++) {
    const x = -2 + i * h;
    cumulative[i + 1] =
      (cumulative[i] as number) + (h / 6) * (density(x) + 4 * density(x + h / 2) + density(x + h));
  }
  const total = cumulative[steps] as number;
  const table = new Float64Array(CELLS + 1);
  let i = 0;
  for (let cell = 0; cell <= CELLS; cell++) {
    const target = (total * cell) / CELLS;
    while (i < steps - 1 && (cumulative[i + 1] as number) < target) i++;
    const low = cumulative[i] as number;
    table[cell] = -2 + (i + (target - low) / ((cumulative[i + 1] as number) - low)) * h;
  }
  return table;
}

/** A fresh tensor; its numbers depend on (seed, path) and on nothing else. */
export function initialTensor(
  path: string,
  shape: readonly number[],
  initializer: InitializerName,
  seed: number,
): HostTensor {
  const data = new Float32Array(elementsOf(shape));
  const { fanIn, fanOut } = fans(shape);
  switch (initializer) {
    case 'zeros':
      break;
    case 'ones':
      data.fill(1);
      break;
    case 'lecunNormal':
      fillPairs(data, seed, path, truncatedPair(Math.sqrt(1 / fanIn)));
      break;
    case 'heNormalFanOut':
      fillPairs(data, seed, path, normalPair(Math.sqrt(2 / fanOut)));
      break;
    case 'glorotUniform': {
      const limit = Math.sqrt(6 / (fanIn + fanOut));
      fillPairs(data, seed, path, (u, v) => [(2 * u - 1) * limit, (2 * v - 1) * limit]);
      break;
    }
    case 'truncatedNormal02':
      fillPairs(data, seed, path, truncatedPair(0.02 * TRUNCATED_STD));
      break;
  }
  return { shape, data };
}

/** All weights of a network, fresh. */
export function initialise(network: Network, seed: number): Weights {
  return new Map(
    weightsOf(network).map((w) => [w.path, initialTensor(w.path, w.shape, w.initializer, seed)] as const),
  );
}
