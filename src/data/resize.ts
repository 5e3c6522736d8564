/**
 * Bilinear resize of channel-last pictures with half-pixel centres; on reduction each output averages its whole source
 * area under a triangle (as Pillow's BILINEAR does), so that nothing is skipped.
 */

/** What one output is made of: `reach` neighbouring inputs from `first[o]`, with `weights[o · reach + k]`. */
interface Taps {
  readonly count: number;
  readonly reach: number;
  readonly first: Int32Array;
  readonly weights: Float64Array;
}

/** Every output gets as many taps as the widest; those beyond its own weigh nothing, so sums are the same. */
function tapsFor(from: number, to: number): Taps {
  const scale = from / to;
  const support = Math.max(scale, 1);
  const low = (o: number) => Math.max(0, Math.floor((o + 0.5) * scale - support + 0.5));
  const high = (o: number) => Math.min(from, Math.floor((o + 0.5) * scale + support + 0.5));
  let reach = 1;
  for (let o = 0; o < to; o++) reach = Math.max(reach, high(o) - low(o));
  const first = new Int32Array(to);
  const weights = new Float64Array(to * reach);
  for (let o = 0; o < to; o++) {
    const start = Math.min(low(o), from - reach);
    const row = weights.subarray(o * reach, (o + 1) * reach);
    for (let i = low(o); i < high(o); i++)
      row[i - start] = Math.max(0, 1 - Math.abs((i + 0.5 - (o + 0.5) * scale) / support));
    const sum = row.reduce((all, weight) => all + weight, 0);
    for (let k = 0; k < reach; k++) row[k] = (row[k] as number) / sum;
    first[o] = start;
  }
  return { count: to, reach, first, weights };
}

/** Resizes the picture that begins at `from` in `images`, and writes it to the beginning of `out`. */
export type Resize = (out: Float32Array, images: Uint8Array, from: number) => void;

/**
 * For bytes [h, w, c] to [th, tw, c] in the same range. Sums are in float64, first along rows, then along
 * columns, each output rounded once. Nothing is allocated when it is called, so one of them serves one thread.
 */
export function createResize(
  [h, w, c]: readonly [number, number, number],
  [th, tw]: readonly [number, number],
): Resize {
  const [columns, rows] = [tapsFor(w, tw), tapsFor(h, th)];
  const wide = tw * c;
  const middle = new Float64Array(h * wide);
  const alongRows = columns.reach === 2 ? rowsOfTwo : rowsOfMany;
  const alongColumns = rows.reach === 2 ? columnsOfTwo : columnsOfMany;
  return (out, images, from) => {
    for (let y = 0; y < h; y++) alongRows(middle, y * wide, images, from + y * w * c, columns, c);
    alongColumns(out, middle, wide, rows);
  };
}

type AlongRows = (
  middle: Float64Array,
  to: number,
  images: Uint8Array,
  from: number,
  taps: Taps,
  c: number,
) => void;
type AlongColumns = (out: Float32Array, middle: Float64Array, wide: number, taps: Taps) => void;

const rowsOfMany: AlongRows = (middle, to, images, from, { count, reach, first, weights }, c) => {
  for (let x = 0; x < count; x++)
    for (let k = 0; k < c; k++) {
      const start = from + (first[x] as number) * c + k;
      let sum = 0;
      for (let i = 0; i < reach; i++)
        sum += (weights[x * reach + i] as number) * (images[start + i * c] as number);
      middle[to + x * c + k] = sum;
    }
};

/** Enlarging, the common case, takes two taps: twice as fast without the inner loop. */
const rowsOfTwo: AlongRows = (middle, to, images, from, { count, first, weights }, c) => {
  for (let x = 0; x < count; x++) {
    const [a, b] = [weights[2 * x] as number, weights[2 * x + 1] as number];
    const start = from + (first[x] as number) * c;
    for (let k = 0; k < c; k++)
      middle[to + x * c + k] = a * (images[start + k] as number) + b * (images[start + c + k] as number);
  }
};

const columnsOfMany: AlongColumns = (out, middle, wide, { count, reach, first, weights }) => {
  for (let y = 0; y < count; y++) {
    const start = (first[y] as number) * wide;
    for (let i = 0; i < wide; i++) {
      let sum = 0;
      for (let k = 0; k < reach; k++)
        sum += (weights[y * reach + k] as number) * (middle[start + k * wide + i] as number);
      out[y * wide + i] = sum;
    }
  }
};

const columnsOfTwo: AlongColumns = (out, middle, wide, { count, first, weights }) => {
  for (let y = 0; y < count; y++) {
    const [a, b] = [weights[2 * y] as number, weights[2 * y + 1] as number];
    const start = (first[y] as number) * wide;
    for (let i = 0; i < wide; i++)
      out[y * wide + i] = a * (middle[start + i] as number) + b * (middle[start + wide + i] as number);
  }
};
