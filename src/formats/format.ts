import type { Network } from '../network/network.ts';
import type { Weights } from '../weights/tensors.ts';

export interface Verification {
  /** Largest difference to our own answers, relative to the largest of them. */
  readonly largestDifference: number;
  readonly samples: number;
  /** Share of samples with the same top class. */
  readonly agreement: number;
  /** Who read the file back. */
  readonly by: string;
}

export interface Samples {
  /** [count, h, w, c] */
  readonly images: Float32Array;
  readonly count: number;
  /** Our own answers, [count, classes]. */
  readonly logits: Float32Array;
}

/** What somebody must know to use a model elsewhere; stored in every export that has a place for it. */
export interface About {
  readonly title: string;
  /** Index of the largest output → its name; empty where the network was not trained. */
  readonly classes: readonly string[];
  /** [height, width, channels] */
  readonly inputShape: readonly number[];
  /** Pictures in [0, 1] go through (x − mean) / std; one value, or one for each channel. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /** How pictures are prepared, in words that stand in the export. */
  readonly pictures: string;
  readonly output: 'logits, before softmax';
}

export interface Format {
  readonly id: string;
  readonly title: string;
  /** Names of all files in the folder that it writes; absent where it writes one file. */
  readonly files?: readonly string[];
  /** Of the file, where it writes one: as 'safetensors'. */
  readonly extension?: string;
  /** Writes the file or folder at `path`, where nothing stands; tells what there is to know about using it. */
  write(path: string, network: Network, weights: Weights, about: About): Promise<readonly string[]>;
  /** Reads what was written from the disk and answers the samples with it. */
  answer(path: string, network: Network, samples: Samples): Promise<Float32Array>;
  readonly verifiedBy: string;
}

/** Largest difference that an export may have, relative to the largest absolute output. */
export const TOLERANCE = 1e-4;

export function compare(received: Float32Array, { logits, count }: Samples, by: string): Verification {
  let difference = received.length === logits.length ? 0 : Number.POSITIVE_INFINITY;
  let scale = 1e-12;
  for (const [i, value] of logits.entries()) {
    const apart = Math.abs((received[i] ?? Number.NaN) - value);
    difference = Number.isNaN(apart) ? Number.POSITIVE_INFINITY : Math.max(difference, apart);
    scale = Math.max(scale, Math.abs(value));
  }
  const classes = logits.length / count;
  const top = (all: Float32Array, i: number) => {
    const row = all.subarray(i * classes, (i + 1) * classes);
    return row.indexOf(Math.max(...row));
  };
  let same = 0;
  for (let i = 0; i < count; i++) if (top(received, i) === top(logits, i)) same++;
  return { largestDifference: difference / scale, samples: count, agreement: same / count, by };
}
