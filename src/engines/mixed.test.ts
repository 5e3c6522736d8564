/** What counts as right where pictures are mixed, against the answers that the same weights give. */
import { expect, test } from 'vitest';
import type { Batch } from '../data/pipeline.ts';
import { completeRecipe } from '../recipe/recipe.ts';
import { initialise } from '../weights/initialise.ts';
import { portable } from './portable.node.ts';
import { locateTensorFlow } from './tensorflow/locate.node.ts';
import { tensorflow } from './tensorflow.node.ts';
import { chainBatch, chainOf } from './testing-chains.ts';

const engines = locateTensorFlow().library ? [portable, tensorflow] : [portable];

test.each(engines)('$id: an answer is right by the share of the class that it names', async (engine) => {
  const network = chainOf(['conv2d', { filters: 4 }], ['activation', { function: 'tanh' }]);
  const mixed = { labels: Int32Array.of(1, 1, 2), shares: Float32Array.of(0.75, 0.5, 0.125) };
  const batch: Batch = { ...chainBatch, mixed };
  const model = await engine.open(network, initialise(network, 1), completeRecipe({}));
  const logits = await model.predict(batch.images, 3);
  let [right, loss] = [0, 0];
  for (let i = 0; i < 3; i++) {
    const row = [...logits.subarray(i * 3, (i + 1) * 3)];
    const all = Math.log(row.reduce((sum, value) => sum + Math.exp(value), 0));
    const share = mixed.shares[i] as number;
    for (const [label, of] of [[batch.labels[i], share] as const, [mixed.labels[i], 1 - share] as const]) {
      if (row.indexOf(Math.max(...row)) === label) right += of;
      loss += (of * (all - (row[label as number] as number))) / 3;
    }
  }
  const told = await model.step(batch, 0, 0);
  model.dispose();
  expect(told.correct).toBeCloseTo(right, 5);
  expect(told.loss).toBeCloseTo(loss, 4);
  expect(right).toBeGreaterThan(0);
});
