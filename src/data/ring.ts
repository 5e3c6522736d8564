/** Room for a few batches in shared memory, used again and again. */
import { type Batch, countAt, type Mixed, type PipelineOptions, type Plan } from './pipeline.ts';

export interface Ring {
  /** [slots, batchSize, h, w, c] */
  readonly images: Float32Array;
  /** [slots, batchSize] */
  readonly labels: Int32Array;
  /** Each [slots, batchSize]; where batches are mixed. */
  readonly mixed?: Mixed;
}

type Sizes = Pick<PipelineOptions, 'batchSize' | 'shape' | 'mixup'>;

const floatsOf = ({ batchSize, shape: [h, w, c] }: Sizes) => batchSize * h * w * c;

/** What so many slots take: 4 bytes for each value and each label; mixed, for its partner's label and share too. */
export const ringBytes = (sizes: Sizes, slots: number): number =>
  4 * slots * (floatsOf(sizes) + sizes.batchSize * (sizes.mixup ? 3 : 1));

export function createRing(sizes: Sizes, slots: number): Ring {
  const eachPicture = () => new SharedArrayBuffer(4 * slots * sizes.batchSize);
  return {
    images: new Float32Array(new SharedArrayBuffer(4 * slots * floatsOf(sizes))),
    labels: new Int32Array(eachPicture()),
    ...(sizes.mixup && {
      mixed: { labels: new Int32Array(eachPicture()), shares: new Float32Array(eachPicture()) },
    }),
  };
}

/** The memory of one slot, whole. */
export function slotOf({ images, labels, mixed }: Ring, sizes: Sizes, slot: number): Ring {
  const size = floatsOf(sizes);
  const [begin, end] = [slot * sizes.batchSize, (slot + 1) * sizes.batchSize];
  return {
    images: images.subarray(slot * size, (slot + 1) * size),
    labels: labels.subarray(begin, end),
    ...(mixed && {
      mixed: { labels: mixed.labels.subarray(begin, end), shares: mixed.shares.subarray(begin, end) },
    }),
  };
}

/** What lies in a slot, as batch `index` of an epoch. */
export function batchIn(ring: Ring, sizes: Sizes, plan: Plan, slot: number, index: number): Batch {
  const { images, labels, mixed } = slotOf(ring, sizes, slot);
  const count = countAt(plan, sizes.batchSize, index);
  const size = floatsOf(sizes) / sizes.batchSize;
  return {
    images: images.subarray(0, count * size),
    labels: labels.subarray(0, count),
    ...(mixed && {
      mixed: { labels: mixed.labels.subarray(0, count), shares: mixed.shares.subarray(0, count) },
    }),
    count,
    shape: sizes.shape,
  };
}
