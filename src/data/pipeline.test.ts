import fc from 'fast-check';
import { expect, test } from 'vitest';
import { permutation } from '../base/random.ts';
import type { ImageSet } from './dataset.ts';
import { computeNormalisation, perChannel, unit } from './normalise.ts';
import { createPipeline, type Pipeline, type PipelineOptions } from './pipeline.ts';
import { prefetch } from './prefetch.node.ts';
import { resizeInto, tapsFor } from './resize.ts';
import { split, subset } from './split.ts';

function pictures(count: number, height = 2, width = 3, channels = 1): ImageSet {
  const images = Uint8Array.from(permutation(count * height * width * channels, 5, 0, 'test'));
  return { images, labels: Uint8Array.from({ length: count }, (_, i) => i), count, height, width, channels };
}
const options = (set: ImageSet, more: Partial<PipelineOptions> = {}): PipelineOptions => ({
  ...{
    set,
    batchSize: 4,
    shape: [set.height, set.width, set.channels],
    mean: 0.3,
    std: 0.7,
    seed: 9,
    shuffle: true,
  },
  ...more,
});

/** The same pipeline, with the number of batches that it was asked for. */
function counting(pipeline: Pipeline): { made: () => number; counted: Pipeline } {
  let made = 0;
  const batchAt = (epoch: number, index: number) => {
    made++;
    return pipeline.batchAt(epoch, index);
  };
  return { made: () => made, counted: { ...pipeline, batchAt } };
}

/** Area or bilinear resize in float64, pixel by pixel, by the definition and with nothing shared with resize.ts. */
function slowly(image: Uint8Array, [h, w, c]: number[], [th, tw]: number[], y: number, x: number, k: number) {
  const [sy, sx] = [(h as number) / (th as number), (w as number) / (tw as number)];
  const weight = (i: number, o: number, s: number) =>
    Math.max(0, 1 - Math.abs(i + 0.5 - (o + 0.5) * s) / Math.max(1, s));
  let [sum, all] = [0, 0];
  for (let i = 0; i < (h as number); i++)
    for (let j = 0; j < (w as number); j++) {
      const part = weight(i, y, sy) * weight(j, x, sx);
      sum += part * (image[(i * (w as number) + j) * (c as number) + k] as number);
      all += part;
    }
  return sum / all;
}

/** [n, h, w, c] bytes or floats → [n, th, tw, c] floats in the same range. */
function resizeBilinear(
  images: Uint8Array | Float32Array,
  [n, h, w, c]: readonly [number, number, number, number],
  [th, tw]: readonly [number, number],
): Float32Array {
  const out = new Float32Array(n * th * tw * c);
  const rows = tapsFor(h, th);
  const columns = tapsFor(w, tw);
  for (let i = 0; i < n; i++)
    resizeInto(
      out,
      i * th * tw * c,
      images.subarray(i * h * w * c, (i + 1) * h * w * c),
      [h, w, c],
      rows,
      columns,
    );
  return out;
}

test('resize is the triangle filter by its definition, for any sizes and channels, bytes and floats', () => {
  const side = fc.integer({ min: 1, max: 12 });
  fc.assert(
    fc.property(side, side, side, side, fc.constantFrom(1, 3), (h, w, th, tw, c) => {
      const { images } = pictures(1, h, w, c);
      const out = resizeBilinear(images, [1, h, w, c], [th, tw]);
      expect(resizeBilinear(Float32Array.from(images), [1, h, w, c], [th, tw])).toEqual(out);
      for (let i = 0; i < out.length; i++) {
        const [k, x, y] = [i % c, Math.floor(i / c) % tw, Math.floor(i / c / tw)];
        expect(Math.abs((out[i] as number) - slowly(images, [h, w, c], [th, tw], y, x, k))).toBeLessThan(
          1e-4,
        );
      }
    }),
    { numRuns: 100, seed: 1 },
  );
});

test('normalisation: by channel, from the pictures; values looked up are those of the formula', () => {
  const set: ImageSet = {
    images: Uint8Array.of(0, 255, 7, 255, 0, 7),
    labels: Uint8Array.of(1),
    count: 1,
    height: 1,
    width: 2,
    channels: 3,
  };
  const { mean, std } = computeNormalisation(set);
  expect(mean).toEqual([0.5, 0.5, 7 / 255]);
  expect(std).toEqual([0.5, 0.5, 1]);
  const of = { batchSize: 1, shuffle: false };
  expect([...createPipeline(options(set, { ...of, mean, std })).batchAt(0, 0).images]).toEqual([
    -1, 1, 0, 1, -1, 0,
  ]);
  expect(createPipeline(options(set, { ...of, ...unit })).batchAt(0, 0).images[1]).toBe(1);
  expect(() => perChannel('mean', [1, 2], 3)).toThrow('expected 1 or 3 values, received 2');
  expect(() => perChannel('std', 0, 1)).toThrow('expected numbers above 0');
});

