import { expect, test } from 'vitest';
import { fillUint32, permutation, RandomStream, threefry } from './random.ts';

test('agrees with the known answers of Random123 (kat_vectors, threefry4x32 20)', () => {
  const out = new Uint32Array(4);
  threefry(out, 0, 0, 0, 0, 0, 0, 0, 0);
  expect([...out].map((v) => v.toString(16))).toEqual(['9c6ca96a', 'e17eae66', 'fc10ecd4', '5256a7d8']);
  const m = 0xffffffff;
  threefry(out, m, m, m, m, m, m, m, m);
  expect([...out].map((v) => v.toString(16))).toEqual(['2a881696', '57012287', 'f6c7446e', 'a16a6732']);
});

test('a stream depends on seed, step and place, and on nothing else', () => {
  const take = (seed: number, step: number, place: string) => {
    const stream = new RandomStream(seed, step, place);
    return Array.from({ length: 9 }, () => stream.uint32());
  };
  expect(take(1, 2, 'a')).toEqual(take(1, 2, 'a'));
  const others = [take(2, 2, 'a'), take(1, 3, 'a'), take(1, 2, 'b'), take(1 + 2 ** 32, 2, 'a')];
  for (const other of others) expect(other).not.toEqual(take(1, 2, 'a'));
});

test('a permutation holds every index once', () => {
  const order = permutation(1000, 7, 3, 'shuffle');
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
  expect([...order]).not.toEqual([...permutation(1000, 7, 4, 'shuffle')]);
});

test('filling gives the words of the stream', () => {
  const stream = new RandomStream(2 ** 40 + 9, 0, 'a/kernel');
  const words = new Uint32Array(1003);
  fillUint32(words, 2 ** 40 + 9, 'a/kernel');
  expect([...words]).toEqual(Array.from({ length: 1003 }, () => stream.uint32()));
});
