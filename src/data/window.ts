/** Pictures that are decoded when a batch wants them: as many as one batch has lie in memory, and no more. */
import { invariant } from '../base/errors.ts';
import { type EncodedSet, type ImageSet, isEncoded, type PictureSet } from './dataset.ts';
import type { BatchMaker } from './feed.ts';
import { createPipeline, type Pipeline, type PipelineOptions, planOf } from './pipeline.ts';

/** Writes the pictures of a set as bytes [indices, height, width, channels] to the beginning of `out`. */
export type Decode = (set: EncodedSet, indices: Uint32Array, out: Uint8Array) => Promise<void>;

/** A pipeline that may have to wait for its pictures. */
export interface Filler extends BatchMaker {
  fill(...given: Parameters<Pipeline['fill']>): Promise<void> | void;
}

/**
 * `createPipeline` for pictures of any kind. Files are decoded to the size that the network wants, so that nothing is
 * resized twice. One batch at a time may be asked for.
 * @throws AppError as `createPipeline`; a batch's promise is refused where a picture of it cannot be had
 */
export function createFiller(options: PipelineOptions<PictureSet>, decode: Decode): Filler {
  const { set, shape, batchSize } = options;
  if (!isEncoded(set)) return createPipeline({ ...options, set });
  planOf(options);
  const [height, width] = shape;
  const sized = { ...set, height, width };
  const slots = new Int32Array(set.count).fill(-1);
  const images = new Uint8Array(batchSize * height * width * set.channels);
  const { count, channels, labels } = set;
  const window: ImageSet = { images, slots, labels, count, height, width, channels };
  const pipeline = createPipeline({ ...options, set: window });
  const ready = async (epoch: number, index: number) => {
    const pictures = pipeline.picturesOf(epoch, index);
    await decode(sized, pictures, images);
    pictures.forEach((picture, slot) => {
      slots[picture] = slot;
    });
  };
  return {
    count: pipeline.count,
    stepsPerEpoch: pipeline.stepsPerEpoch,
    async fill(epoch, index, ...to) {
      await ready(epoch, index);
      pipeline.fill(epoch, index, ...to);
    },
    async batchAt(epoch, index) {
      await ready(epoch, index);
      return pipeline.batchAt(epoch, index);
    },
  };
}

/** A few pictures as bytes: files are decoded to [h, w], bytes are left in their size. */
export async function decoded(
  set: PictureSet,
  [height, width]: readonly [number, number],
  decode: Decode,
): Promise<ImageSet> {
  if (!isEncoded(set)) return set;
  invariant(set.count <= 4096, 'only a few pictures are decoded at once');
  const { count, channels, labels } = set;
  const images = new Uint8Array(count * height * width * channels);
  await decode(
    { ...set, height, width },
    Uint32Array.from({ length: count }, (_, i) => i),
    images,
  );
  return { images, labels, count, height, width, channels };
}
