import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { asBytes } from './dataset.ts';
import { readIdx } from './idx.ts';
import { idxNames } from './idx-source.node.ts';
import { findDataset } from './index.node.ts';
import { loadDataset, locate } from './load.node.ts';
import { computeNormalisation } from './normalise.ts';
import { createPipeline } from './pipeline.ts';
import { createResize } from './resize.ts';

const folder = mkdtempSync(join(tmpdir(), 'stemma-data-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('MNIST is there after npm ci, whole and official, with the mean and spread that it states', async () => {
  const source = findDataset('mnist');
  const { train, test: held } = await loadDataset(source);
  expect([train.count, held.count, train.height, train.width]).toEqual([60_000, 10_000, 28, 28]);
  const { mean, std } = computeNormalisation(asBytes(train));
  expect(mean[0]).toBeCloseTo(source.mean[0] ?? Number.NaN, 4);
  expect(std[0]).toBeCloseTo(source.std[0] ?? Number.NaN, 4);
});

const fashion = findDataset('fashion-mnist');
test.skipIf(!locate(fashion))(
  'Fashion-MNIST is whole and official (skipped where it is not installed)',
  async () => {
    const { train, test: held } = await loadDataset(fashion);
    expect([train.count, held.count]).toEqual([60_000, 10_000]);
    const { mean, std } = computeNormalisation(asBytes(train));
    expect(mean[0]).toBeCloseTo(fashion.mean[0] ?? Number.NaN, 4);
    expect(std[0]).toBeCloseTo(fashion.std[0] ?? Number.NaN, 4);
  },
);

test('an altered and a missing file are told in words', async () => {
  const source = findDataset('mnist');
  for (const name of idxNames) writeFileSync(join(folder, name), 'not it');
  await expect(loadDataset(source, folder)).rejects.toThrow(
    /is not the official file of MNIST: expected sha256/,
  );
  await expect(loadDataset(source, join(folder, 'nowhere'))).rejects.toThrow(/MNIST was not found in/);
});

test('in a named folder the folder of the data set comes first: data sets share file names', () => {
  const shared = join(folder, 'shared');
  for (const place of [shared, join(shared, 'mnist')]) {
    mkdirSync(place);
    for (const name of idxNames) writeFileSync(join(place, name), '');
  }
  expect(locate(findDataset('mnist'), shared)).toBe(join(shared, 'mnist'));
  expect(locate(findDataset('fashion-mnist'), shared)).toBe(shared);
});

test('IDX: cut short, too long and wrong magic are told with figures', () => {
  const good = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 7, 9);
  expect([...readIdx(good, 1, 'f').data]).toEqual([7, 9]);
  expect(() => readIdx(good.subarray(0, 9), 1, 'f')).toThrow(
    'f is damaged: its header promises 10 bytes, it has 9.',
  );
  expect(() => readIdx(good.subarray(0, 6), 1, 'f')).toThrow(
    'expected a header of 8 bytes, received 6 bytes',
  );
  expect(() => readIdx(good, 3, 'f')).toThrow('expected a header of 16 bytes');
});

test('resize: identity, constant pictures, and values known from Pillow’s rule', () => {
  const image = Uint8Array.of(0, 100, 200, 40);
  const resize = (to: number) => {
    const out = new Float32Array(to * to);
    createResize([2, 2, 1], [to, to])(out, image, 0);
    return [...out];
  };
  expect(resize(2)).toEqual([0, 100, 200, 40]);
  expect(resize(1)[0]).toBeCloseTo(85);
  const four = resize(4);
  expect(four[0]).toBeCloseTo(0);
  expect(four[1]).toBeCloseTo(25);
  expect(four[4]).toBeCloseTo(50);
  expect(four[15]).toBeCloseTo(40);
});

test('every picture comes once an epoch, in an order that the seed decides', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 12 }),
      fc.nat(),
      (count, batchSize, seed) => {
        const set = {
          images: Uint8Array.from({ length: count }, (_, i) => i),
          labels: Uint8Array.from({ length: count }, (_, i) => i),
          count,
          height: 1,
          width: 1,
          channels: 1,
        };
        const options = { set, batchSize, shape: [1, 1, 1] as const, mean: 0, std: 1, seed, shuffle: true };
        const pipeline = createPipeline(options);
        const epoch = (n: number) =>
          Array.from({ length: pipeline.stepsPerEpoch }, (_, i) => [...pipeline.batchAt(n, i).labels]).flat();
        const labels = epoch(3);
        expect([...labels].sort((a, b) => a - b)).toEqual([...set.labels]);
        epoch(4);
        expect(epoch(3)).toEqual(labels);
      },
    ),
    { numRuns: 50 },
  );
});
