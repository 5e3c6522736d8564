/** Room for a few batches in shared memory, used again and again. */
import { type Batch, countAt, type PipelineOptions, type Plan } from './pipeline.ts';

export interface Ring {
  /** [slots, batchSize, h, w, c] */
  readonly images: Float32Array;
  /** [slots, batchSize] */
  readonly labels: Int32Array;
}

type Sizes = Pick<PipelineOptions, 'batchSize' | 'shape'>;

const floatsOf = ({ batchSize, shape: [h, w, c] }: Sizes) => batchSize * h * w * c;

/** What so many slots take: 4 bytes for each value and each label. */
export const ringBytes = (sizes: Sizes, slots: number): number =>
  4 * slots * (floatsOf(sizes) + sizes.batchSize);

export function createRing(sizes: Sizes, slots: number): Ring {
  return {
    images: new Float32Array(new SharedArrayBuffer(4 * slots * floatsOf(sizes))),
    labels: new Int32Array(new SharedArrayBuffer(4 * slots * sizes.batchSize)),
  };
}

/** The memory of one slot, whole. */
export function slotOf({ images, labels }: Ring, sizes: Sizes, slot: number): Ring {
  const size = floatsOf(sizes);
  return {
    images: images.subarray(slot * size, (slot + 1) * size),
    labels: labels.subarray(slot * sizes.batchSize, (slot + 1) * sizes.batchSize),
  };
}

/** What lies in a slot, as batch `index` of an epoch. */
export function batchIn(ring: Ring, sizes: Sizes, plan: Plan, slot: number, index: number): Batch {
  const { images, labels } = slotOf(ring, sizes, slot);
  const count = countAt(plan, sizes.batchSize, index);
  const size = floatsOf(sizes) / sizes.batchSize;
  return {
    images: images.subarray(0, count * size),
    labels: labels.subarray(0, count),
    count,
    shape: sizes.shape,
  };
}
