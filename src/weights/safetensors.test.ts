import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { runs } from '../../scripts/property.ts';
import { AppError } from '../base/errors.ts';
import * as disk from './safetensors.node.ts';
import { readSafetensors, safetensorsParts } from './safetensors.ts';

const folder = mkdtempSync(join(tmpdir(), 'stemma-safetensors-'));
afterAll(() => rmSync(folder, { recursive: true }));
const fixture = fileURLToPath(new URL('./fixtures/python.safetensors', import.meta.url));

const weights = new Map([
  ['b/kernel', { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, Number.NaN) }],
  ['__proto__', { shape: [1], data: Float32Array.of(7) }],
  ['7', { shape: [], data: Float32Array.of(8) }],
  ['empty', { shape: [0, 5], data: new Float32Array() }],
  ['a "quoted" \\ {name}', { shape: [3], data: Float32Array.of(-0, 0, Number.POSITIVE_INFINITY) }],
]);
const joined = (parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
const good = joined(safetensorsParts(weights, { format: 'stemma' }));

/** A file of this header and so many bytes of data. */
function fileOf(header: string, dataBytes = 0): Uint8Array {
  const json = Buffer.from(header);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return new Uint8Array(Buffer.concat([length, json, Buffer.alloc(dataBytes)]));
}

test('through a file and back: names, order, every number; nothing left beside it', async () => {
  const file = join(folder, 'w.safetensors');
  await disk.writeSafetensors(file, weights, { format: 'stemma' });
  expect(readdirSync(folder)).toEqual(['w.safetensors']);
  expect(new Uint8Array(readFileSync(file))).toEqual(good);
  for (const read of [await disk.readSafetensors(file), readSafetensors(good, 'w')]) {
    expect([...read.weights]).toEqual([...weights]);
    expect(read.metadata).toEqual({ format: 'stemma' });
  }
  truncateSync(file, good.length - 1);
  await expect(disk.readSafetensors(file)).rejects.toThrow(
    /w\.safetensors is not a whole.*should lie at 32 to 44/,
  );
  await expect(disk.readSafetensors(join(folder, 'none'))).rejects.toThrow(/none could not be read: ENOENT/);
});

test('reads what the Python package 0.8.0 wrote, float64 and float16 too', async () => {
  const { weights: read, metadata } = await disk.readSafetensors(fixture);
  expect(metadata).toEqual({ by: 'python safetensors 0.8.0' });
  expect([...read.keys()]).toEqual(['f64', '7', 'empty', 'f32/kernel', 'f16']);
  expect(read.get('f32/kernel')).toEqual({
    shape: [2, 3],
    data: Float32Array.of(-2.5, -1.5, -0.5, 0.5, 1.5, 2.5),
  });
  expect(read.get('f64')?.data).toEqual(Float32Array.of(Math.PI, Number.POSITIVE_INFINITY));
  expect(read.get('7')).toEqual({ shape: [], data: Float32Array.of(3) });
  const { POSITIVE_INFINITY: infinity, NaN: nan } = Number;
  const halves = [0, -0, 1, -2, 65504, 2 ** -24, 1023 * 2 ** -24, infinity, nan];
  expect(read.get('f16')?.data).toEqual(Float32Array.from(halves));
});

test('reads bfloat16, the upper half of a float32', () => {
  const bytes = fileOf('{"w":{"dtype":"BF16","shape":[3],"data_offsets":[0,6]}}', 6);
  bytes.set([0x80, 0x3f, 0x20, 0xc0, 0x80, 0x7f], bytes.length - 6);
  expect(readSafetensors(bytes, 'w').weights.get('w')?.data).toEqual(
    Float32Array.of(1, -2.5, Number.POSITIVE_INFINITY),
  );
});

const w = (rest: string) => `{"w":{"dtype":"F32","shape":[2],${rest}}}`;
test.each([
  ['{"w":', 0, 'its header is not JSON'],
  ['[]', 0, 'its header is no object'],
  [' {}', 0, "does not begin with '{'"],
  ['{}', 3, '3 bytes at its end belong to no tensor'],
  ['{"w":1}', 0, 'tensor "w" has no description'],
  ['{"__proto__":{}}', 0, 'tensor "__proto__" has dtype undefined; expected one of F64, F32, F16, BF16'],
  ['{"w":{"dtype":"toString"}}', 0, 'tensor "w" has dtype "toString"'],
  ['{"w":{"dtype":"F32","shape":[-1]}}', 0, 'has no valid shape'],
  ['{"w":{"dtype":"F32","shape":[2]}}', 0, 'has no valid data_offsets'],
  [w('"data_offsets":[8,0]'), 8, 'of shape [2] and dtype F32 needs 8 bytes, received -8 (8 to 0)'],
  [w('"data_offsets":[0,4]'), 4, 'needs 8 bytes, received 4 (0 to 4)'],
  [w('"data_offsets":[0,8]'), 7, 'should lie at 0 to 8, but only 7 bytes follow the header'],
  [w('"data_offsets":[4,12]'), 12, 'tensor "w" begins at 4; expected 0'],
  [w('"data_offsets":[0,8],"shape":[2]'), 8, 'names "shape" twice'],
  ['{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"\\u0061":{}}', 0, 'names "a" twice'],
  [
    '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}',
    12,
    'tensor "b" begins at 4; expected 8',
  ],
  [
    `{"w":{"dtype":"F32","shape":[${Array(40).fill(9e15)},0],"data_offsets":[0,0]}}`,
    0,
    'needs NaN bytes, received 0',
  ],
  ['{"__metadata__":{"a":1}}', 0, 'its metadata must be strings'],
  [`{"a":${'['.repeat(99)}${']'.repeat(99)}}`, 0, 'nested too deeply'],
])('refuses %s with %i bytes in words', (header, bytes, words) => {
  expect(() => readSafetensors(fileOf(header, bytes), 'some/file')).toThrow(words);
  expect(() => readSafetensors(fileOf(header, bytes), 'some/file')).toThrow(/^some\/file is not a whole/);
});

test('a header of 2⁶³ or 101 MB is refused before it is read', () => {
  const bytes = new Uint8Array(16).fill(255);
  expect(() => readSafetensors(bytes, 'w')).toThrow('expected at most 100000000');
});

test('what cannot be stored truly is refused', () => {
  const wrong = new Map([['w', { shape: [3], data: new Float32Array(2) }]]);
  expect(() => safetensorsParts(wrong, {})).toThrow('"w" of shape [3] holds 3 numbers; received 2');
  const name = new Map([['__metadata__', { shape: [0], data: new Float32Array() }]]);
  expect(() => safetensorsParts(name, {})).toThrow(AppError);
});

test('damaged bytes give an AppError and nothing else, soon', async () => {
  const refuse = (bytes: Uint8Array) => {
    try {
      readSafetensors(bytes, 'w');
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  };
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), refuse));
  fc.assert(fc.property(fc.json(), fc.nat(20), (json, bytes) => refuse(fileOf(json, bytes))));
  fc.assert(
    fc.property(fc.nat(good.length - 1), fc.nat(7), (at, bit) => {
      const altered = good.slice();
      altered[at] = (altered[at] as number) ^ (1 << bit);
      refuse(altered);
      expect(() => readSafetensors(good.subarray(0, at), 'w')).toThrow(AppError);
    }),
    { numRuns: runs(1000) },
  );
  // Ten megabytes that look like a header cost no more than reading them.
  for (const text of [
    '['.repeat(1e7),
    '{"a":'.repeat(2e6),
    `{"a":"${'\\"'.repeat(5e6)}"}`,
    `[${'{},'.repeat(3e6)}{}]`,
  ])
    refuse(fileOf(text));
  const file = join(folder, 'noise');
  writeFileSync(file, Buffer.alloc(100, 1));
  await expect(disk.readSafetensors(file)).rejects.toBeInstanceOf(AppError);
}, 30_000);
