/** Two lists side by side, in their order, so that what fits together counts most: Needleman & Wunsch 1970. */

/** Longer lists would take too long; what is beyond stays alone. */
const MAX = 1500;

/** `score`: what a pair counts; 0: the two do not fit together. */
export function align<T>(
  before: readonly T[],
  after: readonly T[],
  score: (a: T, b: T) => number,
): (readonly [T, T])[] {
  const [a, b] = [before.slice(0, MAX), after.slice(0, MAX)];
  const width = b.length + 1;
  const best = new Float64Array((a.length + 1) * width);
  const at = (i: number, j: number) => best[i * width + j] as number;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) {
      const pair = score(a[i] as T, b[j] as T);
      const paired = pair > 0 ? pair + at(i + 1, j + 1) : 0;
      best[i * width + j] = Math.max(paired, at(i + 1, j), at(i, j + 1));
    }
  const pairs: (readonly [T, T])[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const pair = score(a[i] as T, b[j] as T);
    if (pair > 0 && at(i, j) === pair + at(i + 1, j + 1)) pairs.push([a[i++] as T, b[j++] as T]);
    else if (at(i, j) === at(i + 1, j)) i++;
    else j++;
  }
  return pairs;
}
