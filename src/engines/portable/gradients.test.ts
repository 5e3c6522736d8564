import { beforeAll, expect, test } from 'vitest';
import { RandomStream } from '../../base/random.ts';
import { plainOps } from '../../compile/tensor-ops.ts';
import { type Tensor, type Tensor1D, type Tensor4D, tf } from '../../compile/tf.ts';
import { portableOps, startPortable } from './backend.node.ts';
import { eachProduct, type NaiveConv, outputShape } from './naive.ts';

beforeAll(startPortable);

function numbers(count: number, place: string): Float32Array {
  const stream = new RandomStream(1, 0, place);
  return Float32Array.from({ length: count }, () => stream.uniform() * 2 - 1);
}

/** Largest difference, relative to the largest number. */
function error(received: ArrayLike<number>, expected: ArrayLike<number>): number {
  let difference = 0;
  let scale = 1e-30;
  for (let i = 0; i < expected.length; i++) {
    difference = Math.max(difference, Math.abs((received[i] ?? Number.NaN) - (expected[i] ?? 0)));
    scale = Math.max(scale, Math.abs(expected[i] ?? 0));
  }
  return difference / scale;
}

// n, h, w, c, filters, kernel, strides, dilation, groups, padding: odd sizes, uneven padding, channels off 4 and 8.
const rows: [number, number, number, number, number, number, number, number, number, 'same' | 'valid'][] = [
  [1, 5, 5, 1, 1, 3, 1, 1, 1, 'same'],
  [2, 7, 5, 3, 5, 3, 1, 1, 1, 'same'],
  [2, 7, 5, 3, 5, 3, 2, 1, 1, 'same'],
  [2, 8, 8, 4, 8, 3, 2, 1, 1, 'same'],
  [1, 9, 6, 5, 9, 3, 3, 1, 1, 'same'],
  [3, 9, 9, 2, 7, 5, 2, 1, 1, 'valid'],
  [2, 12, 11, 1, 13, 7, 2, 1, 1, 'same'],
  [2, 12, 11, 3, 16, 7, 2, 1, 1, 'valid'],
  [4, 6, 6, 17, 12, 1, 1, 1, 1, 'same'],
  [4, 7, 6, 17, 12, 1, 2, 1, 1, 'same'],
  [4, 6, 6, 8, 12, 1, 2, 1, 1, 'valid'],
  [4, 5, 6, 8, 12, 1, 3, 1, 1, 'valid'],
  [2, 6, 6, 8, 8, 2, 1, 1, 1, 'same'],
  [2, 7, 6, 8, 8, 2, 2, 1, 1, 'valid'],
  [2, 9, 9, 4, 6, 3, 1, 2, 1, 'same'],
  [1, 11, 9, 3, 4, 3, 1, 3, 1, 'valid'],
  [2, 7, 7, 8, 8, 3, 1, 1, 2, 'same'],
  [2, 7, 6, 8, 12, 3, 2, 1, 4, 'same'],
  [2, 6, 6, 16, 16, 3, 1, 1, 16, 'same'],
  [1, 5, 7, 6, 9, 3, 2, 1, 3, 'valid'],
  [2, 8, 7, 32, 64, 3, 2, 1, 8, 'same'],
  [2, 9, 9, 6, 6, 3, 1, 2, 2, 'same'],
  [3, 20, 20, 64, 64, 3, 1, 1, 1, 'same'],
];

/** Forward and both gradients against loops in float64: the worst error of each. */
function errorsOf(conv: NaiveConv): number[] {
  const { n, h, w, c, filters, k, groups } = conv;
  const { shape } = outputShape(conv);
  const x = numbers(n * h * w * c, 'x');
  const filter = numbers(k[0] * k[1] * (c / groups) * filters, 'filter');
  const dy = numbers(
    shape.reduce((a, b) => a * b),
    'dy',
  );
  const expected = {
    y: new Float64Array(dy.length),
    dx: new Float64Array(x.length),
    df: new Float64Array(filter.length),
  };
  eachProduct(conv, (a, b, at) => {
    expected.y[at] = (expected.y[at] ?? 0) + (x[a] ?? 0) * (filter[b] ?? 0);
    expected.dx[a] = (expected.dx[a] ?? 0) + (dy[at] ?? 0) * (filter[b] ?? 0);
    expected.df[b] = (expected.df[b] ?? 0) + (x[a] ?? 0) * (dy[at] ?? 0);
  });
  const { strides, padding, dilation: dilationRate } = conv;
  const attrs = { strides, padding, dilationRate, groups };
  const before = tf.memory().numTensors;
  const results = tf.tidy(() => {
    const tx = tf.tensor4d(x, [n, h, w, c]);
    const tk = tf.tensor4d(filter, [...k, c / groups, filters]);
    const y = portableOps.conv2d(tx, tk, attrs);
    const gradient = tf.grads((a, b) => portableOps.conv2d(a as Tensor4D, b as Tensor4D, attrs));
    const [dx, df] = gradient([tx, tk], tf.tensor4d(dy, shape)) as [Tensor, Tensor];
    expect([y.shape, dx.shape, df.shape]).toEqual([shape, tx.shape, tk.shape]);
    return [y.dataSync(), dx.dataSync(), df.dataSync()] as const;
  });
  expect(tf.memory().numTensors).toBe(before);
  const errors = [
    error(results[0], expected.y),
    error(results[1], expected.dx),
    error(results[2], expected.df),
  ];
  if (process.env.STEMMA_TABLE)
    console.log(JSON.stringify(conv), errors.map((e) => e.toExponential(1)).join(' '));
  return errors;
}

