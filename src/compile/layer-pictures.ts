/** What a layer makes of a picture, and what its filters look for, as pictures of bytes. */

export interface Panels {
  /** [count, height, width, channels], each picture from its smallest value (0) to its largest (255). */
  readonly bytes: Uint8Array;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** How many there are in all. */
  readonly total: number;
}

/** So many pictures at most. */
export const MOST_PANELS = 64;

/** Values from their smallest to their largest as bytes; all equal: the middle. */
function spread(values: Float32Array, out: Uint8Array): void {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const scale = high > low ? 255 / (high - low) : 0;
  values.forEach((value, i) => {
    out[i] = scale === 0 ? (value === 0 ? 0 : 128) : Math.round((value - low) * scale);
  });
}

/** Maps of a layer for one picture. @param values [h, w, channels]; of a vector [channels] h and w are 1 */
export function mapsOf(values: Float32Array, [h, w, total]: readonly [number, number, number]): Panels {
  const count = Math.min(total, MOST_PANELS);
  const size = h * w;
  const bytes = new Uint8Array(count * size);
  if (size === 1) {
    // A single value has no spread of its own: channels are compared with each other.
    spread(values.slice(0, count), bytes);
    return { bytes, count, height: h, width: w, channels: 1, total };
  }
  const one = new Float32Array(size);
  for (let channel = 0; channel < count; channel++) {
    for (let i = 0; i < size; i++) one[i] = values[i * total + channel] as number;
    spread(one, bytes.subarray(channel * size, (channel + 1) * size));
  }
  return { bytes, count, height: h, width: w, channels: 1, total };
}

/**
 * Filters of a convolution. Those of one or three channels are shown as they are; of others each pixel is the length
 * of all its channels together.
 * @param values [height, width, depth, total]
 */
export function filtersOf(
  values: Float32Array,
  [height, width, depth, total]: readonly [number, number, number, number],
): Panels & { readonly lengths: boolean } {
  const lengths = depth !== 1 && depth !== 3;
  const channels = lengths ? 1 : depth;
  const count = Math.min(total, MOST_PANELS);
  const size = height * width * channels;
  const bytes = new Uint8Array(count * size);
  const one = new Float32Array(size);
  for (let filter = 0; filter < count; filter++) {
    for (let pixel = 0; pixel < height * width; pixel++) {
      const at = (c: number) => values[(pixel * depth + c) * total + filter] as number;
      if (lengths) one[pixel] = Math.hypot(...Array.from({ length: depth }, (_, c) => at(c)));
      else for (let c = 0; c < depth; c++) one[pixel * depth + c] = at(c);
    }
    spread(one, bytes.subarray(filter * size, (filter + 1) * size));
  }
  return { bytes, count, height, width, channels, total, lengths };
}
