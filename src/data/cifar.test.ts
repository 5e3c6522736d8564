import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, expect, test } from 'vitest';
import { cifar10Facts, cifar100Facts } from './cifar.node.ts';
import { type CifarFacts, cifarSource } from './cifar-source.node.ts';
import { asBytes } from './dataset.ts';
import { downloadDataset } from './download.node.ts';
import { loadDataset } from './load.node.ts';
import { type TarEntry, tarOf } from './testing-tar.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stemma-cifar-'));
  return () => rmSync(folder, { recursive: true });
});

const small = (facts: CifarFacts): CifarFacts => ({
  ...facts,
  ...{ trainCount: 10, testCount: 2, folders: () => [join(folder, 'here')] },
});

/** Pictures whose red is their number, green 100 and blue the column. */
function records(facts: CifarFacts, count: number, first: number): Buffer {
  const parts: Buffer[] = [];
  for (let i = first; i < first + count; i++) {
    const label = (i * 7) % facts.classes.length;
    parts.push(Buffer.from(facts.labelBytes === 2 ? [99, label] : [label]));
    parts.push(Buffer.alloc(1024, i), Buffer.alloc(1024, 100));
    parts.push(Buffer.from(Array.from({ length: 1024 }, (_, p) => p % 32)));
  }
  return Buffer.concat(parts);
}

const filesOf = (facts: CifarFacts): Record<string, Buffer> => {
  const each = facts.trainCount / facts.train.length;
  return {
    ...Object.fromEntries(facts.train.map((name, i) => [name, records(facts, each, i * each)])),
    [facts.test]: records(facts, facts.testCount, 200),
  };
};

function lay(facts: CifarFacts, where: string, files = filesOf(facts)): void {
  mkdirSync(where, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(where, name), bytes);
}

test.each([cifar10Facts, cifar100Facts])('$title: pixels, fine labels, parts in order', async (whole) => {
  const facts = small(whole);
  lay(facts, join(folder, facts.inside));
  const { train, test: held, std } = await loadDataset(cifarSource(facts), folder);
  const { images, labels } = asBytes(train);
  expect([train.count, held.count, train.height, train.channels, std.length]).toEqual([10, 2, 32, 3, 3]);
  expect([...labels]).toEqual(Array.from({ length: 10 }, (_, i) => (i * 7) % facts.classes.length));
  for (const i of [0, 3, 9]) {
    const at = (i * 1024 + 5 * 32 + 17) * 3;
    expect([...images.subarray(at, at + 3)]).toEqual([i, 100, 17]);
  }
  expect(asBytes(held).images[3]).toBe(200);
});

test('a hundred different fine classes, ten others', () => {
  expect(new Set(cifar100Facts.classes).size).toBe(100);
  expect(new Set(cifar10Facts.classes).size).toBe(10);
});

test('cut short and a class that there is not are told with the file', async () => {
  const facts = small(cifar10Facts);
  const source = cifarSource(facts);
  const files = filesOf(facts);
  lay(facts, folder, { ...files, 'data_batch_3.bin': records(facts, 1, 0) });
  await expect(loadDataset(source, folder)).rejects.toThrow(
    /data_batch_3\.bin is damaged: expected 6146 bytes, received 3073/,
  );
  const wrong = records(facts, 2, 0);
  wrong[3073] = 10;
  lay(facts, folder, { ...files, 'data_batch_3.bin': wrong });
  await expect(loadDataset(source, folder)).rejects.toThrow(/picture 1 is of class 10, there are 10/);
  await expect(loadDataset(source, join(folder, 'none'))).rejects.toMatchObject({
    code: 'data/missing',
    hint: expect.stringContaining('stemma data get cifar-10'),
  });
});

/** A server of one archive. */
async function served<T>(archive: Buffer, use: (url: string) => Promise<T>): Promise<T> {
  const server = createServer((_, response) => void response.end(archive));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.close();
  }
}

const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest('hex');
const entriesOf = (facts: CifarFacts): TarEntry[] => [
  { name: `${facts.inside}/`, kind: '5', bytes: Buffer.alloc(0) },
  { name: `${facts.inside}/readme.html`, bytes: Buffer.from('words') },
  ...Object.entries(filesOf(facts)).map(([name, bytes]) => ({ name: `${facts.inside}/${name}`, bytes })),
];

