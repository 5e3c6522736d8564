/** A network in tf.js terms: one emitter an op. */
import type { Layer, Network } from '../network/network.ts';
import type { OpAttrs, OpKind } from '../network/ops/index.ts';
import { dropoutMask } from './dropout.ts';
import type { ConvAttrs, TensorOps } from './tensor-ops.ts';
import { type Tensor, type Tensor1D, type Tensor4D, tf } from './tf.ts';
import type { Watch } from './watch.ts';

export interface ForwardOptions {
  readonly training: boolean;
  readonly ops: TensorOps;
  /** What dropout's numbers depend on. */
  readonly seed: number;
  readonly step: number;
  /** What the first layers made, where that is known; they are not run. */
  readonly given?: readonly Tensor[];
  /** Is shown what every layer makes. */
  readonly watch?: Watch | undefined;
}

/** A batch norm's new running statistics: assigned after the step, never inside what is differentiated. */
export interface RunningUpdate {
  readonly path: string;
  readonly value: Tensor;
}

interface Context extends ForwardOptions {
  weight(layer: Layer, name: string): Tensor;
  readonly updates: RunningUpdate[];
}

type Emit<K extends OpKind> = (
  inputs: readonly Tensor[],
  attrs: OpAttrs<K>,
  layer: Layer,
  context: Context,
) => Tensor;

const first = (inputs: readonly Tensor[]) => inputs[0] as Tensor;

/** x·Φ(x) with the exact error function: Hendrycks & Gimpel 2016. */
const gelu = (x: Tensor) => tf.mul(tf.mul(x, 0.5), tf.add(1, tf.erf(tf.mul(x, Math.SQRT1_2))));

const activations: Record<OpAttrs<'activation'>['function'], (x: Tensor) => Tensor> = {
  relu: (x) => tf.relu(x),
  gelu,
  silu: (x) => tf.mul(x, tf.sigmoid(x)),
  sigmoid: (x) => tf.sigmoid(x),
  tanh: (x) => tf.tanh(x),
  leakyRelu: (x) => tf.leakyRelu(x, 0.2),
  softmax: (x) => tf.softmax(x),
};

/** What the running variance takes from a batch: PyTorch divides by n − 1, Flax and Keras by n. */
function runningUpdate(old: Tensor, batch: Tensor, momentum: number): Tensor {
  return tf.add(tf.mul(old, momentum), tf.mul(batch, 1 - momentum));
}

/**
 * The mean of each window, borders not counted. tf.js' own gradient with padding 'same' divides by the whole window
 * even where a border cuts it, so zeros are put around and the means of cut windows scaled: both ways come out right.
 */
function avgPool(x: Tensor4D, { poolSize, strides, padding }: OpAttrs<'avgPool'>): Tensor {
  const [, h, w] = x.shape;
  const rows = windowsAlong(h, poolSize[0], strides[0]);
  const columns = windowsAlong(w, poolSize[1], strides[1]);
  if (padding === 'valid' || (rows.total === 0 && columns.total === 0))
    return tf.avgPool(x, [...poolSize], [...strides], padding);
  const padded = tf.pad(x, [[0, 0], rows.around, columns.around, [0, 0]]);
  const means = tf.avgPool(padded as Tensor4D, [...poolSize], [...strides], 'valid');
  const whole = poolSize[0] * poolSize[1];
  const scale = rows.counts.flatMap((high) => columns.counts.map((wide) => whole / (high * wide)));
  return tf.mul(means, tf.tensor(scale, [1, rows.counts.length, columns.counts.length, 1]));
}

/** TensorFlow's padding 'same' along one axis, and how many numbers of the picture each window holds. */
function windowsAlong(size: number, window: number, stride: number) {
  const out = Math.ceil(size / stride);
  const total = Math.max(0, (out - 1) * stride + window - size);
  const before = Math.floor(total / 2);
  const counts = Array.from({ length: out }, (_, i) => {
    const begin = i * stride - before;
    return Math.min(size, begin + window) - Math.max(0, begin);
  });
  return { total, around: [before, total - before] as [number, number], counts };
}

