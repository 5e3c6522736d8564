/** Named tensors on the host: what a checkpoint, an export and an engine exchange. */

export interface HostTensor {
  readonly shape: readonly number[];
  /** Row-major, `product(shape)` long. */
  readonly data: Float32Array;
}

/** By path, as 'stage2/0/conv1/kernel'; in the order of the network's layers. */
export type Weights = ReadonlyMap<string, HostTensor>;
