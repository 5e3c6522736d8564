/**
 * How a block writes its convolutions: the parameters in which d2l's Flax code and torchvision differ. A flavour is a
 * set of plain values for them, not a switch that is stored.
 */
import { initializerNames } from '../network/op.ts';
import { bool, choice, number, type ParamSchema, type Values } from '../schema/params.ts';
import type { Builder } from './builder.ts';
import type { Handle } from './fragment.ts';

export const style = {
  useBias: bool({ default: true, help: 'Convolutions add a bias.', advanced: true }),
  padding: choice({
    options: ['same', 'symmetric'],
    default: 'same',
    help: 'same: as TensorFlow pads, one-sided at strides 2; symmetric: ⌊k/2⌋ on each side, as PyTorch pads.',
    advanced: true,
  }),
  momentum: number({
    min: 0,
    max: 1,
    default: 0.9,
    help: 'Batch norm: share of old statistics kept.',
    advanced: true,
  }),
  epsilon: number({
    min: 1e-12,
    max: 1,
    default: 1e-5,
    help: 'Batch norm: added to the variance.',
    advanced: true,
  }),
  runningVariance: choice({
    options: ['biased', 'unbiased'],
    default: 'biased',
    help: 'Batch norm: running variance divides by n (Flax, Keras) or n − 1 (PyTorch).',
    advanced: true,
  }),
  kernelInitializer: choice({
    options: initializerNames,
    default: 'lecunNormal',
    help: 'Distribution of the first weights.',
    advanced: true,
  }),
} as const satisfies ParamSchema;

export type Style = Values<typeof style>;

export interface ConvOptions {
  name: string;
  filters: number;
  kernelSize?: number;
  strides?: readonly [number, number];
  groups?: number;
}

/** A convolution in the block's style; [h, w, c] → [⌈h/s⌉, ⌈w/s⌉, filters]. */
export function conv(b: Builder, x: Handle, s: Style, options: ConvOptions): Handle {
  const { name, filters, kernelSize = 3, strides = [1, 1], groups = 1 } = options;
  const given = {
    name,
    filters,
    kernelSize: [kernelSize, kernelSize] as const,
    strides,
    groups,
    useBias: s.useBias,
    kernelInitializer: s.kernelInitializer,
  };
  // At strides 1 and odd kernels both kinds pad alike, so the plain 'same' serves and no extra layer is needed.
  const oneSided = strides[0] !== 1 || strides[1] !== 1;
  if (s.padding === 'same' || !oneSided) return b.layer('conv2d', [x], { ...given, padding: 'same' });
  return b.layer('conv2d', [symmetricPad(b, x, `${name}/pad`, kernelSize)], { ...given, padding: 'valid' });
}

/** ⌊k/2⌋ on every side; nothing for 1×1 windows. */
export function symmetricPad(
  b: Builder,
  x: Handle,
  name: string,
  kernelSize: number,
  fill: 'zero' | 'lowest' = 'zero',
): Handle {
  const side = Math.floor(kernelSize / 2);
  return side === 0 ? x : b.layer('zeroPadding', [x], { name, padding: [side, side, side, side], fill });
}

export function norm(b: Builder, x: Handle, s: Style, name: string): Handle {
  const { momentum, epsilon, runningVariance } = s;
  return b.layer('batchNorm', [x], { name, momentum, epsilon, runningVariance });
}

export function relu(b: Builder, x: Handle, name: string): Handle {
  return b.layer('activation', [x], { name, function: 'relu' });
}
