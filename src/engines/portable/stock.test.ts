/** What else training asks of tf.js' wasm backend, against its plain JavaScript backend. */
import { afterEach, beforeAll, expect, test } from 'vitest';
import { RandomStream } from '../../base/random.ts';
import { type Tensor, type Tensor4D, tf } from '../../compile/tf.ts';
import { startPortable } from './backend.node.ts';

beforeAll(startPortable);
afterEach(async () => void (await tf.setBackend('wasm')));

type Shape = number[];

/** Halves of small integers: ties, as after a ReLU, and products that are exact in float32. */
function numbers(shape: Shape, place: string): Tensor {
  const stream = new RandomStream(3, 0, place);
  const size = shape.reduce((a, b) => a * b, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, () => Math.floor(stream.uniform() * 9 - 4) / 2),
    shape,
  );
}

/** Function value and every gradient, as numbers. */
function run(f: (...inputs: Tensor[]) => Tensor, shapes: Shape[]) {
  return tf.tidy(() => {
    const inputs = shapes.map((shape, i) => numbers(shape, `input ${i}`));
    const y = f(...inputs);
    const gradients = tf.grads(f)(inputs, numbers(y.shape, 'dy'));
    return [y, ...gradients].map((t) => ({ shape: t.shape, values: t.dataSync() }));
  });
}

const pools = (
  [
    [3, 2, 'same', [2, 9, 8, 5]],
    [3, 2, 'valid', [2, 9, 8, 5]],
    [2, 2, 'valid', [1, 7, 7, 8]],
    [3, 1, 'same', [2, 5, 6, 7]],
    [3, 2, 'same', [2, 16, 16, 12]],
    [[2, 3], [1, 2], 'same', [1, 6, 7, 4]],
    [7, 3, 'same', [1, 4, 5, 3]],
  ] as [number, number, 'same' | 'valid', Shape][]
).flatMap(([size, strides, padding, shape]): [string, (...x: Tensor[]) => Tensor, Shape[]][] => [
  [
    `maxPool ${size}/${strides} ${padding}`,
    (x) => tf.maxPool(x as Tensor4D, size, strides, padding),
    [shape],
  ],
  [
    `avgPool ${size}/${strides} ${padding}`,
    (x) => tf.avgPool(x as Tensor4D, size, strides, padding),
    [shape],
  ],
]);

const image: Shape = [2, 4, 3, 6];
const labels = () => tf.oneHot(tf.tensor1d([1, 0, 4], 'int32'), 5);

const ops: [string, (...inputs: Tensor[]) => Tensor, Shape[]][] = [
  ...pools,
  [
    'maxPool of padding with the lowest number',
    (x) => {
      const padded = tf.pad(
        x,
        [
          [0, 0],
          [2, 1],
          [1, 2],
          [0, 0],
        ],
        Number.NEGATIVE_INFINITY,
      );
      return tf.maxPool(padded as Tensor4D, 3, 2, 'valid');
    },
    [image],
  ],
  [
    'pad',
    (x) =>
      tf.pad(x, [
        [0, 0],
        [1, 0],
        [0, 2],
        [0, 0],
      ]),
    [image],
  ],
  ['relu', (x) => tf.relu(x), [image]],
  ['leakyRelu', (x) => tf.leakyRelu(x, 0.2), [image]],
  ['gelu', (x) => tf.mul(tf.mul(x, 0.5), tf.add(1, tf.erf(tf.mul(x, Math.SQRT1_2)))), [image]],
  ['silu', (x) => tf.mul(x, tf.sigmoid(x)), [image]],
  ['sigmoid', (x) => tf.sigmoid(x), [image]],
  ['tanh', (x) => tf.tanh(x), [image]],
  ['softmax', (x) => tf.softmax(x), [[3, 5]]],
  ['softmax cross entropy', (x) => tf.neg(tf.mean(tf.sum(tf.mul(labels(), tf.logSoftmax(x)), -1))), [[3, 5]]],
  [
    'matMul',
    (a, b) => tf.matMul(a as Tensor, b as Tensor),
    [
      [5, 7],
      [7, 3],
    ],
  ],
  ['add a bias', (x, b) => tf.add(x as Tensor, b as Tensor), [image, [6]]],
  ['add a bias to a matrix', (x, b) => tf.add(x as Tensor, b as Tensor), [[5, 7], [7]]],
  ['multiply', (a, b) => tf.mul(a as Tensor, b as Tensor), [image, image]],
  ['multiply with a gate', (x, gate) => tf.mul(x as Tensor, gate as Tensor), [image, [2, 1, 1, 6]]],
  ['multiply with itself', (x) => tf.mul(x, x), [image]],
  ['concat', (a, b) => tf.concat([a as Tensor, b as Tensor], -1), [image, [2, 4, 3, 1]]],
  ['slice', (x) => tf.slice(x, [0, 1, 0, 2], [2, 2, 3, 3]), [image]],
  ['split', (x) => tf.add(...(tf.split(x, 2, 3) as [Tensor, Tensor])), [image]],
  ['mean over space', (x) => tf.mean(x, [1, 2]), [image]],
  ['sum over all but the last, kept', (x) => tf.sum(x, [0, 1, 2], true), [image]],
  ['sum over all but the last', (x) => tf.sum(x, [0, 1, -2]), [[3, 9, 8, 70]]],
  ['sum over one axis', (x) => tf.sum(x, 1), [image]],
  ['sum of everything', (x) => tf.sum(x), [image]],
  ['sum of a vector', (x) => tf.sum(x, 0), [[7]]],
  ['reshape', (x) => tf.reshape(x, [-1, 6]), [image]],
  ['transpose', (x) => tf.transpose(x, [0, 3, 1, 2]), [image]],
  [
    'layer norm',
    (x) => {
      const { mean, variance } = tf.moments(x, -1, true);
      return tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-5)));
    },
    [image],
  ],
];

test.each(ops)('%s and its gradient', async (_, f, shapes) => {
  const before = tf.memory().numTensors;
  const received = run(f, shapes);
  expect(tf.memory().numTensors).toBe(before);
  await tf.setBackend('cpu');
  const expected = run(f, shapes);
  received.forEach(({ shape, values }, i) => {
    expect(shape).toEqual(expected[i]?.shape);
    values.forEach((value, j) => {
      const wanted = expected[i]?.values[j] as number;
      if (Math.abs(value - wanted) > 1e-5 * Math.max(1, Math.abs(wanted)))
        expect.fail(`output ${i}, element ${j}: received ${value}, expected ${wanted}`);
    });
  });
});

test('a clone shares memory and outlives what it was made of', () => {
  const first = tf.tensor1d([1, 2, 3]);
  const second = tf.clone(first);
  first.dispose();
  tf.tensor1d([7, 8, 9]).dispose();
  expect([...second.dataSync()]).toEqual([1, 2, 3]);
  const variable = tf.variable(second);
  variable.assign(tf.tensor1d([4, 5, 6]));
  expect([...second.dataSync()]).toEqual([1, 2, 3]);
  tf.dispose([second, variable]);
});
