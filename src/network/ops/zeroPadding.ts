import { choice, intList } from '../../schema/params.ts';
import { defineOp, needsRank } from '../op.ts';

/** [h, w, c] → [top + h + bottom, left + w + right, c]; explicit padding before a 'valid' window, as PyTorch pads. */
export const zeroPadding = defineOp({
  title: 'Padding',
  help: 'Puts a border around the picture.',
  source: 'https://keras.io/api/layers/reshaping_layers/zero_padding2d/',
  category: 'shape',
  arity: 1,
  params: {
    padding: intList({
      minLength: 4,
      maxLength: 4,
      max: 4096,
      default: [1, 1, 1, 1],
      help: 'Pixels at the top, bottom, left and right.',
    }),
    fill: choice({
      options: ['zero', 'lowest'],
      default: 'zero',
      help: 'zero before a convolution; lowest (−∞) before max-pooling, so that the border never wins.',
      advanced: true,
    }),
  },
  infer([input], { padding }) {
    const x = input as readonly number[];
    const rank = needsRank(3, x);
    if (rank) return { shape: null, problem: rank };
    const [h, w, c] = x as [number, number, number];
    const [top, bottom, left, right] = padding as [number, number, number, number];
    return { shape: [h + top + bottom, w + left + right, c] };
  },
});
