import { expect, test } from 'vitest';
import type { ImageSet } from './dataset.ts';
import { mixInto, mixOf } from './mixup.ts';
import { createPipeline, type PipelineOptions } from './pipeline.ts';

test.each([0.2, 0.5, 1, 4])(
  'shares are from Beta(%d, %d), the larger part: moments by the formulas',
  (alpha) => {
    const shares = Array.from({ length: 20_000 }, (_, number) => mixOf(alpha, 3, number, 1).share);
    const mean = (of: (x: number) => number) => shares.reduce((sum, x) => sum + of(x), 0) / shares.length;
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(0.5);
    expect(Math.max(...shares)).toBeLessThanOrEqual(1);
    // Even moments about the middle are those of the whole distribution.
    const variance = 1 / (4 * (2 * alpha + 1));
    expect(Math.abs(mean((x) => (x - 0.5) ** 2) / variance - 1)).toBeLessThan(0.04);
    // The fourth central moment of Beta(a, a) is 3 / (16 (2a + 1) (2a + 3)).
    const fourth = 3 / (16 * (2 * alpha + 1) * (2 * alpha + 3));
    expect(Math.abs(mean((x) => (x - 0.5) ** 4) / fourth - 1)).toBeLessThan(0.06);
  },
);

test('the least alpha gives shares too', () => {
  expect(mixOf(Number.MIN_VALUE, 1, 0, 1).share).toBeGreaterThanOrEqual(0);
  expect(mixOf(1e-3, 1, 0, 1).share).toBeGreaterThanOrEqual(0);
});

test('in place it is what it is beside, whatever the cycles of the permutation', () => {
  const images = Float32Array.from({ length: 12 }, (_, i) => i * i);
  const labels = Int32Array.of(5, 4, 3, 2, 1, 0);
  for (const order of [
    [0, 1, 2, 3, 4, 5],
    [1, 2, 0, 4, 3, 5],
    [5, 0, 1, 2, 3, 4],
    [3, 2, 1, 0, 5, 4],
  ]) {
    const partners = Uint32Array.from(order);
    const own = images.slice();
    const mixed = { labels: new Int32Array(6), shares: new Float32Array(6) };
    mixInto(own, labels, mixed, { share: 0.25, partners }, new Float32Array(2));
    const expected = order.flatMap((partner, i) =>
      [0, 1].map((k) => 0.25 * (images[i * 2 + k] as number) + 0.75 * (images[partner * 2 + k] as number)),
    );
    expect([...own]).toEqual(expected);
    expect([...mixed.labels]).toEqual(order.map((partner) => labels[partner]));
    expect([...mixed.shares]).toEqual([0.25, 0.25, 0.25, 0.25, 0.25, 0.25]);
  }
});

const set: ImageSet = {
  images: Uint8Array.from({ length: 11 * 4 }, (_, i) => (i * 37) % 256),
  labels: Uint8Array.from({ length: 11 }, (_, i) => i),
  ...{ count: 11, height: 2, width: 2, channels: 1 },
};
const options: PipelineOptions = {
  ...{ set, batchSize: 4, shape: [2, 2, 1], mean: 0, std: 1, seed: 2, shuffle: true, mixup: 1 },
};

test('batches are those without, blended; anew at every batch and epoch, the same for a seed', () => {
  const plain = createPipeline({ ...options, mixup: 0 });
  const pipeline = createPipeline(options);
  const shares = new Set<number>();
  for (const epoch of [0, 1])
    for (let index = 0; index < pipeline.stepsPerEpoch; index++) {
      const [before, after] = [plain.batchAt(epoch, index), pipeline.batchAt(epoch, index)];
      expect(before.mixed).toBeUndefined();
      const { labels, mixed, count } = after;
      expect([...labels]).toEqual([...before.labels]);
      expect([...(mixed?.labels ?? [])].sort()).toEqual([...labels].sort());
      const places = new Map([...labels].map((label, place) => [label, place]));
      for (let i = 0; i < count; i++) {
        const partner = places.get(mixed?.labels[i] as number) as number;
        const share = mixed?.shares[i] as number;
        shares.add(share);
        for (let k = 0; k < 4; k++) {
          const [own, other] = [before.images[i * 4 + k] as number, before.images[partner * 4 + k] as number];
          expect(after.images[i * 4 + k]).toBeCloseTo(share * own + (1 - share) * other, 6);
        }
      }
      expect(createPipeline(options).batchAt(epoch, index)).toEqual(after);
      expect(createPipeline({ ...options, seed: 3 }).batchAt(epoch, index)).not.toEqual(after);
    }
  expect(shares.size).toBe(6);
});

test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('an alpha of %d is refused in words', (mixup) => {
  expect(() => createPipeline({ ...options, mixup })).toThrow(
    `Mixup: expected a number from 0, received ${mixup}.`,
  );
});
