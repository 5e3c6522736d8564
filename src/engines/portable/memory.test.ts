/** The end of the wasm heap. In this order: the last test leaves a backend that refuses everything. */
import { beforeAll, expect, test } from 'vitest';
import { AppError } from '../../base/errors.ts';
import { tf } from '../../compile/tf.ts';
import { startPortable } from './backend.node.ts';

let wasm: { _malloc(bytes: number): number; _free(pointer: number): void; HEAPU8: Uint8Array };

beforeAll(async () => {
  await startPortable();
  ({ wasm } = tf.backend() as unknown as { wasm: typeof wasm });
});

const noMemory = /portable engine has no memory left: it asked for [\d.]+ MB and holds \d+ MB/;

test.each([2 ** 31, 4_294_900_000, 2 ** 33])(
  '%d bytes that cannot be had are an error in words, and work goes on',
  (bytes) => {
    expect(() => wasm._malloc(bytes)).toThrow(noMemory);
    expect([...tf.add([1, 2], [3, 4]).dataSync()]).toEqual([4, 6]);
  },
);

test('a tensor too large is the same error, and leaves nothing behind', () => {
  const before = tf.memory().numTensors;
  const large = () => tf.tidy(() => tf.tile(tf.ones([1024]), [2 ** 20]));
  expect(large).toThrow(noMemory);
  expect(large).toThrow(AppError);
  expect(tf.memory().numTensors).toBe(before);
  expect([...tf.add([1, 2], [3, 4]).dataSync()]).toEqual([4, 6]);
});

test('a heap that is full, with holes, never answers with memory that is outside of it', () => {
  const small = Array.from({ length: 10 }, () => wasm._malloc(1e6));
  for (const pointer of small.filter((_, i) => i % 2 === 1)) wasm._free(pointer);
  let count = 0;
  expect(() => {
    for (; count < 5; count++) expect((wasm._malloc(1e9) >>> 0) + 1e9).toBeLessThan(wasm.HEAPU8.length);
  }).toThrow(noMemory);
  expect(count).toBe(4);
  expect(() => tf.ones([1000])).toThrow(noMemory);
});
