/** A few pictures that are asked again and again, so that one sees the answers change. */
import { permutation } from '../base/random.ts';

/**
 * Indices of `count` pictures at most, spread over the classes: the seed's first of each class, then its second, and
 * so on. Sorted by class.
 */
export function chooseSamples(labels: ArrayLike<number>, count: number, seed: number): Uint32Array {
  const rounds: number[][] = [];
  const seen = new Map<number, number>();
  for (const index of permutation(labels.length, seed, 0, 'samples')) {
    const label = labels[index] as number;
    const round = seen.get(label) ?? 0;
    seen.set(label, round + 1);
    rounds[round] ??= [];
    rounds[round].push(index);
  }
  const chosen = rounds.flat().slice(0, count);
  return Uint32Array.from(chosen.sort((a, b) => (labels[a] ?? 0) - (labels[b] ?? 0)));
}

/** Logits [count, classes] → probabilities, row by row. */
export function softmaxRows(logits: Float32Array, count: number): number[][] {
  const classes = logits.length / count;
  return Array.from({ length: count }, (_, i) => {
    const row = [...logits.subarray(i * classes, (i + 1) * classes)];
    const largest = Math.max(...row);
    const exps = row.map((v) => Math.exp(v - largest));
    const sum = exps.reduce((a, b) => a + b, 0);
    return exps.map((v) => v / sum);
  });
}
