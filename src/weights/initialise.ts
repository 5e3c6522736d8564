/** Fresh weights. Every number depends on (seed, path, index) alone: no order, no other layer, no machine. */
import { AppError } from '../base/errors.ts';
import { fillUint32 } from '../base/random.ts';
import { type Network, weightsOf } from '../network/network.ts';
import type { InitializerName } from '../network/op.ts';
import { elementsOf } from '../network/shape.ts';
import { normalFromWords } from './quantile.ts';
import type { HostTensor, Weights } from './tensors.ts';

export { normalQuantile } from './quantile.ts';

/** Standard deviation of a normal distribution cut at ±2: Flax and Keras divide by it, so that the variance is as meant. */
const TRUNCATED_STD = 0.87962566103423978;

/**
 * For convolutions [kh, kw, channels / groups, filters] and dense layers [in, units]: fanIn = kh·kw·channels / groups,
 * fanOut = kh·kw·filters. As torch's `_calculate_fan_in_and_fan_out`, whose fan-out ignores groups too:
 * https://docs.pytorch.org/docs/stable/nn.init.html
 */
export function fansOf(shape: readonly number[]): { fanIn: number; fanOut: number } {
  const receptive = elementsOf(shape.slice(0, -2));
  return { fanIn: receptive * (shape.at(-2) ?? 1), fanOut: receptive * (shape.at(-1) ?? 1) };
}

/** Words in the memory of the numbers that will replace them: 60 million weights need no second 240 MB. */
function wordsIn(data: Float32Array, seed: number, path: string): Uint32Array {
  const words = new Uint32Array(data.buffer, data.byteOffset, data.length);
  fillUint32(words, seed, path);
  return words;
}

function fillNormal(data: Float32Array, seed: number, path: string, std: number): void {
  normalFromWords(data, wordsIn(data, seed, path), std, false);
}

/** `std` is that of the uncut distribution; it is cut at ±2 of them. */
function fillTruncated(data: Float32Array, seed: number, path: string, std: number): void {
  normalFromWords(data, wordsIn(data, seed, path), std, true);
}

/** Between −limit and limit. */
function fillUniform(data: Float32Array, seed: number, path: string, limit: number): void {
  const words = wordsIn(data, seed, path);
  for (let i = 0; i < data.length; i++) data[i] = limit * (((words[i] as number) + 0.5) / 2 ** 31 - 1);
}

/**
 * Overwrites `data`, row-major of `shape`.
 *
 * - `lecunNormal`: LeCun 1998, as Flax: variance 1 / fanIn, cut at ±2σ of the uncut normal.
 * - `heNormalFanOut`: He 2015, as torchvision: variance 2 / fanOut, not cut.
 * - `glorotUniform`: Glorot 2010: variance 2 / (fanIn + fanOut).
 * - `torchUniform`: torch.nn.Linear's default: uniform within ±1 / √fanIn.
 * - `truncatedNormal02`: σ = 0.02 before the cut at ±2σ, as timm's `trunc_normal_` of vision transformers, whose own
 *   cut at ±2 never bites.
 *
 * @throws AppError('weights/shape') where `data` is not as long as its shape says
 */
export function fill(
  data: Float32Array,
  shape: readonly number[],
  initializer: InitializerName,
  seed: number,
  path: string,
): void {
  if (data.length !== elementsOf(shape))
    throw new AppError(
      'weights/shape',
      `Weight "${path}" of shape [${shape.join(', ')}] holds ${elementsOf(shape)} numbers; received room for ${data.length}.`,
    );
  const { fanIn, fanOut } = fansOf(shape);
  switch (initializer) {
    case 'zeros':
      data.fill(0);
      break;
    case 'ones':
      data.fill(1);
      break;
    case 'lecunNormal':
      fillTruncated(data, seed, path, Math.sqrt(1 / fanIn) / TRUNCATED_STD);
      break;
    case 'heNormalFanOut':
      fillNormal(data, seed, path, Math.sqrt(2 / fanOut));
      break;
    case 'glorotUniform':
      fillUniform(data, seed, path, Math.sqrt(6 / (fanIn + fanOut)));
      break;
    case 'torchUniform':
      fillUniform(data, seed, path, Math.sqrt(1 / fanIn));
      break;
    case 'truncatedNormal02':
      fillTruncated(data, seed, path, 0.02);
      break;
  }
}

/** A fresh tensor. */
export function initialTensor(
  path: string,
  shape: readonly number[],
  initializer: InitializerName,
  seed: number,
): HostTensor {
  const data = new Float32Array(elementsOf(shape));
  // New memory is zero already.
  if (initializer !== 'zeros') fill(data, shape, initializer, seed, path);
  return { shape, data };
}

/** All weights of a network, fresh. */
export function initialise(network: Network, seed: number): Weights {
  return new Map(
    weightsOf(network).map((w) => [w.path, initialTensor(w.path, w.shape, w.initializer, seed)] as const),
  );
}
