/** Which of tf.js' kernels a layer needs to be trained with stock tf.js: what an engine lacks is known beforehand. */
import type { Layer, Network } from '../network/network.ts';
import type { OpAttrs, OpKind } from '../network/ops/index.ts';

const CONVOLUTION = ['Conv2D', 'Conv2DBackpropInput', 'Conv2DBackpropFilter'];
/** Zeros between the taps of a filter. */
const SPREAD = ['Concat', 'Slice', 'SplitV', 'PadV2'];
/** Means over axes and what their gradients take. */
const STATISTICS = ['Mean', 'Multiply', 'Pow', 'RealDiv', 'Sum', 'Rsqrt', 'Tile', 'Add'];

const activations: Record<OpAttrs<'activation'>['function'], readonly string[]> = {
  relu: ['Relu', 'Step', 'Multiply'],
  gelu: ['Erf', 'Multiply', 'Exp', 'Square', 'Neg'],
  silu: ['Sigmoid', 'Multiply'],
  sigmoid: ['Sigmoid', 'Multiply', 'Sub'],
  tanh: ['Tanh', 'Square', 'Sub', 'Multiply'],
  leakyRelu: ['LeakyRelu', 'Greater', 'Select', 'Multiply'],
  softmax: ['Softmax', 'Sum', 'Multiply', 'Sub'],
};

const kernels: Record<OpKind, (layer: Layer) => readonly string[]> = {
  input: () => [],
  output: () => [],
  conv2d: ({ attrs }) => [
    ...CONVOLUTION,
    ...(attrs.useBias ? ['Add', 'Sum'] : []),
    ...(attrs.groups === 1 ? [] : ['SplitV', 'Concat']),
    ...(Math.max(...(attrs.dilationRate as readonly number[])) === 1 ? [] : SPREAD),
  ],
  dense: () => ['BatchMatMul', 'Add', 'Sum'],
  batchNorm: () => STATISTICS,
  layerNorm: () => STATISTICS,
  activation: ({ attrs }) => activations[attrs.function as OpAttrs<'activation'>['function']],
  dropout: () => ['Multiply'],
  maxPool: () => ['MaxPool', 'MaxPoolGrad'],
  avgPool: ({ attrs }) =>
    attrs.padding === 'same'
      ? ['AvgPool', 'AvgPoolGrad', 'PadV2', 'Slice', 'Multiply']
      : ['AvgPool', 'AvgPoolGrad'],
  globalAvgPool: () => ['Mean', 'Multiply', 'RealDiv'],
  add: () => ['Add'],
  multiply: () => ['Multiply'],
  concat: () => ['Concat', 'SplitV'],
  zeroPadding: () => ['PadV2', 'Slice'],
  flatten: () => ['Reshape'],
  reshape: () => ['Reshape'],
};

/** Of every step, whatever the network: the loss, the count of right answers, the optimisers. */
const EVERY_STEP = [
  ...[
    'OneHot',
    'Max',
    'Sub',
    'Exp',
    'Sum',
    'Log',
    'Mean',
    'Neg',
    'ArgMax',
    'Equal',
    'Cast',
    'Reshape',
    'Identity',
  ],
  ...['Add', 'Multiply', 'RealDiv', 'Square', 'Sqrt', 'ZerosLike', 'Tile'],
];

export function kernelsOf(layer: Layer): readonly string[] {
  const own = kernels[layer.op](layer);
  return layer.op === 'output' ? [...own, ...EVERY_STEP] : own;
}

/** The first layer that needs a kernel which is not there. */
export function firstUnsupported(
  network: Network,
  has: (kernel: string) => boolean,
): { readonly layer: Layer; readonly kernel: string } | undefined {
  for (const layer of network.layers) {
    const kernel = kernelsOf(layer).find((name) => !has(name));
    if (kernel !== undefined) return { layer, kernel };
  }
  return undefined;
}
