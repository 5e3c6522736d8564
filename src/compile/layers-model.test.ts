import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { runs } from '../../scripts/property.ts';
import { signed } from '../../scripts/reference/fill.ts';
import { type DocNode, emptyDocument, type StemmaDocument, type Wire } from '../document/model.ts';
import { portableOps, startPortable } from '../engines/portable/backend.node.ts';
import { networkOf, summaryOf } from '../lower/index.ts';
import { completeRecipe } from '../recipe/recipe.ts';
import { findTemplate } from '../templates/index.ts';
import { initialise } from '../weights/initialise.ts';
import { toLayersModel } from './layers-model.ts';
import { tf } from './tf.ts';
import { Trainable } from './trainable.ts';

beforeAll(startPortable);

const filters = fc.integer({ min: 1, max: 6 });
const strides = fc.integer({ min: 1, max: 2 });
const step = fc.oneof(
  fc.record({
    type: fc.constant('conv2d'),
    filters: fc.constantFrom(4, 8, 12),
    strides,
    groups: fc.constantFrom(1, 1, 2, 4),
    kernelSize: fc.integer({ min: 1, max: 5 }),
    useBias: fc.boolean(),
  }),
  fc.record({ type: fc.constant('batchNorm') }),
  fc.record({ type: fc.constant('layerNorm') }),
  fc.record({
    type: fc.constant('activation'),
    function: fc.constantFrom('relu', 'gelu', 'silu', 'sigmoid', 'tanh', 'leakyRelu', 'softmax'),
  }),
  fc.record({
    type: fc.constantFrom('maxPool', 'avgPool'),
    poolSize: fc.integer({ min: 1, max: 4 }),
    strides,
    padding: fc.constant('same'),
  }),
  fc.record({
    type: fc.constant('zeroPadding'),
    padding: fc.tuple(strides, strides, strides, strides),
    fill: fc.constantFrom('zero', 'lowest'),
  }),
  fc.record({ type: fc.constant('dropout'), rate: fc.constant(0.3) }),
  fc.record({
    type: fc.constant('residual'),
    filters,
    strides,
    shortcut: fc.constantFrom('auto', 'projection', 'none'),
    padding: fc.constantFrom('same', 'symmetric'),
  }),
  fc.record({ type: fc.constant('bottleneck'), filters, strides }),
  fc.record({
    type: fc.constant('resnext'),
    filters: fc.constantFrom(8, 16),
    groups: fc.constantFrom(1, 2, 4),
    strides,
    useBias: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('residual-stage'),
    filters,
    strides,
    count: fc.integer({ min: 1, max: 3 }),
    block: fc.constantFrom('basic', 'bottleneck'),
  }),
  fc.record({ type: fc.constantFrom('add', 'concat', 'multiply') }),
);

/** A drawing that is valid by construction: a chain, with joints that take the chain and something of equal shape. */
const validDrawing = fc
  .record({
    h: fc.integer({ min: 3, max: 12 }),
    w: fc.integer({ min: 3, max: 12 }),
    steps: fc.array(step, { maxLength: 6 }),
    flat: fc.boolean(),
  })
  .map(({ h, w, steps, flat }): StemmaDocument => {
    const nodes: DocNode[] = [
      { id: 'in', type: 'input', name: 'in', params: { shape: [h, w, 4] }, x: 0, y: 0 },
    ];
    const wires: Wire[] = [];
    let last = 'in';
    const put = (type: string, params: DocNode['params'], inputs: [string, string][]) => {
      const id = `n${nodes.length}`;
      nodes.push({ id, type, name: id, params, x: 0, y: 0 });
      for (const [node, port] of inputs) wires.push({ from: { node, port: 'out' }, to: { node: id, port } });
      return id;
    };
    let channels = 4;
    for (const { type, ...params } of steps) {
      if (type === 'add' || type === 'concat' || type === 'multiply') {
        const other = put('activation', { function: 'tanh' }, [[last, 'in']]);
        last = put(type, {}, [
          [last, 'a'],
          [other, 'b'],
        ]);
        if (type === 'concat') channels *= 2;
        continue;
      }
      const given = { ...params } as Record<string, DocNode['params'][string]>;
      if (type === 'conv2d' && channels % Number(given.groups) !== 0) given.groups = 1;
      last = put(type, given, [[last, 'in']]);
      // −∞ is for a max-pool behind it, whose windows all reach a pixel.
      if (given.fill === 'lowest')
        last = put('maxPool', { poolSize: 3, strides: 1, padding: 'valid' }, [[last, 'in']]);
      if (typeof given.filters === 'number') {
        channels = given.filters * (type === 'bottleneck' || given.block === 'bottleneck' ? 4 : 1);
      }
    }
    if (flat) last = put('flatten', {}, [[last, 'in']]);
    last = flat ? put('dense', { units: 3 }, [[last, 'in']]) : put('head', { classes: 3 }, [[last, 'in']]);
    put('output', {}, [[last, 'in']]);
    return { ...emptyDocument(), nodes, wires };
  });

