import { expect, test } from 'vitest';
import { AppError } from '../base/errors.ts';
import { fillUint32, RandomStream } from '../base/random.ts';
import type { InitializerName } from '../network/op.ts';
import { fansOf, fill, initialTensor, normalQuantile } from './initialise.ts';
import { BELOW_MINUS_2, normalFromWords } from './quantile.ts';

/** Φ(x) = ½·erfc(−x/√2), by a series near 0 and Lentz's continued fraction far out: independent of AS241. */
function normalBelow(x: number): number {
  const z = Math.abs(x);
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z < 3) {
    let [term, sum] = [z, z];
    for (let k = 1; k < 200; k++) {
      term *= (z * z) / (2 * k + 1);
      sum += term;
    }
    return x < 0 ? 0.5 - density * sum : 0.5 + density * sum;
  }
  let fraction = 0;
  for (let k = 200; k > 0; k--) fraction = k / (z + fraction);
  const tail = density / (z + fraction);
  return x < 0 ? tail : 1 - tail;
}

const SHAPE = [3, 3, 32, 64];
const TRUNCATED_STD = 0.87962566103423978;
const cut = (below: number) => Math.min(1, Math.max(0, (below - BELOW_MINUS_2) / (1 - 2 * BELOW_MINUS_2)));

/** Standard deviation, and the exact distribution function, of what each gives for SHAPE. */
const expected: [InitializerName, number, (x: number) => number][] = [
  ['lecunNormal', Math.sqrt(1 / 288), (x) => cut(normalBelow(x * Math.sqrt(288) * TRUNCATED_STD))],
  ['heNormalFanOut', Math.sqrt(2 / 576), (x) => normalBelow(x / Math.sqrt(2 / 576))],
  ['torchUniform', Math.sqrt(1 / 288 / 3), (x) => 0.5 + x / (2 * Math.sqrt(1 / 288))],
  ['glorotUniform', Math.sqrt(2 / 864), (x) => 0.5 + x / (2 * Math.sqrt(6 / 864))],
  ['truncatedNormal02', 0.02 * TRUNCATED_STD, (x) => cut(normalBelow(x / 0.02))],
];

test.each(expected)('%s: moments, and the Kolmogorov–Smirnov distance', (initializer, std, below) => {
  const one = SHAPE.reduce((a, b) => a * b);
  const all = new Float32Array(one * 20);
  for (let seed = 0; seed < 20; seed++)
    fill(all.subarray(seed * one, (seed + 1) * one), SHAPE, initializer, seed, 'layer/kernel');
  const n = all.length;
  const mean = all.reduce((a, b) => a + b, 0) / n;
  const moment = (p: number) => all.reduce((a, b) => a + ((b - mean) / std) ** p, 0) / n;
  expect(Math.abs(mean / std) * Math.sqrt(n)).toBeLessThan(4);
  expect(moment(2)).toBeCloseTo(1, 2);
  expect(moment(3)).toBeCloseTo(0, 1);
  all.sort();
  let distance = 0;
  for (let i = 0; i < n; i++) {
    const f = below(all[i] as number);
    distance = Math.max(distance, Math.abs(f - i / n), Math.abs(f - (i + 1) / n));
  }
  // 1.95 / √n is passed by one true sample in a thousand; these samples are always the same.
  expect(distance * Math.sqrt(n)).toBeLessThan(1.95);
});

test('the numbers depend on seed, path and index, and on nothing else', () => {
  const take = (path: string, seed: number) => [...initialTensor(path, [40, 10], 'torchUniform', seed).data];
  const first = take('a/kernel', 1);
  take('b/kernel', 1);
  expect(take('a/kernel', 1)).toEqual(first);
  for (const other of [take('b/kernel', 1), take('a/kernel', 2), take('a/kernel', 1 + 2 ** 32)])
    expect(other).not.toEqual(first);
  // Into the middle of other memory, and a part of a longer tensor of the same fan-in: the same numbers.
  const memory = new Float32Array(410).fill(7);
  fill(memory.subarray(3, 403), [40, 10], 'torchUniform', 1, 'a/kernel');
  expect([...memory.subarray(3, 403)]).toEqual(first);
  expect([memory[2], memory[403]]).toEqual([7, 7]);
  expect([...initialTensor('a/kernel', [40, 13], 'torchUniform', 1).data.subarray(0, 400)]).toEqual(first);
});

