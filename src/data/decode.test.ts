import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBatchWorkers } from './batch-workers.node.ts';
import type { EncodedSet } from './dataset.ts';
import { decodeFiles, decodePicture, nameOf, openPicture, type Wanted } from './decode.node.ts';
import { createPipeline, type PipelineOptions } from './pipeline.ts';
import { pick, split, subset } from './split.ts';
import { createFiller, decoded } from './window.ts';

const folder = mkdtempSync(join(tmpdir(), 'stemma-decode-'));
afterAll(() => rmSync(folder, { recursive: true }));

const raw = (bytes: Uint8Array, width: number, height: number, channels: 1 | 2 | 3 | 4) =>
  sharp(bytes, { raw: { width, height, channels } });
const decode = async (bytes: Uint8Array, wanted: Wanted) => [
  ...(await decodePicture(await openPicture(bytes), wanted)),
];
/** 4 wide, 2 high: the left half white, the right half black. */
const half = () =>
  raw(
    Uint8Array.from({ length: 24 }, (_, i) => (Math.floor(i / 3) % 4 < 2 ? 255 : 0)),
    4,
    2,
    3,
  )
    .png()
    .toBuffer();
const grey = { channels: 1, fit: 'crop' } as const;

test('crop cuts the edges, pad keeps all between black', async () => {
  const picture = await half();
  // The middle 2 × 2: one white column, one black.
  expect(await decode(picture, { height: 2, width: 2, ...grey })).toEqual([255, 0, 255, 0]);
  expect(await decode(picture, { height: 4, width: 4, channels: 1, fit: 'pad' })).toEqual([
    ...[0, 0, 0, 0],
    ...[255, 255, 0, 0],
    ...[255, 255, 0, 0],
    ...[0, 0, 0, 0],
  ]);
});

test('a camera’s rotation is applied, transparency lies on white, CMYK and grey become what is wanted', async () => {
  const turned = await sharp(await half())
    .withMetadata({ orientation: 6 })
    .png()
    .toBuffer();
  const { width, height } = await openPicture(turned);
  expect([width, height]).toEqual([2, 4]);
  expect(await decode(turned, { height: 4, width: 2, ...grey })).toEqual([255, 255, 255, 255, 0, 0, 0, 0]);
  const clear = await raw(Uint8Array.of(9, 9, 9, 0, 50, 60, 70, 255), 2, 1, 4)
    .png()
    .toBuffer();
  expect(await decode(clear, { height: 1, width: 2, channels: 3, fit: 'crop' })).toEqual([
    255, 255, 255, 50, 60, 70,
  ]);
  const clearGrey = await raw(Uint8Array.of(9, 0, 70, 255), 2, 1, 2)
    .png()
    .toBuffer();
  expect(await decode(clearGrey, { height: 1, width: 2, ...grey })).toEqual([255, 70]);
  const plain = await raw(Uint8Array.of(7, 200), 2, 1, 1).toColourspace('b-w').png().toBuffer();
  expect((await openPicture(plain)).grey).toBe(true);
  expect(await decode(plain, { height: 1, width: 2, channels: 3, fit: 'crop' })).toEqual([
    7, 7, 7, 200, 200, 200,
  ]);
  const print = await raw(
    new Uint8Array(3 * 64).map((_, i) => [220, 30, 30][i % 3] as number),
    8,
    8,
    3,
  )
    .toColourspace('cmyk')
    .jpeg()
    .toBuffer();
  const [r = 0, g = 0, b = 0] = await decode(print, { height: 4, width: 4, channels: 3, fit: 'crop' });
  expect([r > 150, g < 110, b < 110]).toEqual([true, true, true]);
  const deep = sharp(Uint16Array.of(0, 0x8080, 0xffff), { raw: { width: 3, height: 1, channels: 1 } });
  const sixteen = await deep.toColourspace('grey16').png().toBuffer();
  expect(await decode(sixteen, { height: 1, width: 3, ...grey })).toEqual([0, 128, 255]);
});