const emitters: { [K in OpKind]: Emit<K> } = {
  input: first,
  output: first,
  conv2d(inputs, attrs, layer, { ops, weight }) {
    const y = ops.conv2d(first(inputs) as Tensor4D, weight(layer, 'kernel') as Tensor4D, attrs as ConvAttrs);
    return attrs.useBias ? tf.add(y, weight(layer, 'bias')) : y;
  },
  dense(inputs, { useBias }, layer, { weight }) {
    const y = tf.matMul(first(inputs), weight(layer, 'kernel'));
    return useBias ? tf.add(y, weight(layer, 'bias')) : y;
  },
  batchNorm(inputs, { epsilon, momentum, runningVariance }, layer, context) {
    const x = first(inputs);
    const [gamma, beta, movingMean, movingVariance] = ['gamma', 'beta', 'movingMean', 'movingVariance'].map(
      (name) => context.weight(layer, name),
    ) as [Tensor1D, Tensor1D, Tensor1D, Tensor1D];
    if (!context.training) {
      const scale = tf.mul(gamma, tf.rsqrt(tf.add(movingVariance, epsilon)));
      return tf.add(tf.mul(x, scale), tf.sub(beta, tf.mul(movingMean, scale)));
    }
    const { y, mean, variance } = context.ops.batchNormTrain(x, gamma, beta, epsilon);
    const rows = x.size / (x.shape.at(-1) as number);
    const counted =
      runningVariance === 'unbiased' && rows > 1 ? tf.mul(variance, rows / (rows - 1)) : variance;
    context.updates.push(
      { path: `${layer.path}/movingMean`, value: runningUpdate(movingMean, mean, momentum) },
      { path: `${layer.path}/movingVariance`, value: runningUpdate(movingVariance, counted, momentum) },
    );
    return y;
  },
  layerNorm(inputs, { epsilon }, layer, { weight }) {
    const x = first(inputs);
    const { mean, variance } = tf.moments(x, -1, true);
    const hat = tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, epsilon)));
    return tf.add(tf.mul(hat, weight(layer, 'gamma')), weight(layer, 'beta'));
  },
  activation: (inputs, attrs) => activations[attrs.function](first(inputs)),
  dropout(inputs, { rate }, layer, { training, seed, step }) {
    const x = first(inputs);
    if (!training || rate === 0) return x;
    return tf.mul(x, tf.tensor(dropoutMask(layer, x.size, seed, step), x.shape));
  },
  maxPool: (inputs, { poolSize, strides, padding }) =>
    tf.maxPool(first(inputs) as Tensor4D, [...poolSize], [...strides], padding),
  avgPool: (inputs, attrs) => avgPool(first(inputs) as Tensor4D, attrs),
  globalAvgPool: (inputs) => tf.mean(first(inputs), [1, 2]),
  add: (inputs) => inputs.reduce((a, b) => tf.add(a, b)),
  multiply: (inputs) => inputs.reduce((a, b) => tf.mul(a, b)),
  concat: (inputs) => tf.concat([...inputs], -1),
  zeroPadding(inputs, { padding, fill }) {
    const [top = 0, bottom = 0, left = 0, right = 0] = padding;
    const around: [number, number][] = [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ];
    return tf.pad(first(inputs), around, fill === 'lowest' ? Number.NEGATIVE_INFINITY : 0);
  },
  flatten: (inputs, _, layer) => tf.reshape(first(inputs), [-1, ...layer.shape]),
  reshape: (inputs, _, layer) => tf.reshape(first(inputs), [-1, ...layer.shape]),
};

/**
 * Runs a network on a batch [n, ...input] → logits [n, ...output], and tells the running statistics that follow, and
 * what each layer made.
 * Every shape is held against what was inferred.
 */
export function forward(
  network: Network,
  weights: ReadonlyMap<string, Tensor>,
  x: Tensor,
  options: ForwardOptions,
): { logits: Tensor; updates: readonly RunningUpdate[]; values: readonly Tensor[] } {
  const updates: RunningUpdate[] = [];
  const context: Context = {
    ...options,
    updates,
    weight(layer, name) {
      const found = weights.get(`${layer.path}/${name}`);
      if (!found) throw new Error(`Stemma's own mistake: no weight ${layer.path}/${name}`);
      return found;
    },
  };
  const { given = [] } = options;
  const values: Tensor[] = [...given];
  for (const layer of network.layers.slice(given.length)) {
    const inputs = layer.op === 'input' ? [x] : layer.inputs.map((i) => values[i] as Tensor);
    const emit = emitters[layer.op] as Emit<OpKind>;
    const began = performance.now();
    const y = emit(inputs, layer.attrs as never, layer, context);
    const forwardMs = performance.now() - began;
    assertShape(layer, y);
    values.push(options.watch?.made(layer, y, forwardMs) ?? y);
  }
  return { logits: values[network.output] as Tensor, updates, values };
}

function assertShape(layer: Layer, y: Tensor): void {
  const shape = y.shape.slice(1);
  if (shape.length !== layer.shape.length || shape.some((extent, i) => extent !== layer.shape[i]))
    throw new Error(
      `Stemma's own mistake: layer ${layer.path} (${layer.op}) was inferred as [${layer.shape.join(', ')}], tf.js made [${shape.join(', ')}]`,
    );
}
