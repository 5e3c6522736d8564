import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, expect, test } from 'vitest';
import { loadDatasetCached, readCache, writeCache } from './cache.node.ts';
import { asBytes, type DatasetSource } from './dataset.ts';
import { cacheHome, dataHome, downloadedFolders } from './home.node.ts';
import { type IdxName, idxNames, idxSource } from './idx-source.node.ts';
import { mnistFacts } from './mnist.node.ts';

let folder = '';
let source: DatasetSource;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stemma-cache-'));
  const header = (...dims: number[]) => {
    const view = new DataView(new ArrayBuffer(4 + 4 * dims.length));
    for (const [i, value] of [0x0800 + dims.length, ...dims].entries()) view.setUint32(4 * i, value);
    return new Uint8Array(view.buffer);
  };
  const files: Record<IdxName, Buffer> = {
    'train-images-idx3-ubyte': Buffer.concat([header(3, 2, 2), Buffer.from('abcdefghijkl')]),
    'train-labels-idx1-ubyte': Buffer.concat([header(3), Buffer.of(0, 1, 2)]),
    't10k-images-idx3-ubyte': Buffer.concat([header(1, 2, 2), Buffer.from('wxyz')]),
    't10k-labels-idx1-ubyte': Buffer.concat([header(1), Buffer.of(9)]),
  };
  for (const name of idxNames) writeFileSync(join(folder, `${name}.gz`), gzipSync(files[name]));
  const sums = idxNames.map((name) => [name, createHash('sha256').update(files[name]).digest('hex')]);
  source = idxSource({
    ...mnistFacts,
    ...{ id: 'tiny', title: 'Tiny', shape: [2, 2, 1], trainCount: 3, testCount: 1 },
    sha256: Object.fromEntries(sums),
    folders: () => [folder],
  });
  return () => rmSync(folder, { recursive: true });
});

test('built, then read; no temporary file stays', async () => {
  const cache = join(folder, 'deep', 'cache');
  const first = await loadDatasetCached(source, { folder: cache });
  const second = await loadDatasetCached(source, { folder: cache });
  expect([first.fromCache, second.fromCache, ...first.warnings, ...second.warnings]).toEqual([false, true]);
  expect(Buffer.from(asBytes(second.dataset.train).images).toString()).toBe('abcdefghijkl');
  for (const part of ['train', 'test'] as const) {
    expect([...asBytes(second.dataset[part]).images]).toEqual([...asBytes(first.dataset[part]).images]);
    expect([...second.dataset[part].labels]).toEqual([...first.dataset[part].labels]);
  }
  expect(readdirSync(cache)).toEqual(['tiny.bin']);
});

test('a named folder and unpacked files are read themselves', async () => {
  const cache = join(folder, 'cache');
  await loadDatasetCached(source, { folder: cache, dataDir: folder });
  expect(existsSync(cache)).toBe(false);
});

test.each([
  ['one bit changed', (file: string) => writeFileSync(file, flip(readFileSync(file), -3)), 'checksum'],
  ['checksum changed', (file: string) => writeFileSync(file, flip(readFileSync(file), 60)), 'checksum'],
  ['cut short', (file: string) => truncateSync(file, 90), 'expected 20 bytes, received 10'],
  ['header cut short', (file: string) => truncateSync(file, 5), 'expected a header of 80 bytes'],
])('a damaged cache is told and built again: %s', async (_, damage, why) => {
  const cache = join(folder, 'cache');
  await loadDatasetCached(source, { folder: cache });
  damage(join(cache, 'tiny.bin'));
  const again = await loadDatasetCached(source, { folder: cache });
  expect(again.warnings).toHaveLength(1);
  expect(again.warnings[0]).toContain(why);
  expect(Buffer.from(asBytes(again.dataset.test).images).toString()).toBe('wxyz');
  expect((await loadDatasetCached(source, { folder: cache })).fromCache).toBe(true);
});

function flip(bytes: Buffer, at: number): Buffer {
  const place = at < 0 ? bytes.length + at : at;
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  return bytes;
}

test('a cache of another key is replaced without a word', async () => {
  const file = join(folder, 'tiny.bin');
  await writeCache(file, 'other', [Buffer.alloc(20)]);
  expect((await readCache(file, 'other')).state).toBe('whole');
  expect((await readCache(file, 'mine')).state).toBe('none');
  const loaded = await loadDatasetCached(source, { folder });
  expect([loaded.fromCache, ...loaded.warnings]).toEqual([false]);
});

test('a cache that cannot be written is a warning, and the pictures are there', async () => {
  // A file where a folder should be: refused for root too, whom rights do not stop.
  writeFileSync(join(folder, 'file'), '');
  const { dataset, warnings } = await loadDatasetCached(source, { folder: join(folder, 'file', 'cache') });
  expect(dataset.train.count).toBe(3);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/^Tiny is used without a cache: /);
});

test('folders by platform and variables; empty ones count as unset', () => {
  expect(cacheHome({ STEMMA_HOME: '/s', XDG_CACHE_HOME: '/x' }, 'darwin', '/h')).toBe('/s');
  expect(cacheHome({ STEMMA_HOME: '', XDG_CACHE_HOME: '/x' }, 'linux', '/h')).toBe(join('/x', 'stemma'));
  expect(cacheHome({ XDG_CACHE_HOME: 'x' }, 'linux', '/h')).toBe(join('/h', '.cache', 'stemma'));
  expect(cacheHome({}, 'darwin', '/h')).toBe(join('/h', 'Library', 'Caches', 'stemma'));
  expect(cacheHome({ LOCALAPPDATA: '/l' }, 'win32', '/h')).toBe(join('/l', 'stemma'));
  expect(dataHome({ STEMMA_DATA: '/d' })).toBe('/d');
  expect(downloadedFolders('f', { STEMMA_DATA: '/d', STEMMA_HOME: '/s' })).toEqual([
    join('/d', 'f'),
    '/d',
    join('/s', 'data', 'f'),
  ]);
});
