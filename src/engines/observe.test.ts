/** A step that is looked at is the same step, bit for bit; both engines see the same, and what a hand computes sees it too. */
import { describe, expect, test } from 'vitest';
import { signed } from '../../scripts/reference/fill.ts';
import type { Histogram, Observation } from '../compile/observation.ts';
import type { Batch } from '../data/pipeline.ts';
import { networkOf } from '../lower/index.ts';
import type { Network } from '../network/network.ts';
import { completeRecipe, type Recipe } from '../recipe/recipe.ts';
import { findTemplate } from '../templates/index.ts';
import { initialise } from '../weights/initialise.ts';
import type { Weights } from '../weights/tensors.ts';
import type { Engine } from './engine.ts';
import { portable } from './portable.node.ts';
import { locateTensorFlow } from './tensorflow/locate.node.ts';
import { tensorflow } from './tensorflow.node.ts';
import { lookByHand } from './testing-by-hand.ts';
import { chainBatch, chainOf, chains } from './testing-chains.ts';

const { library } = locateTensorFlow();
const engines: readonly Engine[] = library ? [portable, tensorflow] : [portable];
const STEPS = 3;

const stages = [
  [1, 8],
  [1, 16],
];
const pictures: Batch = {
  images: signed('observe', 4 * 16 * 16),
  labels: Int32Array.of(0, 7, 3, 9),
  ...{ count: 4, shape: [16, 16, 1] },
};

const whole = (
  id: string,
  flavour: 'd2l' | 'torchvision',
  set: Record<string, number | number[][]>,
): Network =>
  networkOf(findTemplate(id).build({ input: [16, 16, 1], classes: 10, flavour, set: { ...set, stages } }));

async function course(
  engine: Engine,
  network: Network,
  batch: Batch,
  recipe: Recipe,
  observe: (step: number) => boolean,
) {
  const session = await engine.open(network, initialise(network, recipe.seed), recipe);
  const losses: number[] = [];
  const observed: (Observation | undefined)[] = [];
  for (let step = 0; step < STEPS; step++) {
    const told = await session.step(batch, step, 0.05, { observe: observe(step) });
    losses.push(told.loss);
    observed.push(told.observed);
  }
  const weights = await session.weights();
  session.dispose();
  return { losses, observed, weights };
}

const bytesOf = (weights: Weights) =>
  [...weights].map(([path, { data }]) => [path, Buffer.from(data.buffer, data.byteOffset, data.byteLength)]);

describe.each(engines.map((engine) => [engine.id, engine] as const))('%s', (_, engine) => {
  test.each(Object.keys(chains))('%s: looking changes no bit', async (name) => {
    const network = chainOf(...(chains[name] ?? []));
    for (const given of [{ optimizer: 'momentum' }, { optimizer: 'adamw', ema: 0.9, labelSmoothing: 0.1 }]) {
      const recipe = completeRecipe({ ...given, weightDecay: 0.01, clipNorm: 0.5 });
      const plain = await course(engine, network, chainBatch, recipe, () => false);
      const seen = await course(engine, network, chainBatch, recipe, (step) => step !== 1);
      expect(seen.losses).toEqual(plain.losses);
      expect(bytesOf(seen.weights)).toEqual(bytesOf(plain.weights));
      expect(seen.observed.map((look) => look !== undefined)).toEqual([true, false, true]);
      expect(plain.observed).toEqual([undefined, undefined, undefined]);
    }
  });

  test.each([
    ['resnet18', 'd2l', {}],
    ['resnet18', 'torchvision', {}],
    ['resnext50_32x4d', 'torchvision', { groups: 4 }],
  ] as const)('%s as in %s: looking changes no bit', async (id, flavour, set) => {
    const network = whole(id, flavour, set);
    const sgd = completeRecipe({ optimizer: 'sgd' });
    const plain = await course(engine, network, pictures, sgd, () => false);
    const seen = await course(engine, network, pictures, sgd, () => true);
    expect(seen.losses).toEqual(plain.losses);
    expect(bytesOf(seen.weights)).toEqual(bytesOf(plain.weights));
  });

  test('figures are those that a hand computes, to 1e-3', async () => {
    const network = chainOf(['conv2d', { filters: 3, kernelSize: 1 }], ['activation']);
    const recipe = completeRecipe({ optimizer: 'sgd', clipNorm: 0 });
    const weights = new Map(initialise(network, recipe.seed));
    // The last channel never gets above 0.
    weights.set('conv2d1/bias', { shape: [3], data: Float32Array.of(0.1, -0.2, -50) });
    const session = await engine.open(network, weights, recipe);
    const { observed } = await session.step(chainBatch, 0, 0.05, { observe: true });
    session.dispose();
    const names = { conv: 'conv2d1', relu: 'activation2', dense: 'head3/fc' };
    const hand = lookByHand(chainBatch, weights, 0.05, names);
    expect(hand.activations.activation2?.dead).toBeCloseTo(1 / 3);
    for (const [path, figures] of Object.entries(hand.activations))
      for (const [name, value] of Object.entries(figures))
        close(observed?.activations[path]?.[name as keyof typeof figures], value, `${path} ${name}`);
    for (const [path, figures] of Object.entries(hand.weights))
      for (const [name, value] of Object.entries(figures))
        close(observed?.weights[path]?.[name as keyof typeof figures], value, `${path} ${name}`);
  });
});

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