const withArchive = (archive: Buffer) => {
  const facts = small(cifar10Facts);
  return cifarSource({ ...facts, archive: { ...facts.archive, md5: md5(archive) } });
};

test('fetched, verified by md5, unpacked, found; what is there is not fetched again', async () => {
  const archive = gzipSync(tarOf(entriesOf(small(cifar10Facts))));
  const source = withArchive(archive);
  const here = join(folder, 'here');
  await served(archive, (baseUrl) => downloadDataset(source, { baseUrl, folder: here }));
  expect(source.locate()).toBe(join(here, 'cifar-10-batches-bin'));
  expect(existsSync(join(here, 'cifar-10-binary.tar.gz'))).toBe(false);
  expect((await loadDataset(source)).test.count).toBe(2);
  await downloadDataset(source, { baseUrl: 'http://127.0.0.1:9', folder: here });
  // The archive that a person has is used as it lies.
  const own = join(folder, 'own');
  mkdirSync(own);
  writeFileSync(join(own, 'cifar-10-binary.tar.gz'), archive);
  await downloadDataset(source, { baseUrl: 'http://127.0.0.1:9', folder: own });
  expect(source.locate(own)).toBe(join(own, 'cifar-10-batches-bin'));
});

test('another archive than the official one is refused by its md5 and deleted', async () => {
  const archive = gzipSync(tarOf(entriesOf(small(cifar10Facts))));
  const source = cifarSource(small(cifar10Facts));
  const here = join(folder, 'here');
  await expect(
    served(archive, (baseUrl) => downloadDataset(source, { baseUrl, folder: here })),
  ).rejects.toThrow(/expected md5 c32a1d4ab5d0…/);
  expect(existsSync(join(here, 'cifar-10-binary.tar.gz.part'))).toBe(false);
});

const facts10 = () => entriesOf(small(cifar10Facts));
const first = () => facts10()[2] as TarEntry;

test.each<[string, () => Buffer, RegExp]>([
  [
    'climbs',
    () => tarOf([{ name: '../../x', bytes: Buffer.from('x') }, ...facts10()]),
    /outside of its folder/,
  ],
  [
    'is absolute',
    () => tarOf([{ name: '/etc/x', bytes: Buffer.from('x') }, ...facts10()]),
    /outside of its folder/,
  ],
  ['lacks a file', () => tarOf(facts10().slice(0, -1)), /it has no cifar-10-batches-bin\/test_batch\.bin/],
  ['is cut short', () => tarOf(facts10()).subarray(0, 9000), /it ends too early/],
  [
    'has a longer file',
    () => tarOf([{ ...first(), bytes: Buffer.alloc(9999) }]),
    /has 9999 bytes, expected 6146/,
  ],
  ['has a link for a file', () => tarOf([{ ...first(), kind: '2', bytes: Buffer.alloc(0) }]), /it has no/],
  ['has a damaged header', () => flipped(tarOf(facts10()), 3), /another checksum/],
  ['unpacks to far more', () => tarOf([...facts10().slice(0, 2), big()]), /unpacks to more/],
])('an archive that %s is refused in words', async (_, make, why) => {
  const archive = gzipSync(make());
  const here = join(folder, 'here');
  mkdirSync(here);
  writeFileSync(join(here, 'cifar-10-binary.tar.gz'), archive);
  const fetched = downloadDataset(withArchive(archive), { baseUrl: 'http://127.0.0.1:9', folder: here });
  await expect(fetched).rejects.toThrow(why);
  expect(withArchive(archive).locate()).toBeUndefined();
});

const big = (): TarEntry => ({ name: 'zeros', bytes: Buffer.alloc(40 * 2 ** 20) });
const flipped = (bytes: Buffer, at: number) => {
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
};

const real = cifarSource(cifar10Facts);
test.skipIf(!real.locate())('the real CIFAR-10 is whole (skipped where it is not installed)', async () => {
  const { train } = await loadDataset(real);
  expect(train.count).toBe(50_000);
  expect(readFileSync(join(real.locate() ?? '', 'data_batch_1.bin'))[0]).toBe(6);
});
