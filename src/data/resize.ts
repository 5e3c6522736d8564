/**
 * Bilinear resize of one channel-last picture with half-pixel centres; on reduction each output averages its whole
 * source area under a triangle (as Pillow's BILINEAR does), so that nothing is skipped.
 */
export interface Taps {
  readonly first: Int32Array;
  readonly weights: readonly Float64Array[];
}

export function tapsFor(from: number, to: number): Taps {
  const scale = from / to;
  const support = Math.max(scale, 1);
  const first = new Int32Array(to);
  const weights: Float64Array[] = [];
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * scale;
    const low = Math.max(0, Math.floor(centre - support + 0.5));
    const high = Math.min(from, Math.floor(centre + support + 0.5));
    const row = new Float64Array(high - low);
    let sum = 0;
    for (let k = low; k < high; k++) {
      const weight = Math.max(0, 1 - Math.abs((k + 0.5 - centre) / support));
      row[k - low] = weight;
      sum += weight;
    }
    for (let k = 0; k < row.length; k++) row[k] = (row[k] as number) / sum;
    first[i] = low;
    weights.push(row);
  }
  return { first, weights };
}

/** [h, w, c] bytes or floats → [th, tw, c] floats in the same range, written to `out` from `at`. */
export function resizeInto(
  out: Float32Array,
  at: number,
  image: Uint8Array | Float32Array,
  [h, w, c]: readonly [number, number, number],
  rows: Taps,
  columns: Taps,
): void {
  const [th, tw] = [rows.weights.length, columns.weights.length];
  const middle = new Float64Array(h * tw * c);
  for (let y = 0; y < h; y++)
    for (let x = 0; x < tw; x++) {
      const taps = columns.weights[x] as Float64Array;
      const start = columns.first[x] as number;
      for (let k = 0; k < c; k++) {
        let sum = 0;
        for (let i = 0; i < taps.length; i++)
          sum += (taps[i] as number) * (image[(y * w + start + i) * c + k] as number);
        middle[(y * tw + x) * c + k] = sum;
      }
    }
  for (let y = 0; y < th; y++) {
    const taps = rows.weights[y] as Float64Array;
    const start = rows.first[y] as number;
    for (let i = 0; i < tw * c; i++) {
      let sum = 0;
      for (let k = 0; k < taps.length; k++)
        sum += (taps[k] as number) * (middle[(start + k) * tw * c + i] as number);
      out[at + y * tw * c + i] = sum;
    }
  }
}