function close(received: number | undefined, expected: number, what: string) {
  const difference = Math.abs((received ?? Number.NaN) - expected);
  expect(difference, what).toBeLessThanOrEqual(1e-3 * Math.abs(expected) + 1e-6);
}

test('ops that run one by one tell their time', async () => {
  const network = chainOf(['conv2d', { filters: 4 }], ['batchNorm'], ['activation']);
  const { observed } = await course(portable, network, chainBatch, completeRecipe({}), () => true);
  const { layerMs = {} } = observed[0] ?? {};
  expect(Object.keys(layerMs).sort()).toEqual(network.layers.map(({ path }) => path).sort());
  for (const [path, ms] of Object.entries(layerMs)) expect(ms, path).toBeGreaterThanOrEqual(0);
});

describe.skipIf(!library)('both engines see the same, to 1e-3', () => {
  test.each(Object.keys(chains))('%s', async (name) => {
    const network = chainOf(...(chains[name] ?? []));
    const recipe = completeRecipe({ optimizer: 'momentum', clipNorm: 0.1 });
    const [ours, theirs] = (await Promise.all(
      engines.map(
        async (engine) => (await course(engine, network, chainBatch, recipe, () => true)).observed[0],
      ),
    )) as [Observation, Observation];
    expect(Object.keys(theirs.activations).sort()).toEqual(Object.keys(ours.activations).sort());
    expect(Object.keys(theirs.weights).sort()).toEqual(Object.keys(ours.weights).sort());
    for (const [path, { mean, std, zeros, dead }] of Object.entries(ours.activations)) {
      const other = theirs.activations[path];
      // A mean beside 0 is judged by the spread around it.
      expect(Math.abs((other?.mean ?? Number.NaN) - mean), `${path} mean`).toBeLessThan(
        1e-3 * (Math.abs(mean) + std) + 1e-6,
      );
      close(other?.std, std, `${path} std`);
      expect(other?.zeros === undefined, path).toBe(zeros === undefined);
      close(other?.zeros ?? 0, zeros ?? 0, `${path} zeros`);
      close(other?.dead ?? 0, dead ?? 0, `${path} dead`);
    }
    const largest = Math.max(...Object.values(ours.weights).map(({ gradient }) => gradient));
    for (const [path, { norm, gradient, update }] of Object.entries(ours.weights)) {
      const other = theirs.weights[path];
      close(other?.norm, norm, `${path} norm`);
      // A gradient that is 0 exactly is rounding op by op.
      const rounding = 1e-6 * largest;
      expect(Math.abs((other?.gradient ?? Number.NaN) - gradient), path).toBeLessThan(
        1e-3 * gradient + rounding,
      );
      expect(Math.abs((other?.update ?? Number.NaN) - update), path).toBeLessThan(1e-3 * update + rounding);
    }
  });

  test('and the same histograms of tensors of any size', async () => {
    const network = chainOf(['conv2d', { filters: 24 }], ['activation'], ['conv2d', { filters: 40 }]);
    const [ours, theirs] = (await Promise.all(
      engines.map(
        async (engine) =>
          (
            await course(engine, network, chainBatch, completeRecipe({}), () => true)
          ).observed[0],
      ),
    )) as [Observation, Observation];
    const [expected, received] = [ours, theirs].map(
      ({ activations, weights }): Record<string, { histogram: Histogram }> => ({
        ...activations,
        ...weights,
      }),
    );
    for (const [path, { histogram }] of Object.entries(expected ?? {})) {
      const other = received?.[path]?.histogram as Histogram;
      expect(sum(other.counts), path).toBe(sum(histogram.counts));
      close(other.min, histogram.min, path);
      close(other.max, histogram.max, path);
      // A value on the border of two bins may fall to either side.
      const moved = histogram.counts.map((count, i) => Math.abs(count - (other.counts[i] ?? 0)));
      expect(sum(moved), path).toBeLessThanOrEqual(Math.max(2, 0.01 * sum(histogram.counts)));
    }
  });
});
