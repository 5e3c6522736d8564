/** From a set of pictures to batches that a network can be fed. */
import { AppError } from '../base/errors.ts';
import { permutation } from '../base/random.ts';
import { checkAugmentation } from './augment.ts';
import { perChannel } from './normalise.ts';
import { createRender, type RenderOptions } from './render.ts';
import { chosenBySeed } from './split.ts';

/** What the pictures of a batch were blended with. Zhang et al. 2017. */
export interface Mixed {
  /** [count] */
  readonly labels: Int32Array;
  /** [count]: of the picture itself, from 0 to 1; the rest is the other one's. */
  readonly shares: Float32Array;
}

export interface Batch {
  /** [count, h, w, c], normalised. */
  readonly images: Float32Array;
  /** [count] */
  readonly labels: Int32Array;
  /** Absent where each picture shows one thing. */
  readonly mixed?: Mixed;
  readonly count: number;
  readonly shape: readonly [number, number, number];
}

export interface PipelineOptions extends RenderOptions {
  readonly batchSize: number;
  readonly shuffle: boolean;
  /** Only so many pictures, chosen by the seed. */
  readonly limit?: number;
}

/** What is known before a picture is touched. */
export interface Plan {
  readonly count: number;
  readonly stepsPerEpoch: number;
}

export interface Pipeline extends Plan {
  /** A pure function of (seed, epoch, index). The last batch of an epoch may be shorter. */
  batchAt(epoch: number, index: number): Batch;
  /** The same, written to the beginning of [batchSize, h, w, c] and [batchSize]; allocates nothing but at a new epoch. */
  fill(epoch: number, index: number, images: Float32Array, labels: Int32Array): void;
}

/** @throws AppError for channels that do not fit, sizes that are none, a set that is cut short */
export function planOf({ set, batchSize, shape, mean, std, limit, augment }: PipelineOptions): Plan {
  const [h, w, c] = shape;
  const { height, width, channels } = set;
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
  const bytes = set.count * height * width * channels;
  if (set.count < 1 || set.images.length < bytes || set.labels.length < set.count)
    throw new AppError(
      'data/pipeline',
      `Expected ${bytes} bytes of pictures and ${set.count} labels (at least one), received ${set.images.length} and ${set.labels.length}.`,
    );
  perChannel('mean', mean, channels);
  perChannel('std', std, channels);
  if (augment) checkAugmentation(augment, shape);
  const count = Math.min(limit ?? set.count, set.count);
  return { count, stepsPerEpoch: Math.ceil(count / batchSize) };
}

/** How many pictures a batch has; the last of an epoch may have fewer. */
export const countAt = ({ count }: Plan, batchSize: number, index: number): number =>
  Math.min(batchSize, count - index * batchSize);

/** @throws AppError as `planOf` */
export function createPipeline(options: PipelineOptions): Pipeline {
  const plan = planOf(options);
  const { count, stepsPerEpoch } = plan;
  const { set, batchSize, shape, seed, shuffle } = options;
  const [h, w, c] = shape;
  const size = h * w * c;
  const chosen = count < set.count ? chosenBySeed(set.count, count, seed) : undefined;
  const render = createRender(options);
  let ordered: { epoch: number; order: Uint32Array } = { epoch: -1, order: new Uint32Array() };
  const orderOf = (epoch: number) => {
    if (ordered.epoch !== epoch) ordered = { epoch, order: permutation(count, seed, epoch, 'shuffle') };
    return ordered.order;
  };
  const check = (index: number) => {
    if (!Number.isInteger(index) || index < 0 || index >= stepsPerEpoch)
      throw new RangeError(`Batch ${index} was asked for; an epoch has 0 to ${stepsPerEpoch - 1}.`);
  };
  const fill: Pipeline['fill'] = (epoch, index, images, labels) => {
    check(index);
    const order = shuffle ? orderOf(epoch) : undefined;
    const begin = index * batchSize;
    const length = countAt(plan, batchSize, index);
    for (let i = 0; i < length; i++) {
      const place = order ? (order[begin + i] as number) : begin + i;
      const source = chosen ? (chosen[place] as number) : place;
      labels[i] = set.labels[source] as number;
      render(images.subarray(i * size, (i + 1) * size), source, epoch);
    }
  };
  return {
    count,
    stepsPerEpoch,
    fill,
    batchAt(epoch, index) {
      check(index);
      const length = countAt(plan, batchSize, index);
      const images = new Float32Array(length * size);
      const labels = new Int32Array(length);
      fill(epoch, index, images, labels);
      return { images, labels, count: length, shape };
    },
  };
}
