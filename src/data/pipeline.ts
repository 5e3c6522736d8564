/** From a set of pictures to batches that a network can be fed. */
import { AppError } from '../base/errors.ts';
import { permutation } from '../base/random.ts';
import type { ImageSet } from './dataset.ts';
import { perChannel } from './normalise.ts';
import { resizeInto, tapsFor } from './resize.ts';
import { chosenBySeed } from './split.ts';

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
  /** Of pictures in [0, 1]: one value, or one for each of the set's channels. */
  readonly mean: number | readonly number[];
  readonly std: number | readonly number[];
  readonly seed: number;
  readonly shuffle: boolean;
  /** Only so many pictures, chosen by the seed. */
  readonly limit?: number;
  /**
   * Resized pictures are kept where all of them fit in so many bytes (4 · count · h · w · channels of the set); the
   * numbers are the same either way. 0 where not given: the memory model of a recipe does not count them.
   */
  readonly cacheBytes?: number;
}

export interface Pipeline {
  readonly count: number;
  readonly stepsPerEpoch: number;
  /** A pure function of (seed, epoch, index). The last batch of an epoch may be shorter. */
  batchAt(epoch: number, index: number): Batch;
}

function check({ set, batchSize, shape, limit }: PipelineOptions): void {
  const [h, w, c] = shape;
  const { count, height, width, channels } = set;
  if (channels !== c && !(channels === 1 && c === 3))
    throw new AppError(
      'data/channels',
      `The pictures have ${channels} channels, the network's input has ${c}.`,
      { hint: `Give the input ${channels} channels${channels === 1 ? ', or 3' : ''}.` },
    );
  const whole: Record<string, number> = { 'batch size': batchSize, height: h, width: w, limit: limit ?? 1 };
  for (const [name, value] of Object.entries(whole))
    if (!Number.isInteger(value) || value < 1)
      throw new AppError('data/pipeline', `${name}: expected a whole number above 0, received ${value}.`);
  const bytes = count * height * width * channels;
  if (count < 1 || set.images.length < bytes || set.labels.length < count)
    throw new AppError(
      'data/pipeline',
      `Expected ${bytes} bytes of pictures and ${count} labels (at least one), received ${set.images.length} and ${set.labels.length}.`,
    );
}

/** Writes picture number `source` to `out`: [h, w, channels of the set], normalised. */
type Render = (out: Float32Array, source: number) => void;

function renderer({ set, shape, mean, std }: PipelineOptions): Render {
  const { height, width, channels } = set;
  const means = perChannel('mean', mean, channels);
  const stds = perChannel('std', std, channels);
  const size = height * width * channels;
  const normalised = (byte: number, channel: number) =>
    (byte / 255 - (means[channel] as number)) / (stds[channel] as number);
  if (height === shape[0] && width === shape[1]) {
    // 256 values a channel: looked up, bit for bit what the formula gives.
    const table = Float32Array.from({ length: 256 * channels }, (_, i) =>
      normalised(Math.floor(i / channels), i % channels),
    );
    return (out, source) => {
      const begin = source * size;
      for (let p = 0; p < size; p++)
        out[p] = table[(set.images[begin + p] as number) * channels + (p % channels)] as number;
    };
  }
  const rows = tapsFor(height, shape[0]);
  const columns = tapsFor(width, shape[1]);
  return (out, source) => {
    const picture = set.images.subarray(source * size, (source + 1) * size);
    resizeInto(out, 0, picture, [height, width, channels], rows, columns);
    for (let p = 0; p < out.length; p++) out[p] = normalised(out[p] as number, p % channels);
  };
}

/** The same with what was resized kept, all of it or nothing. */
function remembering(render: Render, count: number, size: number): Render {
  const kept = new Float32Array(count * size);
  const done = new Uint8Array(count);
  return (out, source) => {
    const place = kept.subarray(source * size, (source + 1) * size);
    if (!done[source]) {
      render(place, source);
      done[source] = 1;
    }
    out.set(place);
  };
}

/** @throws AppError for channels that do not fit, sizes that are none, a set that is cut short */
export function createPipeline(options: PipelineOptions): Pipeline {
  check(options);
  const { set, batchSize, shape, seed, shuffle } = options;
  const [h, w, c] = shape;
  const count = Math.min(options.limit ?? set.count, set.count);
  const chosen = count < set.count ? chosenBySeed(set.count, count, seed) : undefined;
  const size = h * w * set.channels;
  const repeat = c / set.channels;
  const exact = renderer(options);
  const sourceAt = (place: number) => (chosen ? (chosen[place] as number) : place);
  const byPlace: Render = (out, place) => exact(out, sourceAt(place));
  const resized = set.height !== h || set.width !== w;
  const fits = resized && 4 * count * size <= (options.cacheBytes ?? 0);
  const render = fits ? remembering(byPlace, count, size) : byPlace;
  let ordered: { epoch: number; order: Uint32Array } = { epoch: -1, order: new Uint32Array() };
  const orderOf = (epoch: number) => {
    if (ordered.epoch !== epoch) ordered = { epoch, order: permutation(count, seed, epoch, 'shuffle') };
    return ordered.order;
  };
  const stepsPerEpoch = Math.ceil(count / batchSize);
  return {
    count,
    stepsPerEpoch,
    batchAt(epoch, index) {
      if (!Number.isInteger(index) || index < 0 || index >= stepsPerEpoch)
        throw new RangeError(`Batch ${index} was asked for; an epoch has 0 to ${stepsPerEpoch - 1}.`);
      const begin = index * batchSize;
      const length = Math.min(batchSize, count - begin);
      const images = new Float32Array(length * h * w * c);
      const labels = new Int32Array(length);
      const plane = new Float32Array(size);
      const order = shuffle ? orderOf(epoch) : undefined;
      for (let i = 0; i < length; i++) {
        const place = order ? (order[begin + i] as number) : begin + i;
        labels[i] = set.labels[sourceAt(place)] as number;
        const at = i * h * w * c;
        if (repeat === 1) {
          render(images.subarray(at, at + size), place);
          continue;
        }
        render(plane, place);
        for (let p = 0; p < size; p++)
          for (let r = 0; r < repeat; r++) images[at + p * repeat + r] = plane[p] as number;
      }
      return { images, labels, count: length, shape };
    },
  };
}
