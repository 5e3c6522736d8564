import { AppError } from '../base/errors.ts';
import { permutation } from '../base/random.ts';
import type { ImageSet } from './dataset.ts';
import { resizeInto, tapsFor } from './resize.ts';

export interface Batch {
  /** [count, h, w, c], normalised. */
  readonly images: Float32Array;
  /** [count] */
  readonly labels: Int32Array;
  readonly count: number;
  readonly shape: readonly [number, number, number];
}

export interface PipelineOptions {
  readonly set: ImageSet;
  readonly batchSize: number;
  /** [h, w, c]; one channel is repeated where three are wanted. */
  readonly shape: readonly [number, number, number];
  /** Of pictures in [0, 1]. */
  readonly mean: number;
  readonly std: number;
  readonly seed: number;
  readonly shuffle: boolean;
  /** Only so many pictures, chosen by the seed. */
  readonly limit?: number;
}

export interface Pipeline {
  readonly count: number;
  readonly stepsPerEpoch: number;
  /** A pure function of (seed, epoch, index). The last batch of an epoch may be shorter. */
  batchAt(epoch: number, index: number): Batch;
}

export function createPipeline(options: PipelineOptions): Pipeline {
  const { set, batchSize, shape, mean, std, seed, shuffle } = options;
  const [h, w, c] = shape;
  if (set.channels !== c && set.channels !== 1)
    throw new AppError(
      'data/channels',
      `The pictures have ${set.channels} channels, the network's input has ${c}.`,
      { hint: `Give the input ${set.channels} channels.` },
    );
  const count = Math.min(options.limit ?? set.count, set.count);
  const chosen = count < set.count ? permutation(set.count, seed, 0, 'limit').subarray(0, count) : undefined;
  const rows = tapsFor(set.height, h);
  const columns = tapsFor(set.width, w);
  const size = set.height * set.width * set.channels;
  const same = set.height === h && set.width === w;
  let ordered: { epoch: number; order: Uint32Array } = { epoch: -1, order: new Uint32Array() };
  const orderOf = (epoch: number) => {
    if (ordered.epoch !== epoch) ordered = { epoch, order: permutation(count, seed, epoch, 'shuffle') };
    return ordered.order;
  };
  return {
    count,
    stepsPerEpoch: Math.ceil(count / batchSize),
    batchAt(epoch, index) {
      const begin = index * batchSize;
      const length = Math.min(batchSize, count - begin);
      const images = new Float32Array(length * h * w * c);
      const labels = new Int32Array(length);
      const plane = new Float32Array(h * w * set.channels);
      const order = shuffle ? orderOf(epoch) : undefined;
      for (let i = 0; i < length; i++) {
        const place = order ? (order[begin + i] as number) : begin + i;
        const source = chosen ? (chosen[place] as number) : place;
        labels[i] = set.labels[source] as number;
        const picture = set.images.subarray(source * size, (source + 1) * size);
        if (same) plane.set(picture);
        else resizeInto(plane, 0, picture, [set.height, set.width, set.channels], rows, columns);
        const at = i * h * w * c;
        const repeat = c / set.channels;
        for (let p = 0; p < plane.length; p++) {
          const value = ((plane[p] as number) / 255 - mean) / std;
          for (let r = 0; r < repeat; r++) images[at + p * repeat + r] = value;
        }
      }
      return { images, labels, count: length, shape };
    },
  };
}
