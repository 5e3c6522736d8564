/** Labelled pictures, and what is known of a set of them. */
import { invariant } from '../base/errors.ts';

/** The class of each picture, by its number; two bytes each where there are more than 256 classes. */
export type Labels = Uint8Array | Uint16Array;

export const MAX_CLASSES = 65_536;

interface Labelled {
  /** [count] */
  readonly labels: Labels;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Pictures as bytes, in memory. */
export interface ImageSet extends Labelled {
  /** [count, height, width, channels], row-major. */
  readonly images: Uint8Array;
  /** [count]: which of the pictures in `images` each is, where only some of them lie there. */
  readonly slots?: Int32Array;
}

/** How a picture of another form becomes one of `height` × `width`: cut at its edges, or whole, with black around it. */
export type Fit = 'crop' | 'pad';
export const fits: readonly Fit[] = ['crop', 'pad'];

/** Files below a folder, in memory that threads share. */
export interface FileTable {
  readonly root: string;
  /** UTF-8, one after another, with '/' between folders. */
  readonly names: Uint8Array;
  /** Where the name of each ends. */
  readonly ends: Uint32Array;
  /** Bytes that each had when it was looked at. */
  readonly sizes: Uint32Array;
}

/** Pictures as files, decoded to height × width when a batch wants them. */
export interface EncodedSet extends Labelled {
  readonly files: FileTable;
  /** [count]: places in the table. */
  readonly places: Uint32Array;
  readonly fit: Fit;
}

export type PictureSet = ImageSet | EncodedSet;

export const isEncoded = (set: PictureSet): set is EncodedSet => 'files' in set;

/** The set itself, where only bytes can be. */
export function asBytes(set: PictureSet): ImageSet {
  invariant(!isEncoded(set), 'pictures as bytes were expected, not as files');
  return set;
}

/** What is known before a picture is read; a page shows it. */
export interface DatasetFacts {
  readonly id: string;
  readonly title: string;
  readonly classes: readonly string[];
  /** [h, w, c]; where pictures differ in size, one that suits most. */
  readonly shape: readonly [number, number, number];
  readonly trainCount: number;
  readonly testCount: number;
  /** Of pictures that it sets apart for validation itself; 0: none. */
  readonly validationCount: number;
  readonly licence: string;
  readonly homepage: string;
  /** What to do where it is not here. */
  readonly hint: string;
}

/** By channel, of the training pictures in [0, 1]. */
export interface Spread {
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

export interface Parts {
  readonly train: PictureSet;
  readonly test: PictureSet;
  /** Where the set itself brings such. */
  readonly validation?: PictureSet;
}

export interface Dataset extends Parts, Spread, Pick<DatasetFacts, 'id' | 'title' | 'classes' | 'licence'> {
  /** Folder that it was read from. */
  readonly folder: string;
}

/** A set and where it can be had. */
export interface DatasetSource extends DatasetFacts, Spread {
  /**
   * The first folder that holds it; undefined where none does. Where a folder is named no other is looked at: NAMED/ID,
   * then NAMED itself.
   */
  locate(named?: string): string | undefined;
  /** For a sentence: where it was looked for. */
  places(): string;
  /** @throws AppError: damaged, altered, changed */
  read(folder: string): Promise<Parts>;
  /** On what the unpacked bytes depend, where it is worth keeping them; undefined where they lie unpacked. */
  cacheKey?(folder: string): string | undefined;
  /** How pictures of another form are brought to that of the input; absent: they have one size and are stretched. */
  readonly fit?: Fit;
  /** Changes with what it holds, where that can change. */
  readonly revision?: string;
  /** Absent: it cannot be fetched. */
  readonly download?: Download;
}

export interface Download {
  /** Where the files lie, for each name. */
  readonly url: string;
  readonly files: readonly DownloadFile[];
  /** What is to be done when all are here, as unpacking. */
  finish?(folder: string): Promise<void>;
}

export interface DownloadFile {
  readonly name: string;
  /** Of the file as it comes, or of what it unpacks to. */
  readonly sum: { readonly kind: 'md5' | 'unpacked-sha256'; readonly hex: string };
  /** Whether it is not needed any more, as what it holds lies there. */
  have?(folder: string): boolean;
}
