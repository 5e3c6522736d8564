/** From a set of pictures to batches that a network can be fed. */
import { AppError, invariant } from '../base/errors.ts';
import { permutation } from '../base/random.ts';
import { checkAugmentation } from './augment.ts';
import { type ImageSet, isEncoded, type PictureSet } from './dataset.ts';
import { checkMixup, mixInto, mixOf } from './mixup.ts';
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

export interface PipelineOptions<T extends PictureSet = ImageSet> extends RenderOptions<T> {
  readonly batchSize: number;
  readonly shuffle: boolean;
  /** Only so many pictures, chosen by the seed. */
  readonly limit?: number;
  /** Alpha of mixup: each batch is blended with itself. 0 or absent: it is not. */
  readonly mixup?: number;
}

/** What is known before a picture is touched. */
export interface Plan {
  readonly count: number;
  readonly stepsPerEpoch: number;
}

export interface Pipeline extends Plan {
  /** Which pictures of the set a batch is made of, in its order. */
  picturesOf(epoch: number, index: number): Uint32Array;
  /** A pure function of (seed, epoch, index). The last batch of an epoch may be shorter. */
  batchAt(epoch: number, index: number): Batch;
  /**
   * The same, written to the beginning of [batchSize, h, w, c] and [batchSize]; allocates nothing of the size of a
   * picture. Where batches are mixed, `mixed` is needed.
   */
  fill(epoch: number, index: number, images: Float32Array, labels: Int32Array, mixed?: Mixed): void;
}

/** @throws AppError for channels that do not fit, sizes that are none, a set that is cut short */
export function planOf(options: PipelineOptions<PictureSet>): Plan {
  const { set, batchSize, shape, mean, std, limit, augment, mixup } = options;
  const [h, w, c] = shape;
  const { channels } = set;
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
  checkSizes(set);
  perChannel('mean', mean, channels);
  perChannel('std', std, channels);
  if (augment) checkAugmentation(augment, shape);
  checkMixup(mixup ?? 0);
  const count = Math.min(limit ?? set.count, set.count);
  return { count, stepsPerEpoch: Math.ceil(count / batchSize) };
}

function checkSizes(set: PictureSet): void {
  const { count, height, width, channels, labels } = set;
  const [expected, received, what] = isEncoded(set)
    ? [count, set.places.length, 'files']
    : set.slots
      ? [count, set.slots.length, 'slots']
      : [count * height * width * channels, set.images.length, 'bytes of pictures'];
  if (count < 1 || received < expected || labels.length < count)
    throw new AppError(
      'data/pipeline',
      `Expected ${expected} ${what} and ${count} labels (at least one), received ${received} and ${labels.length}.`,
    );
}

/** How many pictures a batch has; the last of an epoch may have fewer. */
export const countAt = ({ count }: Plan, batchSize: number, index: number): number =>
  Math.min(batchSize, count - index * batchSize);

/** @throws AppError as `planOf` */
export function createPipeline(options: PipelineOptions): Pipeline {
  const plan = planOf(options);
  const { count, stepsPerEpoch } = plan;
  const { set, batchSize, shape, seed, shuffle, mixup = 0 } = options;
  const [h, w, c] = shape;
  const size = h * w * c;
  const chosen = count < set.count ? chosenBySeed(set.count, count, seed) : undefined;
  const render = createRender(options);
  const kept = new Float32Array(mixup > 0 ? size : 0);
  let ordered: { epoch: number; order: Uint32Array } = { epoch: -1, order: new Uint32Array() };
  const orderOf = (epoch: number) => {
    if (ordered.epoch !== epoch) ordered = { epoch, order: permutation(count, seed, epoch, 'shuffle') };
    return ordered.order;
  };
  const check = (index: number) => {
    if (!Number.isInteger(index) || index < 0 || index >= stepsPerEpoch)
      throw new RangeError(`Batch ${index} was asked for; an epoch has 0 to ${stepsPerEpoch - 1}.`);
  };
  const picturesOf: Pipeline['picturesOf'] = (epoch, index) => {
    check(index);
    const order = shuffle ? orderOf(epoch) : undefined;
    const begin = index * batchSize;
    const length = countAt(plan, batchSize, index);
    return Uint32Array.from({ length }, (_, i) => {
      const place = order ? (order[begin + i] as number) : begin + i;
      return chosen ? (chosen[place] as number) : place;
    });
  };
  const fill: Pipeline['fill'] = (epoch, index, images, labels, mixed) => {
    const pictures = picturesOf(epoch, index);
    pictures.forEach((source, i) => {
      labels[i] = set.labels[source] as number;
      render(images.subarray(i * size, (i + 1) * size), source, epoch);
    });
    if (mixup === 0) return;
    invariant(mixed, 'a batch that is mixed has room for its partners');
    mixInto(images, labels, mixed, mixOf(mixup, seed, epoch * stepsPerEpoch + index, pictures.length), kept);
  };
  return {
    count,
    stepsPerEpoch,
    picturesOf,
    fill,
    batchAt(epoch, index) {
      check(index);
      const length = countAt(plan, batchSize, index);
      const images = new Float32Array(length * size);
      const labels = new Int32Array(length);
      const mixed =
        mixup > 0 ? { labels: new Int32Array(length), shares: new Float32Array(length) } : undefined;
      fill(epoch, index, images, labels, mixed);
      return { images, labels, ...(mixed && { mixed }), count: length, shape };
    },
  };
}
