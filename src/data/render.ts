/** From the bytes of one picture to the numbers that a network is fed. */
import { type Augmentation, augmentInto, changesNothing, cutOut, draw } from './augment.ts';
import type { ImageSet, PictureSet } from './dataset.ts';
import { perChannel } from './normalise.ts';
import { createResize } from './resize.ts';

export interface RenderOptions<T extends PictureSet = ImageSet> {
  readonly set: T;
  /** [h, w, c]; one channel is repeated where three are wanted. */
  readonly shape: readonly [number, number, number];
  /** Of pictures in [0, 1]: one value, or one for each of the set's channels. */
  readonly mean: number | readonly number[];
  readonly std: number | readonly number[];
  readonly seed: number;
  /** Of each picture anew at each epoch, at the network's size; none where not given. */
  readonly augment?: Augmentation;
}

/** Writes picture number `source` as epoch `epoch` shows it to `out`: [h, w, c]. */
export type Render = (out: Float32Array, source: number, epoch: number) => void;

/**
 * A value is (byte / 255 − mean) / std; where pictures are resized, `byte` is the resized value, rounded to float32
 * first. Nothing is allocated when it is called, so one of them serves one thread.
 */
export function createRender(options: RenderOptions): Render {
  const { set, shape, seed, augment } = options;
  const [h, w, c] = shape;
  const plain = set.height === h && set.width === w ? lookedUp(options) : resized(options);
  const own = [h, w, set.channels] as const;
  const size = h * w * set.channels;
  const changed = augment && !changesNothing(augment) ? changing(plain, augment, own, options, seed) : plain;
  if (c === set.channels) return changed;
  const grey = new Float32Array(size);
  return (out, source, epoch) => {
    changed(grey, source, epoch);
    for (let p = 0; p < size; p++) for (let k = 0; k < c; k++) out[p * c + k] = grey[p] as number;
  };
}

const sizeOf = ({ height, width, channels }: ImageSet) => height * width * channels;

/** Which of the pictures in memory one is. */
const slotsOf = ({ slots }: ImageSet) =>
  slots ? (source: number) => slots[source] as number : (source: number) => source;

function lookedUp(options: RenderOptions): Render {
  const { images, channels } = options.set;
  const size = sizeOf(options.set);
  const slotOf = slotsOf(options.set);
  // 256 values a channel: bit for bit what the formula gives.
  const table = tableOf(options);
  if (channels === 1)
    return (out, source) => {
      const begin = slotOf(source) * size;
      for (let p = 0; p < size; p++) out[p] = table[images[begin + p] as number] as number;
    };
  return (out, source) => {
    const begin = slotOf(source) * size;
    for (let p = 0; p < size; p += channels)
      for (let k = 0; k < channels; k++)
        out[p + k] = table[(images[begin + p + k] as number) * channels + k] as number;
  };
}

/** [256, channels of the set] */
function tableOf({ set, mean, std }: RenderOptions): Float32Array {
  const { channels } = set;
  const means = perChannel('mean', mean, channels);
  const stds = perChannel('std', std, channels);
  return Float32Array.from({ length: 256 * channels }, (_, i) => {
    const k = i % channels;
    return (Math.floor(i / channels) / 255 - (means[k] as number)) / (stds[k] as number);
  });
}

function resized({ set, shape, mean, std }: RenderOptions): Render {
  const { images, height, width, channels } = set;
  const [h, w] = shape;
  const means = perChannel('mean', mean, channels);
  const stds = perChannel('std', std, channels);
  const resize = createResize([height, width, channels], [h, w]);
  const slotOf = slotsOf(set);
  const size = h * w * channels;
  return (out, source) => {
    resize(out, images, slotOf(source) * sizeOf(set));
    for (let k = 0; k < channels; k++) {
      const [m, s] = [means[k] as number, stds[k] as number];
      for (let p = k; p < size; p += channels) out[p] = ((out[p] as number) / 255 - m) / s;
    }
  };
}

function changing(
  plain: Render,
  augment: Augmentation,
  shape: readonly [number, number, number],
  options: RenderOptions,
  seed: number,
): Render {
  const whole = new Float32Array(shape[0] * shape[1] * shape[2]);
  const black = tableOf(options).subarray(0, shape[2]);
  return (out, source, epoch) => {
    plain(whole, source, epoch);
    const drawn = draw(seed, epoch, source, augment);
    augmentInto(out, whole, shape, drawn, black);
    if (augment.cutout) cutOut(out, shape, augment.cutout, drawn, black);
  };
}
