/** The WebGPU engine on a GPU made of software: whether it computes right. Its speed, and real GPUs, are not seen here. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tf } from '../../compile/tf.ts';
import type { Network } from '../../network/network.ts';
import { completeRecipe } from '../../recipe/recipe.ts';
import { initialise } from '../../weights/initialise.ts';
import type { Weights } from '../../weights/tensors.ts';
import type { Engine } from '../engine.ts';
import { portable } from '../portable.node.ts';
import { chainBatch as batch, chainOf, chains } from '../testing-chains.ts';
import { webgpu } from '../webgpu.node.ts';
import { hasSoftwareGpu, provideSoftwareGpu } from './testing-gpu.node.ts';

interface Trained {
  readonly losses: readonly number[];
  readonly weights: Weights;
  readonly logits: Float32Array;
}

async function trained(engine: Engine, network: Network, optimizer = 'sgd', steps = 1): Promise<Trained> {
  const recipe = completeRecipe({ optimizer, weightDecay: optimizer === 'sgd' ? 0 : 0.01 });
  const session = await engine.open(network, initialise(network, 7), recipe);
  const losses: number[] = [];
  for (let i = 0; i < steps; i++) losses.push((await session.step(batch, i, 0.05)).loss);
  const made = {
    losses,
    weights: await session.weights(),
    logits: await session.predict(batch.images, batch.count),
  };
  session.dispose();
  return made;
}

/** The worst difference, relative to the largest number of its tensor; below 1e-3 all is rounding. */
function difference(received: Trained, expected: Trained): number {
  const pairs = [...expected.weights].map(
    ([path, { data }]) => [received.weights.get(path)?.data, data] as const,
  );
  const all = [...pairs, [received.logits, expected.logits], [received.losses, expected.losses]] as const;
  return Math.max(
    ...all.map(([got, wanted]) => {
      const scale = Math.max(1e-3, ...Array.from(wanted, Math.abs));
      return Math.max(...Array.from(wanted, (v, i) => Math.abs((got?.[i] ?? Number.NaN) - v) / scale));
    }),
  );
}

describe.skipIf(!hasSoftwareGpu)('on SwiftShader, against the portable engine', () => {
  beforeAll(provideSoftwareGpu);
  afterAll(() => tf.setBackend('cpu'));

  test.each(Object.keys(chains))('%s: a step and answers', async (name) => {
    const network = chainOf(...(chains[name] ?? []));
    const expected = await trained(portable, network);
    expect(difference(await trained(webgpu, network), expected)).toBeLessThan(1e-4);
  });

  test.each(['sgd', 'momentum', 'nesterov', 'adam', 'adamw'])('%s: three steps', async (optimizer) => {
    const network = chainOf(['conv2d', { filters: 4 }], ['activation'], ['add'], ['maxPool']);
    const expected = await trained(portable, network, optimizer, 3);
    expect(difference(await trained(webgpu, network, optimizer, 3), expected)).toBeLessThan(1e-4);
  });

  test('a step leaves no tensor behind', async () => {
    const network = chainOf(['conv2d', { filters: 4 }], ['batchNorm'], ['activation']);
    const session = await webgpu.open(network, initialise(network, 7), completeRecipe({}));
    await session.step(batch, 0, 0.1);
    const before = tf.memory().numTensors;
    for (let i = 1; i < 4; i++) await session.step(batch, i, 0.1);
    await session.predict(batch.images, batch.count);
    expect(tf.memory().numTensors).toBe(before);
    session.dispose();
  });

  test('a tensor too large is told, and work goes on', async () => {
    const network = chainOf(['conv2d', { filters: 65536, kernelSize: 1 }]);
    const session = await webgpu.open(network, initialise(network, 7), completeRecipe({}));
    const count = 60;
    const images = new Float32Array(count * 9 * 8 * 4);
    const large = { ...batch, images, labels: new Int32Array(count), count };
    const before = tf.memory().numTensors;
    await expect(session.step(large, 0, 0.1)).rejects.toMatchObject({
      code: 'engine/out-of-memory',
      message: expect.stringMatching(
        /^A tensor of 1080 MB is too large for the GPU 'SwiftShader.* at most 1024 MB/,
      ),
    });
    expect(tf.memory().numTensors).toBe(before);
    session.dispose();
    const small = chainOf(['conv2d', { filters: 4 }]);
    expect((await trained(webgpu, small)).losses[0]).toBeGreaterThan(0);
  });

  test('another GPU needs another process', async () => {
    const network = chainOf();
    const device = { id: 'webgpu:1', kind: 'gpu', name: 'Other' } as const;
    await expect(
      webgpu.open(network, initialise(network, 7), { ...completeRecipe({}), device }),
    ).rejects.toThrow('This process trains on webgpu:0 already; webgpu:1 needs another one.');
  });
});
