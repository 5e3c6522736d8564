import fc from 'fast-check';
import { expect, test } from 'vitest';
import { permutation } from '../base/random.ts';
import type { ImageSet } from './dataset.ts';
import { computeNormalisation, perChannel, unit } from './normalise.ts';
import { createPipeline, type PipelineOptions } from './pipeline.ts';
import { createResize } from './resize.ts';
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

const side = fc.integer({ min: 1, max: 12 });

test('resize is the triangle filter by its definition, for any sizes and channels, at any place', () => {
  fc.assert(
    fc.property(side, side, side, side, fc.constantFrom(1, 3), (h, w, th, tw, c) => {
      const { images } = pictures(2, h, w, c);
      const second = images.subarray(h * w * c);
      const out = new Float32Array(th * tw * c);
      createResize([h, w, c], [th, tw])(out, images, h * w * c);
      for (let i = 0; i < out.length; i++) {
        const [k, x, y] = [i % c, Math.floor(i / c) % tw, Math.floor(i / c / tw)];
        expect(Math.abs((out[i] as number) - slowly(second, [h, w, c], [th, tw], y, x, k))).toBeLessThan(
          1e-4,
        );
      }
    }),
    { numRuns: 100, seed: 1 },
  );
});

/** What taps of an output weigh, by name of the input; the widest need no more than they have. */
function weightsAt(from: number, to: number, o: number): Map<number, number> {
  const scale = from / to;
  const support = Math.max(scale, 1);
  const centre = (o + 0.5) * scale;
  const inputs = Array.from({ length: from }, (_, i) => i).filter(
    (i) => i >= Math.floor(centre - support + 0.5) && i < Math.floor(centre + support + 0.5),
  );
  const raw = inputs.map((i) => Math.max(0, 1 - Math.abs((i + 0.5 - centre) / support)));
  const sum = raw.reduce((a, b) => a + b, 0);
  return new Map(inputs.map((i, at) => [i, (raw[at] as number) / sum]));
}

test('what a network is fed is bit for bit the definition: float64 sums, rows first, rounded, then normalised', () => {
  const mean = [0.1, 0.25, 0.4];
  const std = [0.3, 0.7, 0.9];
  fc.assert(
    fc.property(side, side, side, side, fc.constantFrom(1, 3), (h, w, th, tw, c) => {
      fc.pre(h !== th || w !== tw);
      const set = pictures(3, h, w, c);
      const given = { shape: [th, tw, c] as const, mean: mean.slice(0, c), std: std.slice(0, c) };
      const { images } = createPipeline(options(set, { ...given, shuffle: false })).batchAt(0, 0);
      const value = (n: number, y: number, x: number, k: number) => {
        let sum = 0;
        for (const [i, down] of weightsAt(h, th, y)) {
          let row = 0;
          for (const [j, right] of weightsAt(w, tw, x))
            row += right * (set.images[((n * h + i) * w + j) * c + k] as number);
          sum += down * row;
        }
        return Math.fround((Math.fround(sum) / 255 - (mean[k] as number)) / (std[k] as number));
      };
      images.forEach((found, i) => {
        const [k, x, y] = [i % c, Math.floor(i / c) % tw, Math.floor(i / c / tw) % th];
        expect(found).toBe(value(Math.floor(i / c / tw / th), y, x, k));
      });
    }),
    { numRuns: 60, seed: 2 },
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

test('a shorter last batch', () => {
  const pipeline = createPipeline(options(pictures(10)));
  expect([pipeline.stepsPerEpoch, pipeline.batchAt(0, 2).count]).toEqual([3, 2]);
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
