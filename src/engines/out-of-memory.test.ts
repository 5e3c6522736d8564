import { expect, test } from 'vitest';
import { AppError } from '../base/errors.ts';
import type { Session } from '../compile/session.ts';
import { largestBatch } from '../recipe/budget.ts';
import { completeRecipe } from '../recipe/recipe.ts';
import { choose } from './ask.node.ts';
import type { Engine } from './engine.ts';
import { memoryHint } from './out-of-memory.ts';
import { chainOf } from './testing-chains.ts';
import { bare } from './testing-machines.ts';

const batch = (count: number) => ({
  images: new Float32Array(count * 288),
  labels: new Int32Array(count),
  count,
  shape: [9, 8, 4] as const,
});

/** An engine whose memory ends at a number of pictures. */
function small(most: number, error: () => Error, freeBytes?: number): Engine {
  class Small implements Session {
    readonly #most = most;
    async step({ count }: { count: number }) {
      if (count > this.#most) throw error();
      return { loss: 1, correct: 0 };
    }
    predict = async (_: Float32Array, count: number) => {
      if (count > this.#most) throw error();
      return new Float32Array();
    };
    weights = async () => new Map();
    state = async () => ({ weights: new Map(), slots: new Map(), averages: new Map(), steps: 0 });
    dispose() {}
  }
  const device = {
    id: 'cuda:0',
    kind: 'gpu',
    name: 'Small',
    ...(freeBytes !== undefined && { freeBytes }),
  } as const;
  return {
    ...{ id: 'small', title: 'Small', rank: 9 },
    offers: () => [{ device, available: true, reason: '', version: '', rank: 9 }],
    open: async (_network, _weights, options) => {
      expect(options.device).toBe(device);
      return new Small();
    },
  };
}

const network = chainOf(['conv2d', { filters: 4 }]);
const outOfMemory = () => new AppError('engine/out-of-memory', 'OOM at Conv2D.', { hint: 'smaller' });

async function open(engine: Engine) {
  const chosen = await choose([engine], bare, undefined, 0);
  return chosen.engine.open(network, new Map(), completeRecipe({}));
}

test('at any step, the batch that fits the memory of the device', async () => {
  const session = await open(small(20, outOfMemory, 1e6));
  expect(await session.step(batch(20), 0, 0.1)).toEqual({ loss: 1, correct: 0 });
  const fits = await session.step(batch(4000), 500, 0.1).catch((error: AppError) => error);
  expect(fits).toMatchObject({
    code: 'engine/out-of-memory',
    message: 'OOM at Conv2D.',
    hint: expect.stringMatching(
      /^A batch of \d+ should fit \(this one had 4000\); or use smaller pictures or a smaller network\.$/,
    ),
  });
  const named = Number(/of (\d+)/.exec((fits as AppError).hint ?? '')?.[1]);
  expect(named).toBeGreaterThan(1);
  expect(named).toBeLessThan(1000);
  await expect(session.predict(new Float32Array(), 4000)).rejects.toMatchObject({
    hint: expect.stringContaining('this one had 4000'),
  });
});

test('the batch is the one that fits by the memory of the engine that ran out of it', async () => {
  const named = async (engine: Engine) => {
    const session = await open(engine);
    const error = await session.step(batch(4000), 0, 0.1).catch((thrown: AppError) => thrown);
    return Number(/of (\d+)/.exec((error as AppError).hint ?? '')?.[1]);
  };
  const other = small(20, outOfMemory, 1e6);
  const fits = largestBatch(network, completeRecipe({}), 1e6, 'tensorflow');
  expect(await named({ ...other, id: 'tensorflow' })).toBe(fits);
  expect(await named(other)).toBeLessThan(fits);
});

test('where nothing is known, or the estimate was wrong, half of what did not fit; other errors stay', async () => {
  expect(memoryHint(64, undefined)).toContain('A batch of 32 should fit (this one had 64)');
  expect(memoryHint(64, 80)).toContain('A batch of 32');
  expect(memoryHint(64, 7)).toContain('A batch of 7 ');
  expect(memoryHint(64, 0)).toContain('Not even one picture fits');
  expect(memoryHint(1, 5)).toContain('Not even one picture fits');
  const session = await open(small(1, () => new TypeError('ours')));
  await expect(session.step(batch(2), 0, 0.1)).rejects.toThrow(TypeError);
});
