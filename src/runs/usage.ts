export interface RunsUsage {
  /** Largest first, damaged ones too. */
  readonly runs: readonly { readonly run: string; readonly bytes: number }[];
  readonly bytes: number;
  /** Of removed ones, where they lie in '.trash'. */
  readonly trashBytes: number;
  /** What is free where they lie; null where the system does not say. */
  readonly freeBytes: number | null;
}
