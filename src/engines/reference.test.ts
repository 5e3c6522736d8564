import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { signed, words } from '../../scripts/reference/fill.ts';
import type { Batch } from '../data/pipeline.ts';
import { networkOf } from '../lower/index.ts';
import { type NamedWeight, type Network, weightsOf } from '../network/network.ts';
import { elementsOf } from '../network/shape.ts';
import { completeRecipe } from '../recipe/recipe.ts';
import { findTemplate } from '../templates/index.ts';
import { portable } from './portable.node.ts';
import { locateTensorFlow } from './tensorflow/locate.node.ts';
import { tensorflow } from './tensorflow.node.ts';

interface Case {
  name: string;
  flavour: 'd2l' | 'torchvision';
  kind: 'basic' | 'bottleneck' | 'resnext';
  stages: number[][];
  input: [number, number, number];
  optimizer: string;
  learningRate: number;
  weightDecay: number;
  labelSmoothing?: number;
  weightOfClass?: number[];
  /** Of each picture itself; the rest is that of the one as far from the batch's other end. */
  mixedShare?: number;
  ema?: number;
  losses: number[];
  firstGradients: Record<string, { norm: number; largest: number; at: [number, number][] }>;
  running: Record<string, [number, number]>;
  evalLogits: number[][];
}

const file = new URL('../../scripts/reference/ten_steps.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: Case[] };

function networkFor({ flavour, kind, stages, input }: Case): Network {
  const id = kind === 'resnext' ? 'resnext101_32x8d' : 'resnet18';
  const set = { stages, block: kind, stemFilters: 8, ...(kind === 'resnext' && { groups: 4 }) };
  return networkOf(findTemplate(id).build({ input, classes: 10, flavour, set }));
}

function initial({ path, name, shape }: NamedWeight): Float32Array {
  const count = elementsOf(shape);
  if (name === 'kernel') return signed(path, count, Math.sqrt(3 / elementsOf(shape.slice(0, -1))));
  if (name === 'gamma') return signed(path, count, 0.1, 1);
  if (name === 'movingMean') return new Float32Array(count);
  if (name === 'movingVariance') return new Float32Array(count).fill(1);
  return signed(path, count, 0.1);
}

function batch(index: number, { input: [h, w, c], mixedShare: share }: Case): Batch {
  const size = h * w * c;
  const images = signed(`images/${index}`, 8 * size);
  const labels = Int32Array.from(words(`labels/${index}`, 8), (u) => Math.floor((u / 2 ** 32) * 10));
  const rest = { labels, count: 8, shape: [h, w, c] as const };
  if (share === undefined) return { images, ...rest };
  const other = (i: number) => images[(7 - Math.floor(i / size)) * size + (i % size)] as number;
  return {
    images: images.map((value, i) => share * value + (1 - share) * other(i)),
    ...rest,
    mixed: { labels: labels.toReversed(), shares: new Float32Array(8).fill(share) },
  };
}

const library = locateTensorFlow();
const engines = [portable, tensorflow];
/** So long a step that what it takes from a weight is the gradient, whatever the weight was. */
const HUGE = 2 ** 24;

describe.each(engines)('$id', (engine) => {
  // The test of a missing library is elsewhere; here there is nothing to compare.
  const skip = engine === tensorflow && !library.library;
  describe.skipIf(skip).each(cases)('$name, as PyTorch computes it in float64', (reference) => {
    const { optimizer, weightDecay, learningRate, weightOfClass, labelSmoothing = 0, ema = 0 } = reference;
    const loss = { labelSmoothing, ...(weightOfClass && { weightOfClass }) };
    const network = networkFor(reference);
    const start = () =>
      new Map(weightsOf(network).map((w) => [w.path, { shape: w.shape, data: initial(w) }]));

    test('first gradients, each tensor relative to its largest number', async () => {
      const recipe = completeRecipe({ optimizer: 'sgd', weightDecay: 0 });
      const model = await engine.open(network, start(), { ...recipe, ...loss });
      await model.step(batch(0, reference), 0, HUGE);
      const [before, after] = [start(), await model.weights()];
      model.dispose();
      const overall = Math.max(...Object.values(reference.firstGradients).map((g) => g.largest));
      // PyTorch's gradients hold the pull of weight decay on top.
      for (const [path, { largest, norm, at }] of Object.entries(reference.firstGradients)) {
        const was = before.get(path)?.data ?? new Float32Array();
        const values = Array.from(
          was,
          (value, i) => (value - (after.get(path)?.data[i] ?? Number.NaN)) / HUGE,
        );
        expect(values.length).toBeGreaterThan(0);
        // A bias before a batch norm changes nothing: its gradient is 0, but for rounding.
        if (largest < 1e-12) {
          for (const value of values) expect(Math.abs(value) / overall).toBeLessThan(1e-6);
          continue;
        }
        for (const [i, value] of at)
          expect(Math.abs((values[i] ?? Number.NaN) - value) / largest).toBeLessThan(1e-4);
        expect(Math.abs(Math.hypot(...values) - norm) / norm).toBeLessThan(1e-4);
      }
    });

    test('ten losses, running statistics and answers', async () => {
      const recipe = completeRecipe({ optimizer, weightDecay, ema });
      const model = await engine.open(network, start(), { ...recipe, ...loss });
      for (const [step, expected] of reference.losses.entries()) {
        const told = await model.step(batch(step, reference), step, learningRate);
        expect(Math.abs(told.loss - expected) / expected).toBeLessThan(1e-3);
      }
      const weights = await model.weights();
      const sum = (path: string) => weights.get(path)?.data.reduce((a, b) => a + b, 0) ?? Number.NaN;
      for (const [path, [mean, variance]] of Object.entries(reference.running)) {
        const spread = Math.max(1, Math.abs(variance));
        expect(Math.abs(sum(`${path}/movingMean`) - mean) / spread).toBeLessThan(2e-3);
        expect(Math.abs(sum(`${path}/movingVariance`) - variance) / spread).toBeLessThan(2e-3);
      }
      const logits = await model.predict(batch(0, reference).images, 8);
      const expected = reference.evalLogits.flat();
      const scale = Math.max(...expected.map(Math.abs));
      expected.forEach((value, i) => {
        expect(Math.abs((logits[i] ?? Number.NaN) - value) / scale).toBeLessThan(5e-3);
      });
      model.dispose();
    });
  });
});
