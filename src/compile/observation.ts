/** What one step tells of a network's inside: activations by layer, weights by their path. */
import { type Layer, type Network, weightsOf } from '../network/network.ts';
import type { OpKind } from '../network/ops/index.ts';

/** Equal bins from the smallest value to the largest. */
export interface Histogram {
  readonly min: number;
  readonly max: number;
  readonly counts: readonly number[];
}

export interface ActivationLook {
  /** Over the batch and every place of it. */
  readonly mean: number;
  readonly std: number;
  /** Of a ReLU: the share of zeros. */
  readonly zeros?: number;
  /** Of a ReLU: the share of channels that were 0 for the whole batch. */
  readonly dead?: number;
  readonly histogram: Histogram;
}

export interface WeightLook {
  /** Lengths of all its numbers together: before the step, of the gradient before clipping, of what the step changed. */
  readonly norm: number;
  readonly gradient: number;
  readonly update: number;
  /** Before the step. */
  readonly histogram: Histogram;
}

export interface Observation {
  /** By layer path. */
  readonly activations: Readonly<Record<string, ActivationLook>>;
  /** By weight path; trained ones only. */
  readonly weights: Readonly<Record<string, WeightLook>>;
  /** Forward and backward of each layer, where ops run one by one. */
  readonly layerMs?: Readonly<Record<string, number>>;
}

const looked: Record<OpKind, boolean> = {
  ...{ conv2d: true, dense: true, batchNorm: true, layerNorm: true, activation: true },
  ...{ maxPool: true, avgPool: true, globalAvgPool: true, add: true, multiply: true, concat: true },
  // Ends, and ops that only move or drop what is looked at already.
  ...{ input: false, output: false, dropout: false, zeroPadding: false, flatten: false, reshape: false },
};

export const isLookedAt = ({ op }: Layer): boolean => looked[op];
export const isRelu = ({ op, attrs }: Layer): boolean => op === 'activation' && attrs.function === 'relu';
export const trainedOf = (network: Network) => weightsOf(network).filter(({ trainable }) => trainable);

const BINS = 32;
/** Values that a histogram is made of, about; of larger tensors they are picked evenly. */
export const SAMPLED = 4096;

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** Every how many-th value is taken: no divisor of the channels, so that all of them are met. */
export function strideOf(size: number, channels: number): number {
  let stride = Math.max(1, Math.ceil(size / SAMPLED));
  while (gcd(stride, channels) > 1) stride++;
  return stride;
}

/** Numbers that are none are left out. */
export function histogramOf(values: Float32Array, stride = 1): Histogram {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i += stride) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const counts = Array<number>(BINS).fill(0);
  if (min > max) return { min: 0, max: 0, counts };
  const perBin = max > min ? BINS / (max - min) : 0;
  for (let i = 0; i < values.length; i += stride) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) continue;
    const bin = Math.min(BINS - 1, Math.floor((value - min) * perBin));
    counts[bin] = (counts[bin] as number) + 1;
  }
  return { min, max, counts };
}

export function lengthOf(values: Float32Array): number {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] as number) ** 2;
  return Math.sqrt(squares);
}

export function distanceOf(a: Float32Array, b: Float32Array): number {
  let squares = 0;
  for (let i = 0; i < a.length; i++) squares += ((a[i] as number) - (b[i] as number)) ** 2;
  return Math.sqrt(squares);
}

/** @param values [..., channels] */
export function lookAt(values: Float32Array, channels: number, relu: boolean): ActivationLook {
  const size = values.length;
  let [sum, zeros] = [0, 0];
  for (let i = 0; i < size; i++) sum += values[i] as number;
  const mean = sum / size;
  let squares = 0;
  for (let i = 0; i < size; i++) squares += ((values[i] as number) - mean) ** 2;
  const look = {
    ...{ mean, std: Math.sqrt(squares / size) },
    histogram: histogramOf(values, strideOf(size, channels)),
  };
  if (!relu) return look;
  const alive = new Uint8Array(channels);
  for (let i = 0, channel = 0; i < size; i++) {
    if (values[i] === 0) zeros++;
    else alive[channel] = 1;
    if (++channel === channels) channel = 0;
  }
  const living = alive.reduce((count, one) => count + one, 0);
  return { ...look, zeros: zeros / size, dead: 1 - living / channels };
}
