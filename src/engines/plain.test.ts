/** Stock tf.js alone: it computes what the portable engine's own kernels do, with no kernels but those that are named. */
import { expect, test } from 'vitest';
import { firstUnsupported, kernelsOf } from '../compile/kernels.ts';
import { tf } from '../compile/tf.ts';
import { completeRecipe } from '../recipe/recipe.ts';
import { initialise } from '../weights/initialise.ts';
import { cpu } from './cpu.node.ts';
import { portable } from './portable.node.ts';
import { chainBatch as batch, chainOf, chains } from './testing-chains.ts';

test.each(Object.keys(chains))('%s: numbers and kernels', async (name) => {
  const network = chainOf(...(chains[name] ?? []));
  const recipe = completeRecipe({ optimizer: 'sgd' });
  const first = initialise(network, 7);
  const expected = await portable.open(network, first, recipe);
  const { loss } = await expected.step(batch, 0, 0.01);
  const logits = await expected.predict(batch.images, batch.count);
  expected.dispose();

  const session = await cpu.open(network, first, recipe);
  expect((await session.step(batch, 0, 0.01)).loss).toBeCloseTo(loss, 5);
  const answers = await session.predict(batch.images, batch.count);
  for (const [i, value] of logits.entries()) expect(answers[i]).toBeCloseTo(value, 3);
  session.dispose();

  // The optimiser that takes the most.
  const adamw = await cpu.open(network, first, completeRecipe({ optimizer: 'adamw', weightDecay: 0.1 }));
  const { kernelNames } = await tf.profile(async () => {
    await adamw.step(batch, 0, 0.01);
    return [];
  });
  adamw.dispose();
  const known = new Set(network.layers.flatMap(kernelsOf));
  // Among the names are some of parts that a gradient of its own is made of; no backend has kernels for those.
  const used = kernelNames.filter((kernel) => tf.getKernel(kernel, 'cpu') !== undefined);
  expect(used).toContain('OneHot');
  expect([...new Set(used)].filter((kernel) => !known.has(kernel))).toEqual([]);
});

test('a kernel that is not there is told with the first layer that needs it', () => {
  const network = chainOf(['conv2d', { filters: 4 }], ['activation', { function: 'gelu' }]);
  expect(firstUnsupported(network, () => true)).toBeUndefined();
  expect(firstUnsupported(network, (kernel) => kernel !== 'Erf')).toMatchObject({
    layer: { path: 'activation2', op: 'activation' },
    kernel: 'Erf',
  });
});
