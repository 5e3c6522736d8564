import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Member, sha256, zipOf } from './fake-wheel.node.ts';
import type { Pin } from './pin.ts';
import { planFor, whyNoPlan } from './plan.ts';
import { threadCounts } from './trial.ts';
import { unpackWheel } from './unpack.node.ts';
import { readZip } from './zip.node.ts';

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'stemma-unpack-'));
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

const content = Buffer.from('0123456789'.repeat(1000));
const pinOf = (bytes: Uint8Array, path = 'a/lib.so'): Pin => ({
  ...{ name: 'a', version: '1', file: 'a.whl', sizeBytes: 0, sha256: '', platforms: [] },
  files: [{ path, sizeBytes: bytes.length, sha256: sha256(bytes) }],
});

function wheelOf(members: readonly Member[], change: (bytes: Buffer) => Buffer = (bytes) => bytes): string {
  const file = join(scratch, 'a.whl');
  writeFileSync(file, change(zipOf(members)));
  return file;
}

test.each([true, false])('a pinned file is taken, others are not (stored: %s)', async (stored) => {
  const wheel = wheelOf([
    { path: '../../climbs', bytes: content },
    { path: 'a/lib.so', bytes: content, stored },
  ]);
  const target = join(scratch, 'to');
  await unpackWheel(wheel, pinOf(content), target);
  expect(readFileSync(join(target, 'a', 'lib.so')).equals(content)).toBe(true);
  expect(existsSync(join(scratch, 'climbs'))).toBe(false);
});

test('more than was pinned never reaches the disk, whatever the table of contents claims', async () => {
  const bomb = Buffer.alloc(50_000_000);
  const pinned = bomb.subarray(0, 1000);
  const wheel = wheelOf([{ path: 'a/lib.so', bytes: bomb, claimedBytes: pinned.length }]);
  const target = join(scratch, 'to');
  await expect(unpackWheel(wheel, pinOf(pinned), target)).rejects.toThrow(
    'expected 1000 bytes, received more',
  );
  expect(readFileSync(join(target, 'a', 'lib.so')).length).toBeLessThanOrEqual(1000);
});

test.each([
  ['another size', [{ path: 'a/lib.so', bytes: content.subarray(1) }], 'expected 10000 bytes, received 9999'],
  ['other bytes', [{ path: 'a/lib.so', bytes: Buffer.alloc(content.length) }], 'expected sha256'],
  ['nothing of this name', [{ path: 'b/lib.so', bytes: content }], 'holds no a/lib.so'],
  [
    'two of this name',
    [
      { path: 'a/lib.so', bytes: content },
      { path: 'a/lib.so', bytes: content },
    ],
    'it holds a/lib.so twice',
  ],
] as const)('a wheel with %s is refused', async (_, members, message) => {
  await expect(unpackWheel(wheelOf(members), pinOf(content), join(scratch, 'to'))).rejects.toThrow(message);
});

test('what is packed and damaged, and what is no archive, is refused in words', async () => {
  const members = [{ path: 'a/lib.so', bytes: content }];
  const spoilt = wheelOf(members, (bytes) =>
    Buffer.concat([bytes.subarray(0, 40), Buffer.alloc(20, 255), bytes.subarray(60)]),
  );
  await expect(unpackWheel(spoilt, pinOf(content), join(scratch, 'to'))).rejects.toMatchObject({
    code: 'engine/altered',
  });
  const length = zipOf(members).length;
  for (let cut = 0; cut < length; cut += 7) {
    const wheel = wheelOf(members, (bytes) => bytes.subarray(0, cut));
    await expect(readZip(wheel)).rejects.toMatchObject({ code: 'engine/wheel' });
  }
});

test('each platform has a plan, or a sentence with a way on', () => {
  for (const [platform, arch, gpu] of [
    ['linux', 'x64', false],
    ['linux', 'x64', true],
    ['linux', 'arm64', false],
    ['darwin', 'arm64', false],
  ] as const) {
    const plan = planFor(platform, arch, gpu);
    expect(plan).toMatchObject({ gpu, version: '2.21.0' });
    const paths = plan?.pins.flatMap((pin) => pin.files.map(({ path }) => path)) ?? [];
    expect(paths).toContain(plan?.libraries.cc);
    expect(paths).toContain(plan?.libraries.framework);
    expect(paths.every((path) => /^(tensorflow|nvidia)\/[\w./-]+$/.test(path) && !path.includes('..'))).toBe(
      true,
    );
  }
  for (const [platform, arch, gpu] of [
    ['win32', 'x64', false],
    ['darwin', 'x64', false],
    ['darwin', 'arm64', true],
    ['freebsd', 'x64', false],
  ] as const) {
    expect(planFor(platform, arch, gpu)).toBeUndefined();
    expect(whyNoPlan(platform, arch, gpu)).toMatch(/stemma engines (use|install)|install without/);
  }
});

test('few numbers of threads are tried, all cores among them', () => {
  expect([1, 2, 6, 16].map(threadCounts)).toEqual([[1], [1, 2], [2, 4, 6], [4, 8, 16]]);
});
