import type { ParamValue } from '../schema/params.ts';

/** Version of the .stemma format that this Stemma writes. */
export const FORMAT_VERSION = 2;

export interface DocNode {
  /** Never changes and never shows. */
  readonly id: string;
  /** An op's kind, a block's type, or 'custom/NAME'. */
  readonly type: string;
  /** What a person calls it; unique in its drawing; the head of its layers' paths. */
  readonly name: string;
  readonly params: Readonly<Record<string, ParamValue>>;
  readonly x: number;
  readonly y: number;
}

export interface PortRef {
  readonly node: string;
  readonly port: string;
}

/** A port of a node takes one wire, so a wire is known by where it ends. */
export interface Wire {
  readonly from: PortRef;
  readonly to: PortRef;
}

export interface Graph {
  readonly nodes: readonly DocNode[];
  readonly wires: readonly Wire[];
}

/** A parameter of an inner node that each use of the block may set. */
export interface Exposed {
  readonly name: string;
  readonly node: string;
  readonly param: string;
  /** Set for the first repetition only; later ones keep the inner node's own value (strides of a stage). */
  readonly firstOnly: boolean;
}

/** A drawing that is used as one node. Its inside begins at nodes of type 'block-input', ends at 'block-output'. */
export interface CustomBlock extends Graph {
  /** 'custom/NAME' */
  readonly type: string;
  readonly title: string;
  /** How many copies in a row, where a use does not say otherwise. */
  readonly repeat: number;
  readonly exposed: readonly Exposed[];
}

/** What a person writes beside the drawing; a frame stands behind the nodes that it goes round. In pixels. */
export interface Note {
  /** Differs from all nodes' ids too, so that both can be selected and moved together. */
  readonly id: string;
  readonly kind: 'comment' | 'frame';
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface StemmaDocument extends Graph {
  readonly format: 'stemma';
  readonly version: number;
  readonly title: string;
  readonly notes: readonly Note[];
  readonly blocks: readonly CustomBlock[];
  /** Read by the recipe's own schema. */
  readonly recipe: Readonly<Record<string, ParamValue>>;
}

export function emptyDocument(title = 'Untitled'): StemmaDocument {
  return {
    ...{ format: 'stemma', version: FORMAT_VERSION, title },
    ...{ nodes: [], wires: [], notes: [], blocks: [], recipe: {} },
  };
}
