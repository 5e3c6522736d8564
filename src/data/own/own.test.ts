import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isEncoded, type PictureSet } from '../dataset.ts';
import { decodeFiles, nameOf } from '../decode.node.ts';
import { findDataset, listDatasets } from '../index.node.ts';
import { loadDataset } from '../load.node.ts';
import { decoded } from '../window.ts';
import { addPictures } from './add.node.ts';
import { indexFile, readIndex } from './index-file.node.ts';
import { forget, registrationsHome } from './registration.node.ts';
import type { AddProgress } from './report.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'stemma-own-'));
  vi.stubEnv('STEMMA_HOME', join(home, 'stemma'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

type Colour = readonly [number, number, number];
const red: Colour = [250, 10, 10];
const blue: Colour = [10, 10, 250];

async function picture(name: string, colour: Colour = red, [width, height] = [12, 12]): Promise<string> {
  const file = join(home, 'set', name);
  mkdirSync(dirname(file), { recursive: true });
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => colour[i % 3] as number);
  await sharp(data, { raw: { width, height, channels: 3 } }).toFile(file);
  return file;
}
const put = (name: string, content: string | Uint8Array) => {
  mkdirSync(dirname(join(home, 'set', name)), { recursive: true });
  writeFileSync(join(home, 'set', name), content);
};
const set = () => join(home, 'set');

function namesOf(part: PictureSet): string[] {
  if (!isEncoded(part)) throw new Error('files were expected');
  return [...part.places].map((place) => nameOf(part.files, place)).sort();
}

test('a folder for each class: classes by name, three parts by the seed, found again as a data set', async () => {
  for (let i = 0; i < 20; i++) {
    await picture(`red/${i}.png`, red);
    await picture(`blue/deep/er/${i}.jpg`, blue);
  }
  put('red/notes.txt', 'words');
  put('red/.DS_Store', 'x');
  const added = await addPictures(set(), { title: 'Two colours' });
  expect(added).toMatchObject({
    ...{
      id: 'own:two-colours',
      classes: ['blue', 'red'],
      classCounts: [20, 20],
      divided: 'seed',
      shape: [12, 12, 3],
    },
    ...{ counts: { train: 32, validation: 4, test: 4 }, leftOut: { count: 0 } },
    notes: ['1 file passed over: no PNG, JPEG or WebP by name.'],
  });
  const source = findDataset('own:two-colours');
  expect(source).toMatchObject({ trainCount: 32, testCount: 4, validationCount: 4 });
  const { train, test: held, validation } = await loadDataset(source);
  const all = [train, held, validation as PictureSet].flatMap(namesOf);
  expect(all.sort()).toEqual(
    [
      ...Array.from({ length: 20 }, (_, i) => `blue/deep/er/${i}.jpg`),
      ...Array.from({ length: 20 }, (_, i) => `red/${i}.png`),
    ].sort(),
  );
  const again = await loadDataset(source);
  expect(namesOf(again.test)).toEqual(namesOf(held));
  const { images, labels } = await decoded(held, [3, 2], decodeFiles);
  expect(images).toHaveLength(4 * 3 * 2 * 3);
  labels.forEach((label, i) => {
    const [r = 0, , b = 0] = images.subarray(i * 18, i * 18 + 3);
    expect(label === 0 ? b - r : r - b).toBeGreaterThan(200);
  });
  // Half red, half blue: what is known of them by hand.
  expect(added.mean[0]).toBeCloseTo((250 + 10) / 2 / 255, 1);
  expect(added.std[0]).toBeCloseTo((250 - 10) / 2 / 255, 1);
});

test('train, val and test folders say it themselves; what lies beside and what is only in the test is told', async () => {
  for (const part of ['train', 'val', 'test']) {
    await picture(`${part}/é/1.webp`);
    await picture(`${part}/日本/1.png`, blue);
  }
  await picture('test/unknown/1.png');
  await picture('extra/x/1.png');
  await picture('loose.png');
  mkdirSync(join(set(), 'train', 'empty'));
  const { classes, counts, divided, leftOut, notes } = await addPictures(set());
  expect({ classes, counts, divided }).toEqual({
    ...{ classes: ['é', '日本'], divided: 'folders' },
    counts: { train: 2, validation: 2, test: 2 },
  });
  expect(leftOut.named).toEqual([
    { name: 'empty', why: 'the class has no pictures' },
    { name: 'extra', why: 'it lies beside train and is none of its parts' },
    { name: 'unknown', why: 'the class has no pictures to train on, so all of it is left out' },
  ]);
  expect(notes).toEqual(['1 picture in no class folder, left out.']);
});

test('one class whichever way its accent is written; without a test the validation is it', async () => {
  await picture(`train/${'é'.normalize('NFC')}/1.png`);
  await picture(`train/b/1.png`, blue);
  await picture(`valid/${'é'.normalize('NFD')}/2.png`);
  const added = await addPictures(set());
  expect(added).toMatchObject({
    classes: ['b', 'é'],
    classCounts: [1, 2],
    counts: { validation: 1, test: 0 },
  });
  expect(added.notes[0]).toContain('those for validation are the test too');
  const { test: held } = await loadDataset(findDataset(added.id));
  expect(held.count).toBe(1);
});

test('what is no whole picture is left out by name, with the reason and a count', async () => {
  for (let i = 0; i < 4; i++) {
    await picture(`a/${i}.png`);
    await picture(`b/${i}.png`, blue);
  }
  put('a/text.png', 'not a picture');
  put('a/empty.jpg', '');
  put('a/svg.png', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
  const noise = Uint8Array.from({ length: 90_000 }, (_, i) => (i * 7919) % 251);
  for (const kind of ['png', 'jpeg', 'webp'] as const) {
    const whole = await sharp(noise, { raw: { width: 200, height: 150, channels: 3 } })
      .toFormat(kind)
      .toBuffer();
    put(`b/cut.${kind}`, whole.subarray(0, Math.floor(whole.length * 0.7)));
  }
  put('b/bomb.png', promisingMore(readFileSync(join(set(), 'a', '0.png'))));
  symlinkSync(join(set(), 'nowhere.png'), join(set(), 'a', 'dangling.png'));
  // 62 megapixels in less than a megabyte: within the limit, and decoded a few lines at a time.
  await sharp({ create: { width: 7900, height: 7900, channels: 3, background: 'red' } }).toFile(
    join(set(), 'a', 'huge.png'),
  );
  const progress: AddProgress[] = [];
  const { leftOut, counts } = await addPictures(set(), { onProgress: (p) => progress.push(p) });
  expect(Object.fromEntries(leftOut.named.map(({ name, why }) => [name, why]))).toEqual({
    'a/dangling.png': 'it is a link that leads nowhere',
    'a/empty.jpg': 'it is empty',
    'a/svg.png': 'it is of kind svg',
    'a/text.png': 'it is no picture that can be read',
    'b/bomb.png': expect.stringContaining('pixel'),
    'b/cut.jpeg': expect.stringContaining('premature end'),
    'b/cut.png': expect.stringContaining('read error'),
    'b/cut.webp': expect.stringContaining('corrupt'),
  });
  expect([leftOut.count, counts.train + counts.validation + counts.test]).toEqual([8, 9]);
  expect(progress.at(-1)).toMatchObject({ phase: 'measuring', broken: 8 });
  expect(progress.find((p) => p.phase === 'reading' && p.done === p.total)).toMatchObject({ total: 16 });
});

/** The same PNG with a header that promises 60,000 × 60,000 pixels. */
function promisingMore(png: Buffer): Buffer {
  const bomb = Buffer.from(png);
  bomb.writeUInt32BE(60_000, 16);
  bomb.writeUInt32BE(60_000, 20);
  bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29);
  return bomb;
}

/** PNG's checksum; node:zlib has it from Node 22 on. */
function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let k = 0; k < 8; k++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

test('links that lead back end; a folder that may not be read is told', async () => {
  for (let i = 0; i < 3; i++) {
    await picture(`a/${i}.png`);
    await picture(`b/${i}.png`, blue);
  }
  symlinkSync(set(), join(set(), 'a', 'round'));
  symlinkSync('loop', join(set(), 'loop'));
  const locked = join(set(), 'b', 'locked');
  mkdirSync(locked);
  chmodSync(locked, 0);
  const { leftOut, classCounts } = await addPictures(set());
  chmodSync(locked, 0o700);
  expect(classCounts).toEqual([3, 3]);
  const told = leftOut.named.map(({ name, why }) => `${name}: ${why}`);
  expect(told).toContain('a/round: it is a link to a folder that was read already');
  expect(told).toContain('loop: it is a link that leads back to itself');
  // Root may read everything.
  if (process.getuid?.() !== 0) expect(told).toContain('b/locked: it may not be read');
});

test('one class, no picture, no folder, a file that is none: each in words', async () => {
  await picture('only/1.png');
  await expect(addPictures(set())).rejects.toThrow(
    "has pictures of one class only, 'only': there is nothing to tell apart",
  );
  await picture('other/1.png');
  await expect(addPictures(set())).rejects.toThrow('fewer than 3 pictures in every class');
  mkdirSync(join(home, 'bare', 'x'), { recursive: true });
  await expect(addPictures(join(home, 'bare'))).rejects.toThrow('has no pictures that can be used');
  await expect(addPictures(join(home, 'none'))).rejects.toThrow('cannot be opened: there is nothing');
  await expect(addPictures(join(set(), 'only', '1.png'))).rejects.toThrow('neither a folder nor a CSV');
  expect(listDatasets().map((d) => d.id)).not.toContain('own:set');
});

test('looked at once: unchanged files are not decoded again, changed ones are', async () => {
  for (let i = 0; i < 4; i++) {
    await picture(`a/${i}.png`);
    await picture(`b/${i}.png`, blue);
  }
  await addPictures(set());
  // Same size and time, other content: only a file that is decoded can tell.
  const file = join(set(), 'a', '0.png');
  const time = new Date('2020-01-02');
  utimesSync(file, time, time);
  await addPictures(set());
  writeFileSync(file, Buffer.alloc(statSync(file).size));
  utimesSync(file, time, time);
  expect((await addPictures(set())).leftOut.count).toBe(0);
  utimesSync(file, new Date('2021-01-02'), new Date('2021-01-02'));
  const { leftOut } = await addPictures(set());
  expect(leftOut.named.map(({ name }) => name)).toEqual(['a/0.png']);
});

async function twoClasses(count = 4): Promise<void> {
  for (let i = 0; i < count; i++) {
    await picture(`a/${i}.png`);
    await picture(`b/${i}.png`, blue);
  }
}

test('cancelled: in words, nothing is registered, and the next try knows what was seen', async () => {
  await twoClasses();
  const controller = new AbortController();
  const onProgress = ({ phase, done }: AddProgress) => {
    if (phase === 'reading' && done === 5) controller.abort();
  };
  const cancelled = addPictures(set(), { signal: controller.signal, onProgress });
  await expect(cancelled).rejects.toMatchObject({ code: 'data/cancelled' });
  expect(listDatasets().map((d) => d.id)).not.toContain('own:set');
  // Those that were seen are not opened again, so their content does not matter.
  const time = new Date('2020-01-02');
  expect(existsSync(indexFile('own:set'))).toBe(true);
  const before = await readIndex(indexFile('own:set'));
  expect(before).toMatchObject({ state: 'whole', index: { sizes: { length: expect.any(Number) } } });
  utimesSync(join(set(), 'a', '0.png'), time, time);
  expect((await addPictures(set())).classCounts).toEqual([4, 4]);
});

test('a lost or damaged index is built again; other pictures than were added are told', async () => {
  await twoClasses();
  const { id } = await addPictures(set());
  const file = indexFile(id);
  const names = async () => namesOf((await loadDataset(findDataset(id))).train);
  const first = await names();
  rmSync(file);
  expect(await names()).toEqual(first);
  writeFileSync(file, 'nothing of it');
  expect(await names()).toEqual(first);
  rmSync(file);
  await picture('a/more.png');
  await expect(names()).rejects.toMatchObject({
    code: 'data/changed',
    hint: expect.stringContaining('data add'),
  });
  expect((await addPictures(set())).id).toBe(id);
  expect(await names()).toHaveLength(first.length + 1);
});

test('a picture that is changed or gone after it was added ends what reads it, with its name', async () => {
  await twoClasses();
  const { id } = await addPictures(set());
  const { train } = await loadDataset(findDataset(id));
  await picture('a/0.png', blue, [300, 300]);
  rmSync(join(set(), 'b'), { recursive: true });
  const reading = decoded(train, [4, 4], decodeFiles);
  await expect(reading).rejects.toMatchObject({
    code: 'data/picture',
    message: expect.stringMatching(/[ab]\/\d\.png cannot be read any more/),
    hint: expect.stringContaining('add their folder again'),
  });
});

test('moved, removed, damaged, of one name: each set keeps its own id and says what is wrong', async () => {
  await twoClasses();
  const { id } = await addPictures(set(), { title: 'Ünï! cödes' });
  expect(id).toBe('own:uni-codes');
  expect((await addPictures(set(), { title: 'Another name' })).id).toBe(id);
  renameSync(set(), join(home, 'moved'));
  expect(findDataset(id).locate()).toBeUndefined();
  await expect(loadDataset(findDataset(id))).rejects.toMatchObject({ code: 'data/missing' });
  expect((await loadDataset(findDataset(id), join(home, 'moved'))).train.count).toBe(4);
  const second = await addPictures(join(home, 'moved'), { title: 'Another name' });
  const third = await addPictures(join(home, 'moved', '..', 'moved'), { title: '日本' });
  expect([second.id, third.id]).toEqual(['own:another-name', 'own:another-name']);
  writeFileSync(join(registrationsHome(), 'uni-codes.json'), '{"formatVersion": 2}');
  const damaged = findDataset(id);
  expect(damaged.locate()).toBeUndefined();
  expect(damaged.hint).toContain('is damaged');
  await forget(id);
  expect(() => findDataset(id)).toThrow("There is no data set 'own:uni-codes'.");
  await expect(forget(id)).rejects.toMatchObject({ code: 'data/unknown' });
  expect(existsSync(join(home, 'moved', 'a', '0.png'))).toBe(true);
});

test('grey pictures have one channel, and more than 256 classes their own numbers', async () => {
  const grey = (value: number) =>
    sharp(new Uint8Array(64).fill(value), { raw: { width: 8, height: 8, channels: 1 } })
      .toColourspace('b-w')
      .png()
      .toBuffer();
  const [dark, light] = [await grey(10), await grey(240)];
  for (let c = 0; c < 300; c++) {
    const name = `train/${String(c).padStart(3, '0')}`;
    put(`${name}/1.png`, c % 2 === 0 ? dark : light);
    put(`${name.replace('train', 'test')}/1.png`, c % 2 === 0 ? dark : light);
  }
  const { id, shape, std } = await addPictures(set());
  expect([shape, std.length]).toEqual([[8, 8, 1], 1]);
  const { test: held } = await loadDataset(findDataset(id));
  expect([...held.labels]).toEqual(Array.from({ length: 300 }, (_, i) => i));
  const { images } = await decoded(held, [8, 8], decodeFiles);
  expect([images[64 * 298], images[64 * 299]]).toEqual([10, 240]);
}, 30_000);
