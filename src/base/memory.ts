/** Memory of a machine, as far as a program may have it. */
export interface MachineMemory {
  readonly totalBytes: number;
  /** What programs can have now without anything being swapped out. */
  readonly availableBytes: number;
}
