/** tfjs-node's kernels over the C API: the numbers of the portable engine, and nothing is left behind. */
import { describe, expect, test } from 'vitest';
import { tf } from '../../../compile/tf.ts';
import { completeRecipe } from '../../../recipe/recipe.ts';
import { initialise } from '../../../weights/initialise.ts';
import { portable } from '../../portable.node.ts';
import { startTensorFlow } from '../../tensorflow.node.ts';
import { tensorflowOps } from '../../tensorflow-ops.node.ts';
import { chainBatch as batch, chainOf, chains } from '../../testing-chains.ts';
import { locateTensorFlow } from '../locate.node.ts';

describe.skipIf(!locateTensorFlow().library)('op by op on TensorFlow', () => {
  test.each(Object.keys(chains))('%s', async (name) => {
    const network = chainOf(...(chains[name] ?? []));
    const recipe = completeRecipe({ optimizer: 'momentum' });
    const outcomes = [];
    for (const engine of [portable, tensorflowOps]) {
      const session = await engine.open(network, initialise(network, 7), recipe);
      const losses = [];
      for (let step = 0; step < 3; step++) losses.push((await session.step(batch, step, 0.01)).loss);
      outcomes.push({ losses, logits: await session.predict(batch.images, batch.count) });
      session.dispose();
    }
    const [ours, theirs] = outcomes as [(typeof outcomes)[0], (typeof outcomes)[0]];
    ours.losses.forEach((loss, i) => {
      expect(theirs.losses[i]).toBeCloseTo(loss, 4);
    });
    ours.logits.forEach((value, i) => {
      expect(theirs.logits[i]).toBeCloseTo(value, 3);
    });
  });

  test('a disposed session leaves no tensor', async () => {
    const { of } = startTensorFlow();
    const network = chainOf(['conv2d', { filters: 4 }], ['batchNorm'], ['activation']);
    const once = async () => {
      const session = await tensorflowOps.open(network, initialise(network, 7), completeRecipe({}));
      await session.step(batch, 0, 0.01);
      session.dispose();
      return { live: of.live, tensors: tf.memory().numTensors };
    };
    const first = await once();
    expect(await once()).toEqual(first);
  });
});
