import { fillWords } from '../base/random.ts';
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

/** The middle of the u-th of 2³² equal cells of (0, 1). */
const middle = (word: number) => (word + 0.5) / 2 ** 32;

/** Inverse distribution function of the standard normal: Acklam 2003; relative error below 1.2e-9. */
export function normalQuantile(u: number): number {
  if (u < 0.02425) return tailQuantile(u);
  if (u > 1 - 0.02425) return -tailQuantile(1 - u);
  const q = u - 0.5;
  const r = q * q;
  return (
    ((((((-3.969683028665376e1 * r + 2.209460984245205e2) * r - 2.759285104469687e2) * r +
      1.38357751867269e2) *
      r -
      3.066479806614716e1) *
      r +
      2.506628277459239) *
      q) /
    (((((-5.447609879822406e1 * r + 1.615858368580409e2) * r - 1.556989798598866e2) * r +
      6.680131188771972e1) *
      r -
      1.328068155288572e1) *
      r +
      1)
  );
}

function tailQuantile(u: number): number {
  const q = Math.sqrt(-2 * Math.log(u));
  return (
    (((((-7.784894002430293e-3 * q - 3.223964580411365e-1) * q - 2.400758277161838) * q - 2.549732539343734) *
      q +
      4.374664141464968) *
      q +
      2.938163982698783) /
    ((((7.784695709041462e-3 * q + 3.224671290700398e-1) * q + 2.445134137142996) * q + 3.754408661907416) *
      q +
      1)
  );
}

/** Share of the normal distribution below −2. */
const BELOW_MINUS_2 = 0.0227501319481792;

function wordsFor(data: Float32Array, seed: number, path: string): Uint32Array {
  const words = new Uint32Array(Math.ceil(data.length / 4) * 4);
  fillWords(words, seed, path);
  return words;
}

/** Normal numbers of standard deviation `std`, from the distribution without `cut` of its mass at either end. */
function fillNormal(data: Float32Array, seed: number, path: string, std: number, cut = 0): void {
  const words = wordsFor(data, seed, path);
  const span = 1 - 2 * cut;
  for (let i = 0; i < data.length; i++)
    data[i] = std * normalQuantile(cut + span * middle(words[i] as number));
}

function fillUniform(data: Float32Array, seed: number, path: string, limit: number): void {
  const words = wordsFor(data, seed, path);
  for (let i = 0; i < data.length; i++) data[i] = limit * (2 * middle(words[i] as number) - 1);
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
      fillNormal(data, seed, path, Math.sqrt(1 / fanIn) / TRUNCATED_STD, BELOW_MINUS_2);
      break;
    case 'heNormalFanOut':
      fillNormal(data, seed, path, Math.sqrt(2 / fanOut));
      break;
    case 'glorotUniform':
      fillUniform(data, seed, path, Math.sqrt(6 / (fanIn + fanOut)));
      break;
    case 'truncatedNormal02':
      fillNormal(data, seed, path, 0.02, BELOW_MINUS_2);
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
