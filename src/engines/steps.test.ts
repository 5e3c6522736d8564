/** A step on TensorFlow against the same step op by op on the portable engine: every op, every optimiser, three steps. */
import { beforeAll, describe, expect, test } from 'vitest';
import { RandomStream } from '../base/random.ts';
import type { Batch } from '../data/pipeline.ts';
import { emptyDocument } from '../document/model.ts';
import { networkOf } from '../lower/index.ts';
import { layerAt, type Network, weightsOf } from '../network/network.ts';
import { ops } from '../network/ops/index.ts';
import { elementsOf } from '../network/shape.ts';
import { completeRecipe, recipeSchema } from '../recipe/recipe.ts';
import type { Weights } from '../weights/tensors.ts';
import { portable } from './portable.node.ts';
import { locateTensorFlow } from './tensorflow/locate.node.ts';
import { planOf } from './tensorflow/plan.ts';
import { tensorflow } from './tensorflow.node.ts';

type Params = Readonly<Record<string, unknown>>;
/** A chain of layers; several inputs are the last layers' outputs, named by how far back they are. */
type Part = readonly [type: string, params?: Params, back?: readonly number[]];

const CLASSES = 5;
const BATCH = 6;

/** input → parts → flatten → dense → output. */
function chain(input: readonly number[], parts: readonly Part[]): Network {
  const all: Part[] = [
    ['input', { shape: input }],
    ...parts,
    ['flatten'],
    ['dense', { units: CLASSES }],
    ['output'],
  ];
  const nodes = all.map(([type, given = {}, back = []], i) => {
    const params = back.length > 1 ? { ...given, inputs: back.length } : given;
    const id = `n${i}`;
    return { id, type, name: `${type}${i}`, params, x: 0, y: 0 };
  });
  const wires = all.flatMap(([type, , back = [1]], i) =>
    type === 'input'
      ? []
      : back.map((steps, k) => ({
          from: { node: `n${i - steps}`, port: 'out' },
          to: { node: `n${i}`, port: back.length === 1 ? 'in' : 'abc'.charAt(k) },
        })),
  );
  return networkOf({ ...emptyDocument(), nodes, wires } as never);
}

const conv = (params: Params = {}): Part => ['conv2d', { filters: 8, kernelSize: [3, 3], ...params }];
const bn = (params: Params = {}): Part => ['batchNorm', params];
const act = (name = 'relu'): Part => ['activation', { function: name }];

