import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { signed } from '../../scripts/reference/fill.ts';
import { downloadDataset } from './download.node.ts';
import { type IdxFacts, idxNames, idxSource } from './idx-source.node.ts';
import { mnistFacts } from './mnist.node.ts';

/** Numbers that do not compress, so that a file has several chunks. */
const content = Buffer.from(signed('content', 60_000).buffer);
const zipped = gzipSync(content);
const sum = createHash('sha256').update(content).digest('hex');
const source = idxSource({
  ...mnistFacts,
  url: 'http://here.invalid',
  title: 'Test set',
  sha256: Object.fromEntries(idxNames.map((name) => [name, sum])) as IdxFacts['sha256'],
});

let server: Server;
let baseUrl = '';
let folder = '';
/** How the server behaves next: break off after so many bytes, alter, refuse. */
let behaviour: { breakAt?: number; alter?: boolean; status?: number; noRanges?: boolean } = {};
const ranges: (string | undefined)[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    ranges.push(request.headers.range);
    const { breakAt, alter, status, noRanges } = behaviour;
    if (status) return void response.writeHead(status).end();
    const from = noRanges ? 0 : Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    if (from >= zipped.length) return void response.writeHead(416).end();
    const body = Buffer.from(zipped.subarray(from));
    if (alter) body[body.length - 20] = 255 - (body[body.length - 20] ?? 0);
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': body.length });
    if (breakAt === undefined) return void response.end(body);
    response.write(body.subarray(0, breakAt), () => setTimeout(() => response.destroy(), 50));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(() => {
  behaviour = {};
  ranges.length = 0;
  folder = mkdtempSync(join(tmpdir(), 'stemma-download-'));
  return () => rmSync(folder, { recursive: true });
});

const part = () => join(folder, `${idxNames[0]}.gz.part`);

test('whole, with progress; what is there is not fetched again', async () => {
  const seen: number[] = [];
  await downloadDataset(source, {
    baseUrl,
    folder,
    onProgress: ({ received, total }) => seen.push(received / total),
  });
  expect(seen.at(-1)).toBe(1);
  expect(ranges).toHaveLength(4);
  await downloadDataset(source, { baseUrl, folder });
  expect(ranges).toHaveLength(4);
});

test('a broken connection keeps what arrived, and the next try goes on from there', async () => {
  behaviour = { breakAt: 100_000 };
  await expect(downloadDataset(source, { baseUrl, folder })).rejects.toThrow(/could not be fetched/);
  const kept = statSync(part()).size;
  expect(kept).toBeGreaterThan(0);
  behaviour = {};
  await downloadDataset(source, { baseUrl, folder });
  expect(ranges[1]).toBe(`bytes=${kept}-`);
});

test('cancelled: in words, and resumable', async () => {
  const controller = new AbortController();
  const onProgress = () => controller.abort();
  await expect(
    downloadDataset(source, { baseUrl, folder, signal: controller.signal, onProgress }),
  ).rejects.toThrow('The download of Test set was cancelled.');
  await downloadDataset(source, { baseUrl, folder });
});

test('an altered file is refused and not kept', async () => {
  behaviour = { alter: true };
  await expect(downloadDataset(source, { baseUrl, folder })).rejects.toThrow(
    'did not send the official file',
  );
  expect(existsSync(part())).toBe(false);
});

test('a server that says no, and none at all', async () => {
  behaviour = { status: 404 };
  await expect(downloadDataset(source, { baseUrl, folder })).rejects.toThrow('answered 404 Not Found');
  await expect(downloadDataset(source, { baseUrl: 'http://127.0.0.1:9', folder })).rejects.toThrow(
    'could not be fetched',
  );
});

test('a server that knows no ranges sends all again, and nothing is joined to what was there', async () => {
  writeFileSync(part(), zipped.subarray(0, 1000));
  behaviour = { noRanges: true };
  await downloadDataset(source, { baseUrl, folder });
  expect(ranges[0]).toBe('bytes=1000-');
  expect(readFileSync(join(folder, `${idxNames[0]}.gz`)).equals(zipped)).toBe(true);
});

test('what arrived whole before a crash is verified and used; what was damaged is not', async () => {
  writeFileSync(part(), zipped);
  await downloadDataset(source, { baseUrl, folder });
  expect(existsSync(join(folder, `${idxNames[0]}.gz`))).toBe(true);
  rmSync(join(folder, `${idxNames[0]}.gz`));
  writeFileSync(part(), Buffer.alloc(1000, 1));
  await expect(downloadDataset(source, { baseUrl, folder })).rejects.toThrow(
    'did not send the official file',
  );
  await downloadDataset(source, { baseUrl, folder });
});

test('a file that lies there damaged is fetched anew', async () => {
  writeFileSync(join(folder, `${idxNames[0]}.gz`), zipped.subarray(0, 5000));
  await downloadDataset(source, { baseUrl, folder });
  expect(readFileSync(join(folder, `${idxNames[0]}.gz`)).equals(zipped)).toBe(true);
});
