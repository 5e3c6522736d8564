import { bool, choice, int, pair } from '../../schema/params.ts';
import { defineOp, initializerNames, needsRank, problem } from '../op.ts';
import { windowExtent } from '../shape.ts';

/**
 * [h, w, c] → [h', w', filters]. Grouped: Krizhevsky et al. 2012; Xie et al. 2017. Padding as TensorFlow pads.
 * Strides and dilation exclude each other, as in tf.nn.convolution and tf.js' conv2d.
 */
export const conv2d = defineOp({
  title: 'Convolution',
  help: 'Slides filters over the picture; each filter makes one output channel.',
  source: 'https://www.tensorflow.org/api_docs/python/tf/nn/conv2d',
  category: 'layers',
  arity: 1,
  params: {
    filters: int({ min: 1, max: 65536, default: 64, help: 'Output channels.' }),
    kernelSize: pair({ max: 1024, default: 3, help: 'Height and width of a filter.' }),
    strides: pair({ max: 1024, default: 1, help: 'Step of the window; 2 halves height and width.' }),
    padding: choice({
      options: ['same', 'valid'],
      default: 'same',
      help: 'same: output is input ÷ strides, padded as TensorFlow pads; valid: no padding.',
    }),
    dilationRate: pair({ max: 1024, default: 1, help: 'Spacing of the filter’s taps.', advanced: true }),
    groups: int({
      min: 1,
      max: 65536,
      default: 1,
      help: 'Number of groups the channels are cut into (cardinality); each group sees only its own channels.',
    }),
    useBias: bool({ default: true, help: 'Add a learned number to each output channel.' }),
    kernelInitializer: choice({
      options: initializerNames,
      default: 'lecunNormal',
      help: 'Distribution of the first weights.',
      advanced: true,
    }),
  },
  infer([input], { filters, kernelSize, strides, padding, dilationRate, groups }) {
    const x = input as readonly number[];
    const rank = needsRank(3, x);
    if (rank) return { shape: null, problem: rank };
    const [h, w, c] = x as [number, number, number];
    const oh = windowExtent(h, kernelSize[0], strides[0], dilationRate[0], padding);
    const ow = windowExtent(w, kernelSize[1], strides[1], dilationRate[1], padding);
    if (oh < 1 || ow < 1) {
      const need = kernelSize.map((k, i) => (k - 1) * (dilationRate[i] as number) + 1);
      return {
        shape: [1, 1, filters],
        problem: problem(
          'shape/too-small',
          `at least ${need.join(' × ')}`,
          `${h} × ${w}`,
          `has a window of ${need.join(' × ')}, but its input is only ${h} × ${w}. Use a larger image, padding "same", a smaller kernel, or less downsampling before it.`,
        ),
      };
    }
    const shape = [oh, ow, filters];
    if (c % groups !== 0 || filters % groups !== 0)
      return {
        shape,
        problem: problem(
          'shape/groups',
          `channels and filters divisible by ${groups}`,
          `${c} channels, ${filters} filters`,
          `cuts channels into ${groups} groups, but ${c} input channels and ${filters} filters do not both divide by ${groups}. Set groups to a number that divides both.`,
        ),
      };
    if (strides.some((s) => s > 1) && dilationRate.some((d) => d > 1))
      return {
        shape,
        problem: problem(
          'shape/strides-and-dilation',
          'strides 1×1 or dilationRate 1×1',
          `strides ${strides.join('×')}, dilationRate ${dilationRate.join('×')}`,
          `has strides ${strides.join('×')} and dilationRate ${dilationRate.join('×')}; expected one of them to be 1×1, since no engine steps and spaces its taps at once. Set dilationRate to 1, or stride elsewhere.`,
        ),
      };
    return { shape };
  },
  weights([input], { filters, kernelSize, groups, useBias, kernelInitializer }) {
    const c = (input as readonly number[])[2] as number;
    const kernel = {
      name: 'kernel',
      shape: [...kernelSize, c / groups, filters],
      initializer: kernelInitializer,
      trainable: true,
    };
    return useBias
      ? [kernel, { name: 'bias', shape: [filters], initializer: 'zeros', trainable: true }]
      : [kernel];
  },
  macs([input], { kernelSize, groups }, output) {
    const c = (input as readonly number[])[2] as number;
    const [oh, ow, filters] = output as [number, number, number];
    return oh * ow * filters * kernelSize[0] * kernelSize[1] * (c / groups);
  },
});
