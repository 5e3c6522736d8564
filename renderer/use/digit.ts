/** A drawn digit as MNIST's were made: http://yann.lecun.com/exdb/mnist, LeCun et al. 1998, section III.A. */
import { createResize } from '../../src/data/resize.ts';

/** Bytes of one channel, bright on black. */
export interface Grey {
  readonly data: Uint8Array;
  readonly height: number;
  readonly width: number;
}

export const DIGIT_SIDE = 28;
const BOX = 20;

interface Box {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** What is not black; undefined where all is. */
export function boxOf({ data, height, width }: Grey): Box | undefined {
  let [top, left, bottom, right] = [height, width, -1, -1];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (!data[y * width + x]) continue;
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
      left = Math.min(left, x);
      right = Math.max(right, x);
    }
  return bottom < 0 ? undefined : { top, left, height: bottom - top + 1, width: right - left + 1 };
}

function cut({ data, width }: Grey, box: Box): Grey {
  const part = new Uint8Array(box.height * box.width);
  for (let y = 0; y < box.height; y++) {
    const begin = (box.top + y) * width + box.left;
    part.set(data.subarray(begin, begin + box.width), y * box.width);
  }
  return { data: part, height: box.height, width: box.width };
}

function resized({ data, height, width }: Grey, h: number, w: number): Grey {
  const out = new Float32Array(h * w);
  createResize([height, width, 1], [h, w])(out, data, 0);
  return { data: Uint8Array.from(out, Math.round), height: h, width: w };
}

/** Row and column of the centre of mass, in pixels from the first one's centre. */
export function centreOfMass({ data, width }: Grey): [number, number] {
  let [mass, rows, columns] = [0, 0, 0];
  for (const [i, value] of data.entries()) {
    mass += value;
    rows += value * Math.floor(i / width);
    columns += value * (i % width);
  }
  return mass === 0 ? [0, 0] : [rows / mass, columns / mass];
}

/**
 * Into a box of 20 × 20 with its form kept, smoothed by the way down, and with its centre of mass in the middle of
 * 28 × 28; undefined where nothing is drawn.
 */
export function fitDigit(drawn: Grey): Grey | undefined {
  const box = boxOf(drawn);
  if (!box) return undefined;
  const scale = BOX / Math.max(box.height, box.width);
  const [h, w] = [box.height, box.width].map((side) => Math.max(1, Math.round(side * scale))) as [
    number,
    number,
  ];
  const small = resized(cut(drawn, box), h, w);
  const [row, column] = centreOfMass(small);
  const middle = (DIGIT_SIDE - 1) / 2;
  const inside = (at: number, side: number) => Math.min(DIGIT_SIDE - side, Math.max(0, Math.round(at)));
  const [top, left] = [inside(middle - row, h), inside(middle - column, w)];
  const data = new Uint8Array(DIGIT_SIDE * DIGIT_SIDE);
  for (let y = 0; y < h; y++)
    data.set(small.data.subarray(y * w, (y + 1) * w), (top + y) * DIGIT_SIDE + left);
  return { data, height: DIGIT_SIDE, width: DIGIT_SIDE };
}
