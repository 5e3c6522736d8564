/** What was found when a person's own pictures were looked at. Plain data: a registration keeps it, a page shows it. */

/** A file or a folder that is left out, and why. */
export interface LeftOut {
  readonly name: string;
  readonly why: string;
}

/** So many are kept by name; more are counted. */
export const MAX_NAMED = 1000;

export class LeftOutList {
  readonly named: LeftOut[] = [];
  count = 0;

  add(name: string, why: string): void {
    this.count++;
    if (this.named.length < MAX_NAMED) this.named.push({ name, why });
  }

  /** In the order of names, whoever was looked at first. */
  sorted(): LeftOut[] {
    return [...this.named].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  }
}

/** Parts of a set, as numbers in an index. */
export const parts = ['train', 'validation', 'test'] as const;
export type Part = (typeof parts)[number];

/** A file that should be a picture. */
export interface Listed {
  /** Below the root, with '/' between folders. */
  readonly name: string;
  readonly className: string;
  /** Undefined: a seed decides. */
  readonly part: Part | undefined;
}

export interface Listing {
  readonly root: string;
  readonly files: readonly Listed[];
  /** Classes that were named though no file may be of them, as empty folders. */
  readonly classes: readonly string[];
  /** Folders and lines that could not be used. */
  readonly leftOut: LeftOutList;
  /** Sentences on what was passed over, as files that are no pictures. */
  readonly notes: readonly string[];
}

export type Phase = 'listing' | 'reading' | 'measuring';

export interface AddProgress {
  readonly phase: Phase;
  readonly done: number;
  /** 0: not known yet. */
  readonly total: number;
  /** Broken ones so far. */
  readonly broken: number;
}

export interface Watch {
  readonly signal?: AbortSignal;
  onProgress?(progress: AddProgress): void;
}