test.each(rows)(
  'conv2d %i × %i × %i × %i → %i, kernel %i, strides %i, dilation %i, groups %i, %s',
  (n, h, w, c, filters, k, s, d, groups, padding) => {
    const conv = { n, h, w, c, filters, groups, padding };
    const errors = errorsOf({ ...conv, k: [k, k], strides: [s, s], dilation: [d, d] });
    for (const e of errors) expect(e).toBeLessThan(1e-5);
  },
);

test('conv2d on 300 random geometries, not square', () => {
  const stream = new RandomStream(2, 0, 'geometries');
  const from = (low: number, high: number) => low + Math.floor(stream.uniform() * (high - low + 1));
  for (let i = 0; i < 300; i++) {
    const k: [number, number] = [from(1, 7), from(1, 7)];
    const dilation: [number, number] = stream.uniform() < 0.3 ? [from(1, 3), from(1, 3)] : [1, 1];
    const padding = stream.uniform() < 0.6 ? 'same' : 'valid';
    const least = (axis: 0 | 1) => (padding === 'valid' ? (k[axis] - 1) * dilation[axis] + 1 : 1);
    const groups = stream.uniform() < 0.5 ? 1 : from(2, 9);
    const conv: NaiveConv = {
      ...{ n: from(1, 3), h: from(least(0), least(0) + 12), w: from(least(1), least(1) + 12) },
      ...{ c: groups * from(1, groups > 1 ? 5 : 19), filters: groups * from(1, groups > 1 ? 5 : 19) },
      ...{ k, strides: [from(1, 3), from(1, 3)], dilation, groups, padding },
    };
    for (const e of errorsOf(conv)) expect(e, JSON.stringify(conv)).toBeLessThan(1e-5);
  }
});

test.each([[[2, 5, 3, 7]], [[1, 6, 6, 16]], [[9, 5]]])(
  'batchNormTrain on %j agrees with the plain composition and with finite differences in float64',
  (shape) => {
    const c = shape.at(-1) as number;
    const size = shape.reduce((a, b) => a * b);
    const [x, dy, gamma, beta] = [numbers(size, 'x'), numbers(size, 'dy'), numbers(c, 'g'), numbers(c, 'b')];
    const run = (ops: typeof plainOps) =>
      tf.tidy(() => {
        const inputs = [tf.tensor(x, shape), tf.tensor1d(gamma), tf.tensor1d(beta)];
        const f = (a: Tensor, g: Tensor, b: Tensor) =>
          ops.batchNormTrain(a, g as Tensor1D, b as Tensor1D, 1e-5);
        const { y, mean, variance } = f(...(inputs as [Tensor, Tensor, Tensor]));
        const gradients = tf.grads((a, g, b) => f(a as Tensor, g as Tensor, b as Tensor).y)(
          inputs,
          tf.tensor(dy, shape),
        );
        return [y, mean, variance, ...gradients].map((t) => t.dataSync());
      });
    const received = run(portableOps);
    run(plainOps).forEach((expected, i) => {
      expect(error(received[i] ?? [], expected)).toBeLessThan(2e-5);
    });
    const objective = (values: Float64Array): number => {
      let sum = 0;
      for (let channel = 0; channel < c; channel++) {
        const mine = [...values].filter((_, i) => i % c === channel);
        const mean = mine.reduce((a, b) => a + b) / mine.length;
        const variance = mine.reduce((a, b) => a + (b - mean) ** 2, 0) / mine.length;
        mine.forEach((v, row) => {
          const y = ((v - mean) / Math.sqrt(variance + 1e-5)) * (gamma[channel] ?? 0) + (beta[channel] ?? 0);
          sum += y * (dy[row * c + channel] ?? 0);
        });
      }
      return sum;
    };
    const differences = Array.from({ length: size }, (_, i) => {
      const at = (step: number) => {
        const moved = Float64Array.from(x);
        moved[i] = (moved[i] ?? 0) + step;
        return objective(moved);
      };
      return (at(1e-5) - at(-1e-5)) / 2e-5;
    });
    expect(error(received[3] ?? [], differences)).toBeLessThan(1e-4);
  },
);

test('batch norm over 294,912 rows is as exact as over a few: sums do not drift', () => {
  const shape = [128, 48, 48, 2];
  const rows = 128 * 48 * 48;
  // A constant; and 5 with a little noise, whose variance a careless sum would lose.
  const x = numbers(rows * 2, 'many').map((v, i) => (i % 2 === 0 ? 0.1 : 5 + 0.1 * v));
  let [mean, variance] = [0, 0];
  for (let i = 1; i < x.length; i += 2) mean += (x[i] ?? 0) / rows;
  for (let i = 1; i < x.length; i += 2) variance += ((x[i] ?? 0) - mean) ** 2 / rows;
  tf.tidy(() => {
    const one = tf.ones([2]) as Tensor1D;
    const zero = tf.zeros([2]) as Tensor1D;
    const made = portableOps.batchNormTrain(tf.tensor(x, shape), one, zero, 1e-5);
    const [means, variances] = [made.mean.dataSync(), made.variance.dataSync()];
    expect(Math.abs((means[0] ?? 0) / Math.fround(0.1) - 1)).toBeLessThan(1e-6);
    expect(Math.abs((means[1] ?? 0) / mean - 1)).toBeLessThan(1e-6);
    expect(Math.abs((variances[1] ?? 0) / variance - 1)).toBeLessThan(1e-5);
    const dBeta = tf.grad((b) => portableOps.batchNormTrain(tf.tensor(x, shape), one, b as Tensor1D, 1e-5).y)(
      zero,
      tf.fill(shape, 0.1),
    );
    expect(Math.abs((dBeta.dataSync()[0] ?? 0) / (rows * Math.fround(0.1)) - 1)).toBeLessThan(1e-6);
  });
});