test('filling in bulk gives the words of the stream', () => {
  for (const length of [0, 1, 4, 1003]) {
    const stream = new RandomStream(2 ** 40 + 9, 0, 'a/kernel');
    const words = new Uint32Array(length);
    fillUint32(words, 2 ** 40 + 9, 'a/kernel');
    expect([...words]).toEqual(Array.from({ length }, () => stream.uint32()));
  }
});

test('first numbers, frozen: a drawing of an old version trains as it did', () => {
  const first = (initializer: InitializerName) =>
    [...initialTensor('stem/conv/kernel', SHAPE, initializer, 42).data.subarray(0, 4)].map((v) =>
      v.toPrecision(6),
    );
  expect({
    lecunNormal: first('lecunNormal'),
    heNormalFanOut: first('heNormalFanOut'),
    glorotUniform: first('glorotUniform'),
  }).toMatchInlineSnapshot(`
    {
      "glorotUniform": [
        "0.0772366",
        "0.0299784",
        "-0.0557691",
        "0.0631458",
      ],
      "heNormalFanOut": [
        "0.105584",
        "0.0275381",
        "-0.0573088",
        "0.0689064",
      ],
      "lecunNormal": [
        "0.105486",
        "0.0297817",
        "-0.0611641",
        "0.0728642",
      ],
    }
  `);
});

test('cut at two standard deviations of the uncut normal', () => {
  const { data } = initialTensor('a/kernel', [1, 1, 100, 1000], 'lecunNormal', 1);
  const edge = (2 * 0.1) / TRUNCATED_STD;
  const largest = data.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  expect(largest).toBeLessThanOrEqual(Math.fround(edge));
  expect(largest).toBeGreaterThan(edge * 0.999);
});

test('straight pieces stay within 1e-6 σ of the exact quantile, at both ends of a word’s range too', () => {
  const words = new Uint32Array(200_004);
  fillUint32(words, 1, 'words');
  words.set([0, 1, 0xfffffffe, 0xffffffff], 200_000);
  for (const truncated of [true, false]) {
    const out = new Float32Array(words.length);
    normalFromWords(out, words, 1, truncated);
    const below = truncated ? BELOW_MINUS_2 : 0;
    let worst = 0;
    for (let i = 0; i < out.length; i++) {
      const exact = normalQuantile(below + ((1 - 2 * below) * ((words[i] as number) + 0.5)) / 2 ** 32);
      // Less what rounding to float32 does.
      worst = Math.max(worst, Math.abs((out[i] as number) - exact) - Math.abs(exact) * 2 ** -24);
    }
    expect(worst).toBeLessThan(1.3e-6);
  }
});

test('the quantile function inverts the distribution function, far out too', () => {
  for (const u of [1e-300, 1e-20, 1e-12, 1e-6, 0.01, 0.074, 0.076, 0.3, 0.5, 0.8, 0.99])
    expect(normalBelow(normalQuantile(u)) / u).toBeCloseTo(1, 9);
});

test('zeros and ones, fans of grouped and dense kernels, and a wrong length', () => {
  const of = (initializer: InitializerName) => [...initialTensor('bn/gamma', [3], initializer, 1).data];
  expect(of('zeros')).toEqual([0, 0, 0]);
  expect(of('ones')).toEqual([1, 1, 1]);
  // A 3×3 convolution of 128 channels in 32 groups; torch counts fan-out without the groups.
  expect(fansOf([3, 3, 4, 256])).toEqual({ fanIn: 36, fanOut: 2304 });
  expect(fansOf([512, 10])).toEqual({ fanIn: 512, fanOut: 10 });
  expect(() => fill(new Float32Array(5), [2, 3], 'zeros', 1, 'a')).toThrow(AppError);
});
