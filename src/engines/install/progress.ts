/** What an installation tells while it goes on. */
export type InstallPhase = 'asking' | 'fetching' | 'verifying' | 'unpacking' | 'trying' | 'measuring';

export interface InstallProgress {
  readonly phase: InstallPhase;
  /** Bytes; tries where it tries and measures. */
  readonly done: number;
  /** Null: not known. */
  readonly total: number | null;
  readonly message: string;
}

export interface Watching {
  readonly signal?: AbortSignal;
  onProgress?(progress: InstallProgress): void;
}
