import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '../base/errors.ts';
import { initialTensor, normalQuantile } from './initialise.ts';
import { readSafetensors, safetensorsParts } from './safetensors.ts';

const join = (parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
const weights = new Map([
  ['a/kernel', { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) }],
  ['a/bias', { shape: [3], data: Float32Array.of(-1, 0, 1) }],
]);

test('weights survive a round trip, and data begins at a multiple of 8', () => {
  const bytes = join(safetensorsParts(weights, { made: 'here' }));
  expect(new DataView(bytes.buffer).getUint32(0, true) % 8).toBe(0);
  expect([...readSafetensors(Buffer.from(bytes), 'w').weights]).toEqual([...weights]);
  const read = readSafetensors(bytes, 'w');
  expect([...read.weights]).toEqual([...weights]);
  expect(read.metadata).toEqual({ made: 'here' });
});

test('damaged files give an AppError and nothing else', () => {
  const good = join(safetensorsParts(weights, {}));
  expect(() => readSafetensors(good.subarray(0, good.length - 1), 'w')).toThrow(
    /"a\/bias" should lie at 24 to 36/,
  );
  const refuse = (bytes: Uint8Array) => {
    try {
      readSafetensors(bytes, 'w');
    } catch (error) {
      expect(error).toBeInstanceOf(AppError);
    }
  };
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), refuse));
  fc.assert(
    fc.property(fc.nat(good.length - 1), fc.nat(255), (at, value) => {
      const altered = good.slice();
      altered[at] = value;
      refuse(altered);
      refuse(altered.subarray(0, at));
    }),
  );
});

test.each([
  ['lecunNormal', Math.sqrt(1 / 288)],
  ['heNormalFanOut', Math.sqrt(2 / 576)],
  ['glorotUniform', Math.sqrt(2 / (288 + 576))],
  ['truncatedNormal02', 0.02 * 0.8796],
] as const)('%s has the mean and the spread that it should', (name, std) => {
  const { data } = initialTensor('layer/kernel', [3, 3, 32, 64], name, 5);
  const mean = data.reduce((a, b) => a + b, 0) / data.length;
  const spread = Math.sqrt(data.reduce((a, b) => a + (b - mean) ** 2, 0) / data.length);
  expect(Math.abs(mean)).toBeLessThan((4 * std) / Math.sqrt(data.length));
  expect(Math.abs(spread / std - 1)).toBeLessThan(0.02);
  expect(initialTensor('layer/kernel', [3, 3, 32, 64], name, 5).data).toEqual(data);
  expect(initialTensor('other/kernel', [3, 3, 32, 64], name, 5).data).not.toEqual(data);
});

test('the quantile function inverts the distribution function, far out too', () => {
  // Φ(x) from tables: Abramowitz & Stegun 26.2; and by symmetry.
  const known: [number, number][] = [
    [0, 0.5],
    [-0.5, 0.3085375387259869],
    [-1, 0.1586552539314571],
    [-2, 0.0227501319481792],
    [-3, 0.0013498980316301],
    [-4, 3.167124183311998e-5],
    [-6, 9.865876450376981e-10],
  ];
  for (const [x, u] of known) {
    expect(normalQuantile(u)).toBeCloseTo(x, 7);
    expect(normalQuantile(1 - u)).toBeCloseTo(-x, 6);
  }
});

test('LeCun normal is cut at two standard deviations of the uncut normal', () => {
  const { data } = initialTensor('a/kernel', [1, 1, 100, 1000], 'lecunNormal', 1);
  const edge = (2 * 0.1) / 0.87962566;
  const largest = data.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  expect(largest).toBeLessThanOrEqual(edge * 1.000001);
  expect(largest).toBeGreaterThan(edge * 0.99);
});