let set: EncodedSet;
beforeAll(async () => {
  const names: string[] = [];
  for (let i = 0; i < 23; i++) {
    names.push(`${i % 2 ? 'ü' : 'u'}${i}.${['png', 'jpg', 'webp'][i % 3]}`);
    const [w, h] = [5 + (i % 4) * 3, 6 + (i % 3) * 2];
    const bytes = Uint8Array.from({ length: w * h * 3 }, (_, k) => (k * 37 + i * 11) % 256);
    await raw(bytes, w, h, 3).toFile(join(folder, names[i] as string));
  }
  const encoded = names.map((name) => new TextEncoder().encode(name));
  let end = 0;
  set = {
    files: {
      root: folder,
      names: new Uint8Array(encoded.flatMap((bytes) => [...bytes])),
      ends: Uint32Array.from(encoded, ({ length }) => (end += length)),
      sizes: Uint32Array.from(names, (name) => statSync(join(folder, name)).size),
    },
    places: Uint32Array.from({ length: 23 }, (_, i) => 22 - i),
    labels: Uint16Array.from({ length: 23 }, (_, i) => 1000 + i),
    ...{ count: 23, height: 8, width: 8, channels: 3, fit: 'crop' },
  };
});

const options = (): PipelineOptions<EncodedSet> => ({
  ...{
    set,
    batchSize: 4,
    shape: [9, 7, 3],
    mean: [0.1, 0.2, 0.3],
    std: [0.3, 0.4, 0.5],
    seed: 9,
    shuffle: true,
  },
  ...{ limit: 21, augment: { flip: true, shift: 2, cutout: 3 }, mixup: 0.5 },
});

test('files are fed as the same pictures in memory would be, whatever the number of threads', async () => {
  const { buildIfStale } = (await import(new URL('../../scripts/build.mjs', import.meta.url).href)) as {
    buildIfStale(): Promise<void>;
  };
  await buildIfStale();
  const memory = createPipeline({ ...options(), set: await decoded(set, [9, 7], decodeFiles) });
  for (const count of [0, 1, 3]) {
    const workers = startBatchWorkers(count);
    let batches = 0;
    for await (const { epoch, index, batch } of workers.open(options()).batches({ epochs: 2 })) {
      const expected = memory.batchAt(epoch, index);
      expect([...batch.labels]).toEqual([...expected.labels]);
      expect([...batch.images]).toEqual([...expected.images]);
      expect(batch.mixed).toEqual(expected.mixed);
      batches++;
    }
    expect(batches).toBe(12);
    await workers.dispose();
  }
}, 60_000);

test('parts of files: no file is opened to choose them', async () => {
  const { train, held } = split(set, 0.3, 1);
  expect([train.count, held.count]).toEqual([16, 7]);
  expect(new Set([...train.places, ...held.places]).size).toBe(23);
  expect([...pick(set, Uint32Array.of(22, 0)).labels]).toEqual([1022, 1000]);
  expect(nameOf(set.files, pick(set, Uint32Array.of(22)).places[0] as number)).toBe('u0.png');
  expect(subset(set, 5, 2).count).toBe(5);
});

test('a file that is broken by now ends the batch that wants it, with its name; others come', async () => {
  const file = join(folder, nameOf(set.files, 3));
  writeFileSync(file, Buffer.alloc(statSync(file).size, 1));
  const filler = createFiller({ ...options(), limit: 23, shuffle: false }, decodeFiles);
  await filler.batchAt(0, 0);
  await expect(filler.batchAt(0, 4)).rejects.toThrow(/ü3\.png cannot be read any more/);
  await filler.batchAt(0, 1);
  const workers = startBatchWorkers(1);
  const reading = async () => {
    for await (const _ of workers.open(options()).batches({ epochs: 2 }));
  };
  await expect(reading()).rejects.toMatchObject({
    code: 'data/picture',
    hint: expect.stringContaining('add'),
  });
  await workers.dispose();
});
