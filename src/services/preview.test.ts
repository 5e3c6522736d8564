import { expect, test } from 'vitest';
import type { ImageSet } from '../data/dataset.ts';
import { createPipeline } from '../data/pipeline.ts';
import { completeRecipe } from '../recipe/recipe.ts';
import { changesOf } from './pictures.ts';
import { previewOf } from './preview.node.ts';

const set: ImageSet = {
  images: Uint8Array.from({ length: 11 * 36 }, (_, i) => (i * 37) % 256),
  labels: Uint8Array.from({ length: 11 }, (_, i) => i),
  ...{ count: 11, height: 6, width: 6, channels: 1 },
};
const shape: [number, number, number] = [6, 6, 1];
const dataset = { classes: Array.from({ length: 11 }, (_, i) => `class ${i}`) };

test.each([
  {},
  { flip: true, crop: 2 },
  { cutout: 3 },
  { mixup: 1 },
  { flip: true, crop: 1, cutout: 2, mixup: 0.4 },
])('with %j each is shown as the epochs train on it', async (changes) => {
  const recipe = completeRecipe({ batch: 4, seed: 5, ...changes });
  const [from, draws] = [2, 3];
  const shown = await previewOf(dataset, set, recipe, { shape, from, count: 12, draws });
  expect(shown).toMatchObject({ count: 12, total: 11 });
  const bytes = Buffer.from(shown.pixels, 'base64');
  const pipeline = createPipeline({
    ...{ set, batchSize: 4, shape, mean: 0, std: 1, seed: 5, shuffle: true },
    ...changesOf(recipe),
  });
  /** A picture by its label, in an epoch. */
  const trained = (label: number, epoch: number) => {
    for (let index = 0; index < pipeline.stepsPerEpoch; index++) {
      const { images, labels, mixed } = pipeline.batchAt(epoch, index);
      const at = labels.indexOf(label);
      if (at < 0) continue;
      const picture = [...images.subarray(at * 36, (at + 1) * 36)].map((value) => Math.round(value * 255));
      return { picture, partner: mixed?.labels[at], share: mixed?.shares[at] };
    }
    throw new Error(`no picture ${label}`);
  };
  const first = [0, 1, 2].flatMap((index) => [...pipeline.batchAt(0, index).labels]);
  for (let i = 0; i < 12; i++) {
    const label = first[from + Math.floor(i / draws)] as number;
    expect(shown.labels[i]).toBe(label);
    const { picture, partner, share } = trained(label, i % draws);
    expect(shown.mixed?.labels[i]).toBe(partner);
    if (share !== undefined) expect(shown.mixed?.shares[i]).toBeCloseTo(share, 6);
    picture.forEach((byte, k) => {
      // Where a blend lies between two bytes, the pipeline's rounding to float32 decides.
      expect(Math.abs((bytes[i * 36 + k] as number) - byte)).toBeLessThanOrEqual(share === undefined ? 0 : 1);
    });
  }
});

test('at the end there are as many as are left, each in all its draws', async () => {
  const recipe = completeRecipe({ flip: true });
  const ask = (from: number) => previewOf(dataset, set, recipe, { shape, from, count: 24, draws: 6 });
  expect((await ask(9)).labels).toHaveLength(12);
  expect((await ask(11)).labels).toEqual([]);
});
