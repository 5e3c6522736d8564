/** For tests: small wheels that look like the real ones, with their pins, and a stand-in for pip. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import type { PackageClient } from './client.node.ts';
import type { Pin } from './pin.ts';
import type { Plan } from './plan.ts';

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Enough of an ELF file for this machine that nothing speaks against loading it, and noise behind it. */
export function fakeLibrary(noiseBytes: number, seed: number): Buffer {
  const header = Buffer.alloc(64);
  header.writeUInt32BE(0x7f45_4c46, 0);
  header[4] = 2;
  header[5] = 1;
  header.writeUInt16LE(process.arch === 'arm64' ? 183 : 62, 18);
  header.writeBigUInt64LE(BigInt(64 + noiseBytes), 40);
  const noise = Buffer.alloc(noiseBytes);
  for (let [i, x] = [0, seed + 1]; i < noiseBytes; i++) {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
    noise[i] = x >>> 24;
  }
  return Buffer.concat([header, noise]);
}

export interface Member {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly stored?: boolean;
  /** What the table of contents says it unpacks to. */
  readonly claimedBytes?: number;
}

export function zipOf(members: readonly Member[]): Buffer {
  const parts: Buffer[] = [];
  const table: Buffer[] = [];
  let at = 0;
  for (const { path, bytes, stored, claimedBytes = bytes.length } of members) {
    const packed = stored ? Buffer.from(bytes) : deflateRawSync(bytes);
    const name = Buffer.from(path);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(stored ? 0 : 8, 4);
    fields.writeUInt32LE(crc32(bytes), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(claimedBytes, 18);
    fields.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, name, packed]);
    const offset = Buffer.alloc(14);
    offset.writeUInt32LE(at, 10);
    table.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, offset, name);
    parts.push(local);
    at += local.length;
  }
  const contents = Buffer.concat(table);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x0605_4b50, 0);
  for (const place of [8, 10]) end.writeUInt16LE(members.length, place);
  end.writeUInt32LE(contents.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, contents, end]);
}

/** A plan of one wheel, and the wheel in a folder. */
export function fakeWheel(folder: string, version = '1.0.0', noiseBytes = 200_000) {
  const seed = [...version].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7);
  const libraries = {
    cc:
      process.platform === 'darwin'
        ? 'tensorflow/libtensorflow_cc.2.dylib'
        : 'tensorflow/libtensorflow_cc.so.2',
    framework:
      process.platform === 'darwin'
        ? 'tensorflow/libtensorflow_framework.2.dylib'
        : 'tensorflow/libtensorflow_framework.so.2',
  };
  const members: Member[] = [
    { path: libraries.cc, bytes: fakeLibrary(noiseBytes, seed) },
    { path: libraries.framework, bytes: fakeLibrary(1000, seed + 1), stored: true },
  ];
  const bytes = zipOf([...members, { path: 'tensorflow/other.py', bytes: Buffer.from('not taken') }]);
  const file = `tensorflow_cpu-${version}-fake.whl`;
  const pin: Pin = {
    ...{
      name: 'tensorflow-cpu',
      version,
      file,
      sizeBytes: bytes.length,
      sha256: sha256(bytes),
      platforms: ['any'],
    },
    files: members.map(({ path, bytes: content }) => ({
      ...{ path, sizeBytes: content.length, sha256: sha256(content) },
    })),
  };
  const plan: Plan = { version, gpu: false, pins: [pin], libraries };
  mkdirSync(folder, { recursive: true });
  const wheel = join(folder, file);
  writeFileSync(wheel, bytes);
  return { plan, pin, wheel, members, bytes };
}

/** A program that takes pip's words: writes the wheel piece by piece where pip would, then puts it where it is wanted. */
export function fakeClient(
  folder: string,
  {
    wheel,
    url = '',
    stopAfter = 0,
    error = '',
  }: { wheel: string; url?: string; stopAfter?: number; error?: string },
): PackageClient {
  const program = join(folder, 'fake-pip.mjs');
  writeFileSync(
    program,
    `import { appendFileSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
const { wheel, url, stopAfter, error } = ${JSON.stringify({ wheel, url, stopAfter, error })};
if (error) { console.error('ERROR: ' + error); process.exit(1); }
const dest = process.argv[process.argv.indexOf('--dest') + 1];
const part = join(process.env.TMPDIR, 'pip-unpack-x', basename(wheel));
mkdirSync(join(process.env.TMPDIR, 'pip-unpack-x'));
if (url) console.log('  Found link ' + url + ' (from an index), version: 1');
const bytes = readFileSync(wheel);
for (let at = 0; at < bytes.length; at += 20000) {
  appendFileSync(part, bytes.subarray(at, at + 20000));
  if (stopAfter && at >= stopAfter) await wait(60000);
}
renameSync(part, join(dest, basename(wheel)));
`,
  );
  return { name: 'pip 0 (a stand-in)', command: process.execPath, args: [program] };
}
