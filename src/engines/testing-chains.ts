/** Small networks in a line, one for each thing that an engine must do right. */
import { signed } from '../../scripts/reference/fill.ts';
import type { Batch } from '../data/pipeline.ts';
import { emptyDocument } from '../document/model.ts';
import { networkOf } from '../lower/index.ts';
import type { Network } from '../network/network.ts';
import type { ParamValue } from '../schema/params.ts';

type Step = readonly [type: string, params?: Readonly<Record<string, ParamValue>>];

/** [9, 8, 4] → steps → head of 3 classes. A join gets what is before it and the input. */
export function chainOf(...steps: readonly Step[]): Network {
  const input: Step = ['input', { shape: [9, 8, 4] }];
  const nodes = [input, ...steps, ['head', { classes: 3 }] as Step, ['output'] as Step].map(
    ([type, params = {}], i) => ({ id: `n${i}`, type, name: `${type}${i}`, params, x: 0, y: 0 }),
  );
  const joins = new Set(['add', 'multiply', 'concat']);
  const wire = (from: number, to: number, port: string) => ({
    from: { node: `n${from}`, port: 'out' },
    to: { node: `n${to}`, port },
  });
  const wires = nodes.slice(1).flatMap(({ type }, i) => {
    return joins.has(type) ? [wire(i, i + 1, 'a'), wire(0, i + 1, 'b')] : [wire(i, i + 1, 'in')];
  });
  return networkOf({ ...emptyDocument(), nodes, wires });
}

const conv = (params: Readonly<Record<string, ParamValue>> = {}): Step => [
  'conv2d',
  { filters: 4, ...params },
];

export const chains: Readonly<Record<string, readonly Step[]>> = {
  'conv 3×3': [conv()],
  'conv 1×1, strides 2': [conv({ kernelSize: 1, strides: 2 })],
  'conv 3×3, strides 2, valid, no bias': [conv({ strides: 2, padding: 'valid', useBias: false })],
  'conv 5×5, strides 2, same': [conv({ kernelSize: 5, strides: 2, filters: 6 })],
  'conv 3×3, dilation 2': [conv({ dilationRate: 2 })],
  'conv 3×2, dilation 2 and 3, valid': [conv({ kernelSize: [3, 2], dilationRate: [2, 3], padding: 'valid' })],
  'conv in 2 groups': [conv({ groups: 2, filters: 6 })],
  'conv in as many groups as channels': [conv({ groups: 4, strides: 2 })],
  'conv in groups, dilated': [conv({ groups: 2, dilationRate: 2 })],
  'batch norm': [conv(), ['batchNorm'], ['activation']],
  'batch norm, unbiased': [conv(), ['batchNorm', { runningVariance: 'unbiased' }]],
  'layer norm': [conv(), ['layerNorm']],
  relu: [conv(), ['activation', { function: 'relu' }]],
  gelu: [conv(), ['activation', { function: 'gelu' }]],
  silu: [conv(), ['activation', { function: 'silu' }]],
  sigmoid: [conv(), ['activation', { function: 'sigmoid' }]],
  tanh: [conv(), ['activation', { function: 'tanh' }]],
  leakyRelu: [conv(), ['activation', { function: 'leakyRelu' }]],
  softmax: [conv(), ['activation', { function: 'softmax' }]],
  dropout: [conv(), ['dropout', { rate: 0.3 }]],
  'max pool 3, strides 2, same': [conv(), ['maxPool', { poolSize: 3, strides: 2, padding: 'same' }]],
  'max pool 2': [conv(), ['maxPool']],
  'average pool 3, strides 2, same': [conv(), ['avgPool', { poolSize: 3, strides: 2, padding: 'same' }]],
  'average pool 2': [conv(), ['avgPool']],
  add: [conv(), ['add']],
  multiply: [conv(), ['multiply']],
  concat: [conv({ filters: 6 }), ['concat']],
  'zero padding': [conv(), ['zeroPadding', { padding: [1, 2, 0, 1] }], conv()],
  'lowest padding before a max pool': [
    conv(),
    ['zeroPadding', { padding: [1, 1, 1, 1], fill: 'lowest' }],
    ['maxPool', { poolSize: 3, strides: 2 }],
  ],
  'flatten and dense': [
    conv(),
    ['flatten'],
    ['dense', { units: 5 }],
    ['reshape', { targetShape: [1, 1, 5] }],
  ],
  reshape: [conv(), ['reshape', { targetShape: [8, 9, 4] }], conv()],
};

/** Three pictures for any of them. */
export const chainBatch: Batch = {
  images: signed('chains', 3 * 9 * 8 * 4),
  labels: Int32Array.of(0, 2, 1),
  count: 3,
  shape: [9, 8, 4],
};
