/** Labelled pictures, as bytes. */
export interface ImageSet {
  /** [count, height, width, channels], row-major. */
  readonly images: Uint8Array;
  /** [count] */
  readonly labels: Uint8Array;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

export interface Dataset {
  readonly id: string;
  readonly title: string;
  readonly classes: readonly string[];
  readonly train: ImageSet;
  readonly test: ImageSet;
  /** Mean and standard deviation of the training pictures, in [0, 1]. */
  readonly mean: number;
  readonly std: number;
  readonly licence: string;
  /** Folder that it was read from. */
  readonly folder: string;
}

export interface DatasetSource {
  readonly id: string;
  readonly title: string;
  readonly classes: readonly string[];
  /** [h, w, c] */
  readonly shape: readonly [number, number, number];
  readonly trainCount: number;
  readonly testCount: number;
  readonly mean: number;
  readonly std: number;
  readonly licence: string;
  readonly homepage: string;
  /** sha256 of the four IDX files, unpacked. */
  readonly sha256: Readonly<Record<IdxName, string>>;
  /** Folders to look in, in order. */
  folders(): readonly string[];
  /** Where NAME.gz can be fetched; absent: it comes with the installation. */
  readonly url?: string;
  /** What to do where none holds the files. */
  readonly hint: string;
}

export const idxNames = [
  'train-images-idx3-ubyte',
  'train-labels-idx1-ubyte',
  't10k-images-idx3-ubyte',
  't10k-labels-idx1-ubyte',
] as const;
export type IdxName = (typeof idxNames)[number];