test('on 2,000 random drawings shapes and parameter counts are what tf.js builds', () => {
  let layers = 0;
  fc.assert(
    fc.property(validDrawing, (document) => {
      const network = networkOf(document);
      const model = toLayersModel(network);
      expect(model.countParams()).toBe(network.params + network.stats);
      const trainable = model.trainableWeights.reduce(
        (sum, w) => sum + w.shape.reduce<number>((a, b) => a * (b ?? 1), 1),
        0,
      );
      expect(trainable).toBe(summaryOf(document).params);
      layers += model.layers.length;
      model.dispose();
    }),
    { numRuns: runs(2000), seed: 11 },
  );
  expect(layers).toBeGreaterThan(10_000);
});

test('the model and the training step answer alike, with running statistics; and a step is finite', async () => {
  await fc.assert(
    fc.asyncProperty(validDrawing, async (document) => {
      const network = networkOf(document);
      const weights = initialise(network, 3);
      const trainable = new Trainable(network, weights, portableOps, completeRecipe({ optimizer: 'adam' }));
      const shape = network.layers[network.input]?.shape as [number, number, number];
      const images = signed('x', 2 * shape[0] * shape[1] * shape[2]);
      const model = toLayersModel(network, weights);
      const expected = tf.tidy(() =>
        (model.predict(tf.tensor(images, [2, ...shape])) as ReturnType<typeof tf.zeros>).dataSync(),
      );
      const received = await trainable.predict(images, 2);
      const scale = Math.max(1e-3, ...expected.map(Math.abs));
      received.forEach((value, i) => {
        expect(Math.abs(value - (expected[i] as number)) / scale).toBeLessThan(1e-4);
      });
      const batch = { images, labels: Int32Array.of(0, 2), count: 2, shape };
      const { loss } = await trainable.step(batch, 0, 0.001);
      expect(Number.isFinite(loss)).toBe(true);
      model.dispose();
      trainable.dispose();
    }),
    { numRuns: runs(150), seed: 5 },
  );
});

test.each(['d2l', 'torchvision'] as const)('%s: a fresh network begins near guessing', async (flavour) => {
  const network = networkOf(
    findTemplate('resnet18').build({ input: [32, 32, 3], classes: 10, flavour, set: {} }),
  );
  const model = new Trainable(network, initialise(network, 1), portableOps, completeRecipe({}));
  const images = signed('fresh', 16 * 32 * 32 * 3);
  const labels = Int32Array.from({ length: 16 }, (_, i) => i % 10);
  const { loss } = await model.step({ images, labels, count: 16, shape: [32, 32, 3] }, 0, 0);
  // ln 10 is 2.3; a head that begins far too large gave 11.
  expect(loss).toBeGreaterThan(1.5);
  expect(loss).toBeLessThan(4.5);
  model.dispose();
});