const networks: Readonly<Record<string, Network>> = {
  'a strided convolution of an odd picture': chain([9, 7, 3], [conv({ strides: [2, 2] }), act('tanh')]),
  'a convolution without padding': chain([8, 8, 3], [conv({ padding: 'valid', kernelSize: [5, 3] }), act()]),
  'a dilated convolution': chain([11, 11, 3], [conv({ dilationRate: [2, 2] }), act('tanh')]),
  'a dilated convolution in groups': chain(
    [11, 11, 4],
    [conv({ dilationRate: [2, 3], groups: 2, strides: [1, 1] }), act('tanh')],
  ),
  'convolutions that are pointwise': chain(
    [6, 6, 3],
    [conv({ kernelSize: [1, 1], strides: [2, 2] }), conv({ kernelSize: [1, 1] })],
  ),
  'grouped convolutions': chain(
    [8, 8, 4],
    [conv({ groups: 2 }), act(), conv({ groups: 8, strides: [2, 2] }), act('tanh')],
  ),
  'grouped convolutions after a padding': chain(
    [8, 8, 4],
    [['zeroPadding', { padding: [1, 1, 1, 1] }], conv({ groups: 2, padding: 'valid', strides: [2, 2] })],
  ),
  'a grouped convolution of a tiny picture': chain([2, 2, 4], [conv({ groups: 4 }), act('tanh')]),
  'convolutions of tiny pictures': chain(
    [4, 4, 3],
    [conv(), act('tanh'), conv({ strides: [2, 2] }), act('tanh'), conv(), conv({ strides: [2, 2] }), conv()],
  ),
  'tiny pictures, large kernels, dilation': chain(
    [3, 4, 3],
    [conv({ kernelSize: [5, 3] }), act('tanh'), conv({ dilationRate: [2, 1] })],
  ),
  'a padding that the convolution does': chain(
    [9, 9, 3],
    [['zeroPadding', { padding: [1, 0, 2, 1] }], conv({ padding: 'valid', strides: [2, 2] })],
  ),
  'a tiny padding that the convolution does': chain(
    [4, 4, 3],
    [['zeroPadding', { padding: [1, 1, 1, 1] }], conv({ padding: 'valid', strides: [2, 2] })],
  ),
  'a padding so wide that the convolution sees nothing else': chain(
    [2, 2, 3],
    [conv(), ['zeroPadding', { padding: [3, 3, 3, 3] }], conv({ padding: 'valid', strides: [7, 7] })],
  ),
  'a padding that two convolutions read': chain(
    [8, 8, 3],
    [
      ['zeroPadding', { padding: [1, 1, 1, 1] }],
      conv({ padding: 'valid' }),
      ['conv2d', { filters: 8, padding: 'valid' }, [2]],
      ['add', {}, [1, 2]],
    ],
  ),
  'max-pooling after a padding of minus infinity': chain(
    [8, 8, 3],
    [
      conv(),
      ['zeroPadding', { padding: [1, 1, 1, 1], fill: 'lowest' }],
      ['maxPool', { poolSize: [3, 3], strides: [2, 2] }],
    ],
  ),
  'max-pooling': chain(
    [9, 7, 3],
    [conv(), ['maxPool', { poolSize: [3, 3], strides: [2, 2], padding: 'same' }], ['maxPool', {}]],
  ),
  'average pooling': chain(
    [9, 7, 3],
    [conv(), ['avgPool', { poolSize: [3, 3], strides: [2, 2], padding: 'same' }], ['avgPool', {}]],
  ),
  'batch norm, biased': chain([8, 8, 3], [conv(), bn(), act(), conv(), bn({ momentum: 0.5 })]),
  'batch norm, unbiased': chain(
    [8, 8, 3],
    [conv({ useBias: false }), bn({ runningVariance: 'unbiased', epsilon: 1e-3 }), act()],
  ),
  'batch norm of a vector': chain(
    [4, 4, 3],
    [['flatten'], ['dense', { units: 7, useBias: false }], bn(), act('tanh')],
  ),
  'batch norm of the picture itself': chain([6, 6, 3], [bn(), conv(), act()]),
  'layer norm': chain([4, 4, 3], [conv(), ['layerNorm'], act('tanh'), ['globalAvgPool'], ['layerNorm']]),
  dropout: chain([6, 6, 3], [conv(), ['dropout', { rate: 0.4 }], act(), ['dropout', { rate: 0 }]]),
  'global average pooling': chain([6, 5, 3], [conv(), act(), ['globalAvgPool']]),
  'a sum of three': chain([6, 6, 3], [conv(), conv(), conv(), ['add', {}, [1, 2, 3]], act()]),
  'a product': chain([6, 6, 3], [conv(), conv(), ['multiply', {}, [1, 2]]]),
  'a product that broadcasts': chain(
    [6, 6, 3],
    [
      conv(),
      ['globalAvgPool'],
      ['dense', { units: 8 }],
      act('sigmoid'),
      ['reshape', { targetShape: [1, 1, 8] }],
      ['multiply', {}, [5, 1]],
    ],
  ),
  concatenation: chain([6, 6, 3], [conv(), conv({ filters: 4 }), ['concat', {}, [1, 2, 3]], act('tanh')]),
  'a residual block': chain(
    [8, 8, 3],
    [conv(), bn(), act(), conv(), bn(), act(), conv(), bn(), ['add', {}, [1, 6]], act()],
  ),
  ...Object.fromEntries(
    ['relu', 'gelu', 'silu', 'sigmoid', 'tanh', 'leakyRelu', 'softmax'].map((name) => [
      `activation ${name}`,
      chain([5, 5, 3], [conv(), act(name), ['globalAvgPool'], act(name)]),
    ]),
  ),
};

