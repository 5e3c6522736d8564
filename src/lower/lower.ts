/**
 * A drawing → shapes, costs and problems, a node at a time. Results are kept by a node's parameters and what comes in,
 * so an edit recomputes what it touched and what its shapes reach. Pure and total: a broken drawing gives problems, never an exception.
 */
import { Builder, ports } from '../blocks/builder.ts';
import type { Fragment } from '../blocks/fragment.ts';
import { findBlock } from '../blocks/index.ts';
import type { CustomBlock, DocNode, PortRef, StemmaDocument, Wire } from '../document/model.ts';
import { isOpKind } from '../network/ops/index.ts';
import { type Shape, sameShape } from '../network/shape.ts';
import { type ParamProblem, parseParams } from '../schema/parse.ts';
import { compose } from './compose.ts';
import { type Ports, schemaOf } from './node-types.ts';
import { sortGraph } from './sort.ts';

export interface LoweredNode {
  readonly node: DocNode;
  readonly ports: Ports;
  /** One a port, in order; null: not connected, or nothing known of what comes. */
  readonly inputs: readonly (Shape | null)[];
  readonly sources: readonly (Wire | undefined)[];
  readonly fragment: Fragment;
  readonly paramProblems: readonly ParamProblem[];
  /** Waits for its own output, so nothing is known of its shape; nodes behind a cycle are not in it. */
  readonly inCycle: boolean;
}

export interface Lowered {
  readonly document: StemmaDocument;
  /** In topological order; those in or behind a cycle at the end. */
  readonly nodes: ReadonlyMap<string, LoweredNode>;
  /** Ids of nodes that wait for each other, a list a cycle. */
  readonly cycles: readonly (readonly string[])[];
  /** Wires of which an end does not exist. */
  readonly stray: readonly Wire[];
  readonly portNames: ReadonlyMap<string, Ports>;
}

interface Memo {
  readonly type: string;
  readonly inputs: readonly (Shape | null)[];
  readonly blocks: readonly CustomBlock[];
  readonly fragment: Fragment;
  readonly paramProblems: readonly ParamProblem[];
}

/** By the parameters' object, which `move` and `rename` keep; a few each, since nodes may share one. */
const memo = new WeakMap<object, Memo[]>();
const KEPT = 4;

function expansionOf(
  type: string,
  params: DocNode['params'],
  inputs: readonly (Shape | null)[],
  blocks: readonly CustomBlock[],
): Pick<Memo, 'fragment' | 'paramProblems'> {
  const b = new Builder();
  const { value, problems } = parseParams(schemaOf(type, blocks) ?? {}, params);
  const outputs = compose(b, type, ports(inputs), value, blocks, '');
  return { fragment: b.finish(outputs), paramProblems: problems };
}

/** What a node stands for, given the shapes that come in. */
function expandNode(
  { type, params }: DocNode,
  inputs: readonly (Shape | null)[],
  blocks: readonly CustomBlock[],
): Memo {
  let entries = memo.get(params);
  const known = entries?.find(
    (m) =>
      m.type === type &&
      // Only a type that is no op and no shipped block depends on the document's own.
      (m.blocks === blocks || isOpKind(type) || findBlock(type)) &&
      m.inputs.length === inputs.length &&
      m.inputs.every((shape, i) => sameShape(shape, inputs[i])),
  );
  if (known) return known;
  const result: Memo = { type, inputs, blocks, ...expansionOf(type, params, inputs, blocks) };
  if (!entries) {
    entries = [];
    memo.set(params, entries);
  }
  entries.unshift(result);
  if (entries.length > KEPT) entries.pop();
  return result;
}

const equal = <T>(a: readonly T[], b: readonly T[], same: (x: T, y: T) => boolean) =>
  a.length === b.length && a.every((x, i) => same(x, b[i] as T));

/**
 * The live properties of a drawing. Given what the drawing was `previous`ly, nodes of which nothing changed are the
 * same objects as before, so that a canvas draws only what did.
 */
export function lower(document: StemmaDocument, previous?: Lowered): Lowered {
  const { blocks } = document;
  const { order, cycles, incoming, stray, ports: portNames } = sortGraph(document, blocks);
  const circular = new Set(cycles.flat());
  const nodes = new Map<string, LoweredNode>();
  for (const node of order) {
    const names = portNames.get(node.id) as Ports;
    const inCycle = circular.has(node.id);
    const wires = incoming.get(node.id);
    const sources = names.inputs.map((port) => wires?.get(port));
    const inputs = sources.map((wire) => {
      if (!wire || inCycle) return null;
      const from = nodes.get(wire.from.node);
      return from?.fragment.outputs[from.ports.outputs.indexOf(wire.from.port)]?.shape ?? null;
    });
    const { fragment, paramProblems } = expandNode(node, inputs, blocks);
    const old = previous?.nodes.get(node.id);
    const unchanged =
      old &&
      old.node === node &&
      old.ports === names &&
      old.fragment === fragment &&
      old.inCycle === inCycle &&
      equal(old.sources, sources, (a, b) => a === b) &&
      equal(old.inputs, inputs, sameShape);
    nodes.set(
      node.id,
      unchanged ? old : { node, ports: names, inputs, sources, fragment, paramProblems, inCycle },
    );
  }
  return { document, nodes, cycles, stray, portNames };
}

/** The shape at an output port; null where nothing is known, or it does not exist. */
export function shapeAt(lowered: Lowered, { node, port }: PortRef): Shape | null {
  const from = lowered.nodes.get(node);
  return from?.fragment.outputs[from.ports.outputs.indexOf(port)]?.shape ?? null;
}

/** The shape on a wire; null where nothing is known. */
export const shapeOnWire = (lowered: Lowered, wire: Wire): Shape | null => shapeAt(lowered, wire.from);

/** A node as it would be with another wire, or none, at one of its inputs; a question, of which nothing is kept. */
export function withInput(
  { node, ports, inputs, sources }: LoweredNode,
  blocks: readonly CustomBlock[],
  index: number,
  wire: Wire | undefined,
  shape: Shape | null,
): LoweredNode {
  const changed = inputs.with(index, shape);
  return {
    ...{ node, ports, inputs: changed, sources: sources.with(index, wire), inCycle: false },
    ...expansionOf(node.type, node.params, changed, blocks),
  };
}

/** Ids of the nodes from which a wire leads to an output node. */
export function reachesOutput(lowered: Lowered): Set<string> {
  const needed = new Set<string>();
  const queue = [...lowered.nodes.values()].filter((n) => n.node.type === 'output').map((n) => n.node.id);
  while (queue.length > 0) {
    const id = queue.pop() as string;
    if (needed.has(id)) continue;
    needed.add(id);
    for (const wire of lowered.nodes.get(id)?.sources ?? []) if (wire) queue.push(wire.from.node);
  }
  return needed;
}

/** Inner path behind a node's name. */
export function joinPath(node: string, inner: string): string {
  return inner ? `${node}/${inner}` : node;
}
