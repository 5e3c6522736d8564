/** What the compiler asks of an engine beyond stock tf.js; and the plain version, for any backend. */
import type { Tensor, Tensor1D, Tensor4D } from './tf.ts';
import { tf } from './tf.ts';

export interface ConvAttrs {
  readonly strides: readonly [number, number];
  readonly padding: 'same' | 'valid';
  readonly dilationRate: readonly [number, number];
  readonly groups: number;
}

export interface BatchNormResult {
  /** Differentiable in x, gamma and beta, through the statistics too. */
  readonly y: Tensor;
  /** Of this batch; carry no gradient. */
  readonly mean: Tensor1D;
  readonly variance: Tensor1D;
}

export interface TensorOps {
  /** [n, h, w, c], [kh, kw, c / groups, filters] → [n, h', w', filters]; padding as TensorFlow pads. */
  conv2d(x: Tensor4D, kernel: Tensor4D, attrs: ConvAttrs): Tensor4D;
  /** [..., c] with statistics over all axes but the last; variance biased. */
  batchNormTrain(x: Tensor, gamma: Tensor1D, beta: Tensor1D, epsilon: number): BatchNormResult;
}

/** A filter with zeros between its taps: what dilation means. tf.js has no gradient for dilation itself. */
function spread(kernel: Tensor4D, [down, across]: ConvAttrs['dilationRate']): Tensor4D {
  const [h, w, c, filters] = kernel.shape;
  /** [count, size] → [(count − 1) · rate + 1, size] for each of so many. */
  const apart = (x: Tensor, many: number, count: number, size: number, rate: number) => {
    const taps = tf.reshape(x, [many * count, 1, size]);
    const wide = tf.concat([taps, tf.zeros([many * count, rate - 1, size])], 1);
    const length = (count - 1) * rate + 1;
    return tf.slice(tf.reshape(wide, [many, count * rate, size]), [0, 0, 0], [many, length, size]);
  };
  const rows = apart(kernel, 1, h, w * c * filters, down);
  const height = (h - 1) * down + 1;
  const columns = apart(rows, height, w, c * filters, across);
  return tf.reshape(columns, [height, (w - 1) * across + 1, c, filters]);
}

function conv(x: Tensor4D, kernel: Tensor4D, { strides, padding, dilationRate }: ConvAttrs): Tensor4D {
  const dilated = Math.max(...dilationRate) > 1;
  return tf.conv2d(x, dilated ? spread(kernel, dilationRate) : kernel, [...strides], padding);
}

/** Stock tf.js only: groups are cut, convolved and joined; dilated filters are spread. */
export const plainOps: TensorOps = {
  conv2d(x, kernel, attrs) {
    if (attrs.groups === 1) return conv(x, kernel, attrs);
    const inputs = tf.split(x, attrs.groups, 3);
    const kernels = tf.split(kernel, attrs.groups, 3);
    return tf.concat(
      inputs.map((part, i) => conv(part as Tensor4D, kernels[i] as Tensor4D, attrs)),
      3,
    );
  },
  batchNormTrain(x, gamma, beta, epsilon) {
    const { mean, variance } = tf.moments(
      x,
      Array.from({ length: x.rank - 1 }, (_, i) => i),
    );
    const scale = tf.mul(gamma, tf.rsqrt(tf.add(variance, epsilon)));
    return {
      y: tf.add(tf.mul(tf.sub(x, mean), scale), beta),
      mean: mean as Tensor1D,
      variance: variance as Tensor1D,
    };
  },
};
