/** One part of what was indexed. */
import type { EncodedSet, Fit } from '../dataset.ts';
import type { PictureIndex } from './index-file.node.ts';
import { parts } from './report.ts';

interface Sizes {
  readonly root: string;
  readonly fit: Fit;
  readonly shape: readonly [number, number, number];
}

/** The pictures of a part. */
export function partOfIndex(
  index: PictureIndex,
  part: (typeof parts)[number],
  { root, fit, shape }: Sizes,
): EncodedSet {
  const number = parts.indexOf(part);
  const places = Uint32Array.from([...index.parts.keys()].filter((i) => index.parts[i] === number));
  const labels = Uint16Array.from(places, (place) => index.labels[place] as number);
  const [height, width, channels] = shape;
  const { names, ends, sizes } = index;
  return {
    files: { root, names, ends, sizes },
    ...{ places, labels, count: places.length, height, width, channels, fit },
  };
}
