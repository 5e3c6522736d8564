/** What a picture of each class counts, so that all classes weigh the same together. */
import type { PictureSet } from './dataset.ts';

/**
 * n / (k · n of the class), k the classes that occur: 1 on average over the pictures. A class that does not occur gets 0.
 * King & Zeng 2001; scikit-learn's class_weight='balanced'.
 */
export function balancedWeights(
  { labels, count }: Pick<PictureSet, 'labels' | 'count'>,
  classes: number,
): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (let i = 0; i < count; i++) {
    const label = labels[i] as number;
    counts[label] = (counts[label] ?? 0) + 1;
  }
  const occurring = counts.filter((n) => n > 0).length;
  return counts.map((n) => (n === 0 ? 0 : count / (occurring * n)));
}
