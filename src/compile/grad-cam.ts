/** Where a network looked: Grad-CAM, Selvaraju et al. 2017, https://arxiv.org/abs/1610.02391, equations 1 and 2. */
import { layerAt, type Network } from '../network/network.ts';
import { featureMapOf } from './feature-map.ts';
import { type ForwardOptions, forward } from './forward.ts';
import type { TensorOps } from './tensor-ops.ts';
import { type Tensor, type Tensor3D, tf } from './tf.ts';

export interface Looked {
  /** [classes] */
  readonly logits: Tensor;
  /** [h, w] of the feature map, not negative; absent where the network has none, or it was not asked for. */
  readonly map?: Tensor;
}

export interface LookOptions {
  readonly ops: TensorOps;
  /** Whose map is wanted: a class, or the one that is answered; absent: none. */
  readonly map?: number | 'answer';
}

/** What the score of a class becomes when the feature map is another: all before it stays as it was. */
function scoreFrom(
  network: Network,
  weights: ReadonlyMap<string, Tensor>,
  x: Tensor,
  before: readonly Tensor[],
  options: ForwardOptions,
  wanted: Tensor,
): (feature: Tensor) => Tensor {
  return (feature) => {
    const { logits } = forward(network, weights, x, { ...options, given: [...before, feature] });
    return tf.sum(tf.mul(logits, wanted));
  };
}

/** Of one picture [1, h, w, c]. The caller disposes. */
export function look(
  network: Network,
  weights: ReadonlyMap<string, Tensor>,
  x: Tensor,
  { ops, map }: LookOptions,
): Looked {
  return tf.tidy(() => {
    const options: ForwardOptions = { training: false, ops, seed: 0, step: 0 };
    const { logits, values } = forward(network, weights, x, options);
    const told = tf.reshape(logits, [-1]);
    const feature = featureMapOf(network);
    if (map === undefined || 'why' in feature) return { logits: told };
    const classes = layerAt(network, network.output).shape.at(-1) as number;
    const chosen = map === 'answer' ? tf.argMax(logits, -1) : tf.tensor1d([map], 'int32');
    const score = scoreFrom(
      ...([network, weights, x, values.slice(0, feature.index), options] as const),
      tf.oneHot(chosen, classes),
    );
    const a = values[feature.index] as Tensor;
    const gradient = tf.grad(score)(a);
    const importance = tf.mean(gradient, [1, 2], true);
    return { logits: told, map: tf.squeeze(tf.relu(tf.sum(tf.mul(a, importance), -1)), [0]) };
  });
}

/** A map [h, w] over the whole picture, its largest value 1; zeros stay zeros. */
export function overPicture(map: Tensor, [h, w]: readonly [number, number]): Tensor {
  return tf.tidy(() => {
    const large = tf.image.resizeBilinear(tf.expandDims(map, -1) as Tensor3D, [h, w], false, true);
    const largest = tf.max(large);
    return tf.squeeze(tf.div(large, tf.where(tf.greater(largest, 0), largest, 1)), [-1]);
  });
}
