/** Calls on the inside of a run's network: what its layers make of a picture, and their filters. */
import { z } from 'zod';
import type { Pictures } from './contract-values.ts';

const text = (max: number) => z.string().max(max);
const run = text(200).min(1);
const path = text(1000).min(1);

export const inspectCalls = {
  /** Maps of a layer, by its path, for one of the run's sample pictures; by the weights that were stored last. */
  'inspect.maps': z.strictObject({ run, path, picture: z.int().min(0).max(1000) }),
  /** Filters of a convolution, by its path. */
  'inspect.filters': z.strictObject({ run, path }),
} as const;

/** Each picture from its smallest value to its largest; at most 64 of `total`. */
export interface LayerPictures extends Pictures {
  readonly path: string;
  readonly total: number;
  /** Steps trained when the weights were stored; null: not told. */
  readonly step: number | null;
}

export interface LayerMaps extends LayerPictures {
  /** The sample picture itself, as the network saw it. */
  readonly picture: Pictures;
}

export interface LayerFilters extends LayerPictures {
  /** A pixel is the length of all its channels together: there are others than one or three. */
  readonly lengths: boolean;
}

export interface InspectAnswers {
  'inspect.maps': LayerMaps;
  'inspect.filters': LayerFilters;
}
