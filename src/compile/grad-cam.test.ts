import { beforeAll, describe, expect, test } from 'vitest';
import { readDocument } from '../document/file.ts';
import { portableOps, startPortable } from '../engines/portable/backend.node.ts';
import { eachProduct } from '../engines/portable/naive.ts';
import { chainBatch, chainOf, chains } from '../engines/testing-chains.ts';
import { networkOf } from '../lower/index.ts';
import { layerAt, type Network } from '../network/network.ts';
import { isKnownType } from '../services/documents.node.ts';
import { tinyDocument } from '../services/tiny-document.ts';
import { templates } from '../templates/index.ts';
import { defaultOptions } from '../templates/template.ts';
import { initialise } from '../weights/initialise.ts';
import { featureMapOf } from './feature-map.ts';
import { forward } from './forward.ts';
import { look, overPicture } from './grad-cam.ts';
import { type Tensor, tf } from './tf.ts';

beforeAll(startPortable);

const picture = () => tf.tensor(chainBatch.images.slice(0, 9 * 8 * 4), [1, 9, 8, 4]);
const onDevice = (network: Network) =>
  new Map(
    [...initialise(network, 7)].map(([path, { data, shape }]) => [
      path,
      tf.tensor(data, [...shape]) as Tensor,
    ]),
  );
const options = { training: false, ops: portableOps, seed: 0, step: 0 };
const numbers = (tensor: Tensor | undefined) => [...(tensor as Tensor).dataSync()];

function feature(network: Network) {
  const found = featureMapOf(network);
  if ('why' in found) throw new Error(found.why);
  return found;
}

describe('which feature map', () => {
  const opOf = (network: Network) => {
    const layer = layerAt(network, feature(network).index);
    return [layer.op, ...layer.shape];
  };
  test('the last before pooling, flattening or a single point', () => {
    expect(opOf(chainOf(['conv2d', { filters: 6 }], ['activation']))).toEqual(['activation', 9, 8, 6]);
    expect(opOf(chainOf(...(chains['flatten and dense'] ?? [])))).toEqual(['conv2d', 9, 8, 4]);
    expect(opOf(networkOf(readDocument(tinyDocument(), 'tiny', isKnownType)))).toEqual(['conv2d', 6, 6, 4]);
  });
  test('every template has one', () => {
    for (const template of templates) {
      const network = networkOf(template.build({ ...defaultOptions, input: [64, 64, 3] }));
      expect(opOf(network).slice(1, 3), template.id).not.toEqual([1, 1]);
    }
  });
  test('where there is none, it says so', () => {
    expect(
      featureMapOf(chainOf(['flatten'], ['dense', { units: 5 }], ['reshape', { targetShape: [1, 1, 5] }])),
    ).toEqual({
      why: expect.stringContaining('no convolution'),
    });
    expect(featureMapOf(chainOf(['conv2d', { kernelSize: [9, 8], padding: 'valid' }]))).toEqual({
      why: expect.stringContaining('single point'),
    });
  });
});

test('before global average pooling and a dense layer it is CAM: weights × maps, without what speaks against it', () => {
  const network = chainOf(['conv2d', { filters: 6 }], ['activation']);
  const weights = onDevice(network);
  const [h, w, filters] = [9, 8, 6];
  const [kernel = [], bias = []] = ['kernel', 'bias'].map((name) => numbers(weights.get(`conv2d1/${name}`)));
  const maps = new Float64Array(h * w * filters);
  for (let i = 0; i < maps.length; i++) maps[i] = bias[i % filters] as number;
  eachProduct(
    { n: 1, h, w, c: 4, filters, k: [3, 3], strides: [1, 1], dilation: [1, 1], groups: 1, padding: 'same' },
    (x, f, y) => {
      maps[y] = (maps[y] as number) + (chainBatch.images[x] as number) * (kernel[f] as number);
    },
  );
  const dense = numbers(weights.get('head3/fc/kernel'));
  for (const wanted of [0, 1, 2]) {
    const cam = Array.from({ length: h * w }, (_, p) => {
      let sum = 0;
      for (let k = 0; k < filters; k++)
        sum += Math.max(0, maps[p * filters + k] as number) * (dense[k * 3 + wanted] as number);
      return Math.max(0, sum) / (h * w);
    });
    expect(Math.max(...cam)).toBeGreaterThan(0);
    const told = numbers(look(network, weights, picture(), { ops: portableOps, map: wanted }).map);
    for (const [p, value] of told.entries()) expect(value).toBeCloseTo(cam[p] as number, 6);
  }
});