test('grey is repeated to RGB; what does not fit is told in words', () => {
  const set = pictures(2);
  const grey = createPipeline(options(set)).batchAt(0, 0).images;
  const colour = createPipeline(options(set, { shape: [2, 3, 3] })).batchAt(0, 0).images;
  expect([...colour]).toEqual([...grey].flatMap((v) => [v, v, v]));
  expect(() => createPipeline(options(set, { shape: [2, 3, 2] }))).toThrow('The pictures have 1 channels');
  expect(() => createPipeline(options(pictures(2, 2, 2, 3), { shape: [2, 2, 1] }))).toThrow(
    'have 3 channels',
  );
  expect(() => createPipeline(options(set, { batchSize: 0 }))).toThrow('batch size: expected a whole number');
  expect(() => createPipeline(options({ ...set, count: 3 }))).toThrow('Expected 18 bytes of pictures');
  expect(() => createPipeline(options(set)).batchAt(0, 1)).toThrow(RangeError);
});

test('resized pictures kept in memory are the same, and kept only where all fit', () => {
  const set = pictures(10);
  const shape = [5, 4, 3] as const;
  const plain = createPipeline(options(set, { shape, limit: 7 }));
  const kept = createPipeline(options(set, { shape, limit: 7, cacheBytes: 4 * 7 * 20 }));
  const tight = createPipeline(options(set, { shape, limit: 7, cacheBytes: 4 * 7 * 20 - 1 }));
  for (const [epoch, index] of [
    [0, 0],
    [0, 1],
    [1, 1],
    [0, 0],
  ] as const) {
    const batch = plain.batchAt(epoch, index);
    expect(kept.batchAt(epoch, index)).toEqual(batch);
    expect(tight.batchAt(epoch, index)).toEqual(batch);
    // A batch is the caller's own: writing to it must not change what comes next.
    kept.batchAt(epoch, index).images.fill(0);
    expect(kept.batchAt(epoch, index)).toEqual(batch);
  }
});

test('a shorter last batch', () => {
  const pipeline = createPipeline(options(pictures(10)));
  expect([pipeline.stepsPerEpoch, pipeline.batchAt(0, 2).count]).toEqual([3, 2]);
});

test('prefetch gives what batchAt gives, from any place, however far ahead, and never farther', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 6 }), fc.nat(8), fc.nat(), async (ahead, start, seed) => {
      const pipeline = createPipeline(options(pictures(10), { seed }));
      const { made, counted } = counting(pipeline);
      const from = { epoch: Math.floor(start / 3), index: start % 3 };
      let step = start;
      for await (const { epoch, index, batch } of prefetch(counted, { ahead, epochs: 3, from })) {
        expect([epoch, index]).toEqual([Math.floor(step / 3), step % 3]);
        expect(batch).toEqual(pipeline.batchAt(epoch, index));
        step++;
        if (step % 2 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
        expect(made() - (step - start)).toBeLessThanOrEqual(ahead);
      }
      expect([step, made()]).toEqual([9, 9 - start]);
    }),
    { numRuns: 30, seed: 1 },
  );
});

test('prefetch stops when it is left, and passes an error on', async () => {
  const pipeline = createPipeline(options(pictures(10)));
  const { made, counted } = counting(pipeline);
  for await (const _ of prefetch(counted, { ahead: 2, epochs: 9 })) break;
  const then = made();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(made()).toBe(then);
  const broken = {
    ...pipeline,
    batchAt() {
      throw new Error('broken');
    },
  };
  await expect(prefetch(broken, { ahead: 2, epochs: 1 }).next()).rejects.toThrow('broken');
});

test('split: disjoint, whole, by the seed; subset: what a limit reads', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 40 }),
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      fc.nat(),
      (count, fraction, seed) => {
        const set = pictures(count);
        const { train, held } = split(set, fraction, seed);
        const labels = [...train.labels, ...held.labels].sort((a, b) => a - b);
        expect(labels).toEqual([...set.labels]);
        expect([train.images.length, held.images.length]).toEqual([train.count * 6, held.count * 6]);
        const first = held.labels[0] as number;
        expect([...held.images.subarray(0, 6)]).toEqual([...set.images.subarray(first * 6, first * 6 + 6)]);
        expect(split(set, fraction, seed)).toEqual({ train, held });
        expect(Math.abs(held.count - fraction * count)).toBeLessThanOrEqual(1);
      },
    ),
    { numRuns: 50, seed: 1 },
  );
  const set = pictures(10);
  const limited = createPipeline(options(set, { limit: 4, shuffle: false })).batchAt(0, 0);
  const own = createPipeline(options(subset(set, 4, 9), { shuffle: false })).batchAt(0, 0);
  expect(own).toEqual(limited);
  expect(() => split(set, 1, 0)).toThrow('between 0 and 1');
});
