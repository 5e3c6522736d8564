/** A wheel as it was published, and what is taken out of it. */
export interface Pin {
  readonly name: string;
  readonly version: string;
  /** Its file name, as the index has it. */
  readonly file: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** What a package client is told, whatever machine it runs on. */
  readonly platforms: readonly string[];
  readonly files: readonly PinnedFile[];
}

export interface PinnedFile {
  /** In the wheel, and below the folder into which it is unpacked. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}
