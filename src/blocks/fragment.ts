import type { OpProblem, OpResult } from '../network/op.ts';
import type { OpKind } from '../network/ops/index.ts';
import type { Shape } from '../network/shape.ts';
import type { ParamValue } from '../schema/params.ts';

/** Where a tensor comes from inside a fragment: ≥ 0 a layer's index, < 0 input port −ref − 1. */
export type Ref = number;

/** The reference of a tensor that is not there: neither a layer nor a port. Only broken drawings hold it. */
export const NO_REF: Ref = -(2 ** 31);

/** A tensor while a block is composed. */
export interface Handle {
  readonly ref: Ref;
  /** Null where something before it failed beyond guessing. */
  readonly shape: Shape | null;
}

/** What stands where a tensor is missing; whoever uses it has reported why. */
export const nothing: Handle = { ref: NO_REF, shape: null };

export interface FragmentLayer {
  /** Path inside the fragment: '' for an op drawn as a node, 'conv1', '0/conv1'. */
  readonly name: string;
  readonly op: OpKind;
  readonly attrs: Readonly<Record<string, ParamValue>>;
  readonly inputs: readonly Ref[];
  readonly result: OpResult;
}

/** One thing a block is made of, as it would stand in a drawing of its inside. */
export interface Part {
  readonly name: string;
  readonly type: string;
  readonly params: Readonly<Record<string, ParamValue>>;
  readonly inputs: readonly Ref[];
  readonly output: Ref;
}

export interface FragmentProblem extends OpProblem {
  /** Inner path of the layer at fault; '' for the node itself. */
  readonly layer: string;
}

/** What a node of a drawing stands for: layers in order, with shapes and cost, not yet tied to other nodes. */
export interface Fragment {
  readonly layers: readonly FragmentLayer[];
  readonly parts: readonly Part[];
  readonly outputs: readonly Handle[];
  readonly problems: readonly FragmentProblem[];
  readonly params: number;
  readonly stats: number;
  readonly macs: number;
  readonly activationBytes: number;
}
