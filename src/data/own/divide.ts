/** Which pictures train and which judge, where nobody has said so. */
import { permutation } from '../../base/random.ts';
import type { Part } from './report.ts';

const SHARE = 0.1;

/**
 * Of each class a tenth for the test and a tenth for validation (rounded; one at least where it has three), the rest to
 * train; chosen by the seed and the order of the pictures alone.
 */
export function divide(labels: ArrayLike<number>, seed: number): Part[] {
  const byClass = new Map<number, number[]>();
  for (const place of permutation(labels.length, seed, 0, 'own/divide')) {
    const label = labels[place] as number;
    const all = byClass.get(label);
    if (all) all.push(place);
    else byClass.set(label, [place]);
  }
  const parts = new Array<Part>(labels.length).fill('train');
  for (const all of byClass.values()) {
    const each = all.length < 3 ? 0 : Math.max(1, Math.round(SHARE * all.length));
    all.forEach((place, i) => {
      if (i < each) parts[place] = 'test';
      else if (i < 2 * each) parts[place] = 'validation';
    });
  }
  return parts;
}

/**
 * A size that suits most: that of all where all have it and it is no larger than usual; else a square as wide as the
 * middle one is narrow, in steps of 32.
 */
export function suitableSize(heights: Uint32Array, widths: Uint32Array): [number, number] {
  const [height = 1, width = 1] = [heights[0], widths[0]];
  const alike = heights.every((h) => h === height) && widths.every((w) => w === width);
  if (alike && Math.max(height, width) <= 224 && Math.min(height, width) >= 8) return [height, width];
  const narrow = heights.map((h, i) => Math.min(h, widths[i] as number)).sort();
  const middle = narrow[narrow.length >> 1] as number;
  const side = middle < 32 ? Math.max(8, middle) : Math.min(224, Math.floor(middle / 32) * 32);
  return [side, side];
}