function batch(network: Network, step: number, count = BATCH): Batch {
  const shape = layerAt(network, network.input).shape as [number, number, number];
  const stream = new RandomStream(7, step, 'steps');
  const images = Float32Array.from(
    { length: count * elementsOf(shape) },
    () => (2 * stream.uniform() - 1) * 1.7,
  );
  return { images, count, shape, labels: Int32Array.from({ length: count }, (_, i) => (i + step) % CLASSES) };
}

function begin(network: Network): Weights {
  return new Map(
    weightsOf(network).map(({ path, shape, name }) => {
      const stream = new RandomStream(3, 0, path);
      const scale = name === 'kernel' ? Math.sqrt(1 / elementsOf(shape.slice(0, -1))) : 0.1;
      const centre = name === 'gamma' || name === 'movingVariance' ? 1 : 0;
      const data = Float32Array.from({ length: elementsOf(shape) }, () =>
        name === 'movingVariance' ? 1 : centre + scale * (2 * stream.uniform() - 1) * 1.7,
      );
      return [path, { shape, data }];
    }),
  );
}

const largest = (values: Float32Array) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
const difference = (a: Float32Array, b: Float32Array) => {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] as number))), 0);
};

const { library } = locateTensorFlow();

describe.skipIf(!library)('three steps on TensorFlow are those of the portable engine', () => {
  beforeAll(() => {
    // A new op without a network here would go unseen.
    const covered = new Set(Object.values(networks).flatMap(({ layers }) => layers.map(({ op }) => op)));
    expect([...covered].sort()).toEqual(Object.keys(ops).sort());
  });

  describe.each(recipeSchema.optimizer.options ?? [])('%s', (optimizer: string) => {
    test.each(Object.keys(networks))('%s', async (name) => {
      const network = networks[name] as Network;
      const learningRate = optimizer.startsWith('adam') ? 0.001 : 0.05;
      // Short enough to take effect in each of these.
      const clipNorm = optimizer === 'nesterov' ? 0.2 : 0;
      const recipe = completeRecipe({ optimizer, weightDecay: 0.01, clipNorm, seed: 5 });
      const outcomes = [];
      for (const engine of [portable, tensorflow]) {
        const session = await engine.open(network, begin(network), recipe);
        const told = [];
        // The last batch of an epoch is a smaller one.
        for (const [step, count] of [BATCH, BATCH, BATCH - 2].entries())
          told.push(await session.step(batch(network, step, count), step, learningRate));
        const logits = await session.predict(batch(network, 9).images, BATCH);
        outcomes.push({ told, logits, weights: await session.weights() });
        session.dispose();
      }
      const [ours, theirs] = outcomes as [(typeof outcomes)[0], (typeof outcomes)[0]];
      ours.told.forEach(({ loss, correct }, step) => {
        expect(theirs.told[step]?.loss).toBeCloseTo(loss, 4);
        expect(theirs.told[step]?.correct).toBe(correct);
      });
      // Such a bias has gradient 0; op by op it is rounding, which Adam blows up to whole steps.
      const { biasOf } = planOf(network);
      const rounding = new Set(
        network.layers.flatMap((layer) => {
          const bias = biasOf(layer);
          return bias ? [`${bias.path}/bias`, `${layer.path}/movingMean`] : [];
        }),
      );
      for (const [path, { data }] of ours.weights) {
        if (optimizer.startsWith('adam') && rounding.has(path)) continue;
        const other = theirs.weights.get(path)?.data ?? new Float32Array();
        expect(difference(data, other) / Math.max(largest(data), 1e-3), path).toBeLessThan(2e-4);
      }
      const drifted = optimizer.startsWith('adam') && rounding.size > 0;
      expect(difference(ours.logits, theirs.logits) / largest(ours.logits)).toBeLessThan(
        drifted ? 5e-3 : 5e-4,
      );
    });
  });
});
