import { choice, type ParamSchema, pair, type Values } from '../../schema/params.ts';
import { defineOp, type Inferred, needsRank, problem } from '../op.ts';
import { type Shape, windowExtent } from '../shape.ts';

const params = {
  poolSize: pair({ max: 1024, default: 2, help: 'Height and width of the window.' }),
  strides: pair({ max: 1024, default: 2, help: 'Step of the window.' }),
  padding: choice({
    options: ['same', 'valid'],
    default: 'valid',
    help: 'same: output is input ÷ strides; the border never counts. valid: no padding.',
  }),
} as const satisfies ParamSchema;

function infer([input]: readonly Shape[], { poolSize, strides, padding }: Values<typeof params>): Inferred {
  const x = input as Shape;
  const rank = needsRank(3, x);
  if (rank) return { shape: null, problem: rank };
  const [h, w, c] = x as [number, number, number];
  const oh = windowExtent(h, poolSize[0], strides[0], 1, padding);
  const ow = windowExtent(w, poolSize[1], strides[1], 1, padding);
  if (oh >= 1 && ow >= 1) return { shape: [oh, ow, c] };
  return {
    shape: [1, 1, c],
    problem: problem(
      'shape/too-small',
      `at least ${poolSize.join(' × ')}`,
      `${h} × ${w}`,
      `pools windows of ${poolSize.join(' × ')}, but its input is only ${h} × ${w}. Use a larger image, padding "same", a smaller window, or less downsampling before it.`,
    ),
  };
}

/** [h, w, c] → [h', w', c]: the largest number of each window. */
export const maxPool = defineOp({
  title: 'Max pool',
  help: 'Keeps the largest number of each window.',
  source: 'https://www.tensorflow.org/api_docs/python/tf/nn/max_pool2d',
  category: 'pooling',
  arity: 1,
  params,
  infer,
});

/** [h, w, c] → [h', w', c]: the mean of each window; padding does not count. */
export const avgPool = defineOp({
  title: 'Average pool',
  help: 'Keeps the mean of each window.',
  source: 'https://www.tensorflow.org/api_docs/python/tf/nn/avg_pool2d',
  category: 'pooling',
  arity: 1,
  params,
  infer,
});

/** [h, w, c] → [c]: the mean of each channel. Lin et al. 2013. */
export const globalAvgPool = defineOp({
  title: 'Global average pool',
  help: 'Turns a picture into one number a channel: its mean.',
  source: 'https://arxiv.org/abs/1312.4400',
  category: 'pooling',
  arity: 1,
  params: {},
  infer([input]) {
    const x = input as readonly number[];
    const rank = needsRank(3, x);
    return rank ? { shape: x.length === 1 ? x : null, problem: rank } : { shape: [x[2] as number] };
  },
});
