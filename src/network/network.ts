import type { ParamValue } from '../schema/params.ts';
import type { OpResult, WeightSpec } from './op.ts';
import type { OpKind } from './ops/index.ts';
import type { Shape } from './shape.ts';

/** One layer of a flat network. */
export interface Layer {
  /** Lasts while the drawing's node keeps its name: 'stage2/0/conv1'. Weights, telemetry, checkpoints hang on it. */
  readonly path: string;
  readonly op: OpKind;
  readonly attrs: Readonly<Record<string, ParamValue>>;
  /** Indices of layers before this one. */
  readonly inputs: readonly number[];
  readonly shape: Shape;
  readonly result: OpResult;
}

/** A flat network, layers in an order in which they can be run; every shape known. */
export interface Network {
  readonly layers: readonly Layer[];
  readonly input: number;
  readonly output: number;
  readonly params: number;
  readonly stats: number;
  readonly macs: number;
  /** For one image, in training. */
  readonly activationBytes: number;
}

export interface NamedWeight extends WeightSpec {
  /** 'stage2/0/conv1/kernel' */
  readonly path: string;
}

/** All weights in the order of the layers. */
export function weightsOf(network: Network): NamedWeight[] {
  return network.layers.flatMap((layer) =>
    layer.result.weights.map((weight) => ({ ...weight, path: `${layer.path}/${weight.name}` })),
  );
}

export function layerAt(network: Network, index: number): Layer {
  const layer = network.layers[index];
  if (!layer) throw new RangeError(`no layer ${index}`);
  return layer;
}