/** The tail is not linear, goes past a batch norm, and a way leads around the map. */
const tails = {
  'a flatten and dense layers': chainOf(
    ['conv2d', { filters: 3 }],
    ['flatten'],
    ['dense', { units: 6 }],
    ['activation', { function: 'tanh' }],
    ['reshape', { targetShape: [1, 1, 6] }],
    ['batchNorm'],
  ),
  'a max pool to a point': chainOf(
    ['conv2d', { filters: 5 }],
    ['activation', { function: 'silu' }],
    ['maxPool', { poolSize: [9, 8], strides: [9, 8] }],
    ['activation', { function: 'sigmoid' }],
  ),
};

test.each(Object.entries(tails))('before %s, weights are what finite differences say', (_, network) => {
  const weights = onDevice(network);
  const { index, shape } = feature(network);
  const [h, w, channels] = shape;
  const x = picture();
  const { values } = forward(network, weights, x, options);
  const a = values[index] as Tensor;
  const score = (change: readonly number[]) => {
    const given = [...values.slice(0, index), tf.add(a, tf.tensor1d([...change]))];
    return numbers(forward(network, weights, x, { ...options, given }).logits)[1] as number;
  };
  const step = 1e-2;
  const importance = Array.from({ length: channels }, (_, k) => {
    const along = (sign: number) => Array.from({ length: channels }, (_, i) => (i === k ? sign * step : 0));
    return (score(along(1)) - score(along(-1))) / (2 * step * h * w);
  });
  const maps = numbers(a);
  const wanted = Array.from({ length: h * w }, (_, p) =>
    Math.max(
      0,
      importance.reduce((sum, weight, k) => sum + weight * (maps[p * channels + k] as number), 0),
    ),
  );
  const largest = Math.max(...wanted);
  expect(largest).toBeGreaterThan(0);
  const told = numbers(look(network, weights, x, { ops: portableOps, map: 1 }).map);
  for (const [p, value] of told.entries())
    expect(Math.abs(value - (wanted[p] as number)) / largest).toBeLessThan(0.01);
});

test('no class named: that of the answer; nothing asked for: no map; nothing is left behind', () => {
  const network = chainOf(['conv2d', { filters: 6 }], ['activation']);
  const weights = onDevice(network);
  const x = picture();
  const before = tf.memory().numTensors;
  const answered = look(network, weights, x, { ops: portableOps, map: 'answer' });
  const logits = numbers(answered.logits);
  const named = look(network, weights, x, { ops: portableOps, map: logits.indexOf(Math.max(...logits)) });
  expect(numbers(answered.map)).toEqual(numbers(named.map));
  const plain = look(network, weights, x, { ops: portableOps });
  expect(plain.map).toBeUndefined();
  expect(numbers(plain.logits)).toEqual(logits);
  tf.dispose([answered, named, plain] as never);
  expect(tf.memory().numTensors).toBe(before);
});

test('a map over the picture: bilinear from centre to centre, the largest is 1, zeros stay zeros', () => {
  const large = overPicture(tf.tensor2d([[0, 4]]), [1, 4]);
  expect(large.shape).toEqual([1, 4]);
  expect(numbers(large)).toEqual([0, 0.25, 0.75, 1]);
  expect(numbers(overPicture(tf.zeros([2, 2]), [3, 3]))).toEqual(Array(9).fill(0));
});
