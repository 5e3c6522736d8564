/** Which of tf.js' kernels a layer needs to be trained with stock tf.js: what an engine lacks is known beforehand. */
import type { Layer, Network } from '../network/network.ts';
import type { OpAttrs, OpKind } from '../network/ops/index.ts';

const CONVOLUTION = ['Conv2D', 'Conv2DBackpropInput', 'Conv2DBackpropFilter'];
/** Means over axes and what their gradients take. */
const STATISTICS = [
  'Cast',
  'Mean',
  'Multiply',
  'Reshape',
  'RealDiv',
  'Square',
  'Sub',
  'Sum',
  'Rsqrt',
  'Tile',
];

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
    ...(attrs.groups === 1 ? [] : ['SplitV', 'Concat', 'Slice']),
  ],
  dense: () => ['BatchMatMul', 'Add', 'Sum'],
  batchNorm: () => [...STATISTICS, 'Add'],
  layerNorm: () => [...STATISTICS, 'Add'],
  activation: ({ attrs }) => activations[attrs.function as OpAttrs<'activation'>['function']],
  dropout: () => ['Multiply'],
  maxPool: () => ['MaxPool', 'MaxPoolGrad'],
  avgPool: () => ['AvgPool', 'AvgPoolGrad'],
  globalAvgPool: () => ['Mean', 'Multiply', 'RealDiv'],
  add: () => ['Add'],
  multiply: () => ['Multiply'],
  concat: () => ['Concat', 'Slice'],
  zeroPadding: () => ['PadV2', 'Slice'],
  flatten: () => ['Reshape'],
  reshape: () => ['Reshape'],
};

/** Of every step, whatever the network: the loss, the count of right answers. */
const LOSS = ['OneHot', 'Max', 'Exp', 'Log', 'ArgMax', 'Equal'];

/** The first layer that needs a kernel which is not there. */
export function firstUnsupported(
  network: Network,
  has: (kernel: string) => boolean,
): { readonly layer: Layer; readonly kernel: string } | undefined {
  for (const layer of network.layers) {
    const own = kernels[layer.op](layer);
    const needed = layer.op === 'output' ? LOSS : own;
    const kernel = needed.find((name) => !has(name));
    if (kernel !== undefined) return { layer, kernel };
  }
  return undefined;
}
