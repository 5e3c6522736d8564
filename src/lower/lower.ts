/**
 * A drawing → shapes, costs and problems, a node at a time. Results are kept by node, so an edit recomputes what it
 * touched and what its shapes reach. Pure and total: a broken drawing gives problems, never an exception.
 */
import { Builder, ports } from '../blocks/builder.ts';
import type { Fragment } from '../blocks/fragment.ts';
import type { CustomBlock, DocNode, StemmaDocument, Wire } from '../document/model.ts';
import { type Shape, sameShape } from '../network/shape.ts';
import type { ParamValue } from '../schema/params.ts';
import { type ParamProblem, parseParams } from '../schema/parse.ts';
import { compose } from './compose.ts';
import { type Ports, portsOf, schemaOf } from './node-types.ts';
import { sortGraph } from './sort.ts';

export interface LoweredNode {
  readonly node: DocNode;
  /** One a port, in order; null: not connected, or nothing known of what comes. */
  readonly inputs: readonly (Shape | null)[];
  readonly sources: readonly (Wire | undefined)[];
  readonly fragment: Fragment;
  readonly paramProblems: readonly ParamProblem[];
  /** Part of a cycle, so nothing is known of it. */
  readonly inCycle: boolean;
}

export interface Lowered {
  readonly document: StemmaDocument;
  /** In topological order; those in a cycle at the end. */
  readonly nodes: ReadonlyMap<string, LoweredNode>;
  readonly cycle: readonly string[];
  readonly portNames: ReadonlyMap<string, Ports>;
}

interface Memo {
  readonly inputs: readonly (Shape | null)[];
  readonly blocks: readonly CustomBlock[];
  readonly fragment: Fragment;
  readonly paramProblems: readonly ParamProblem[];
}

const memo = new WeakMap<DocNode, Memo>();

/** What a node stands for, given the shapes that come in. */
export function expandNode(
  node: DocNode,
  inputs: readonly (Shape | null)[],
  blocks: readonly CustomBlock[],
): Omit<Memo, 'inputs'> {
  const known = memo.get(node);
  if (
    known &&
    (known.blocks === blocks || !node.type.startsWith('custom/')) &&
    known.inputs.length === inputs.length &&
    known.inputs.every((shape, i) => sameShape(shape, inputs[i]))
  )
    return known;
  const b = new Builder();
  const schema = schemaOf(node.type, blocks) ?? {};
  const { value, problems } = parseParams(schema, node.params);
  const outputs = compose(b, node.type, ports(inputs), value as Record<string, ParamValue>, blocks, '');
  const result: Memo = { inputs, blocks, fragment: b.finish(outputs), paramProblems: problems };
  memo.set(node, result);
  return result;
}

const empty: Fragment = {
  layers: [],
  parts: [],
  outputs: [],
  problems: [],
  params: 0,
  stats: 0,
  macs: 0,
  activationBytes: 0,
};

export function lower(document: StemmaDocument): Lowered {
  const { order, cycle, incoming } = sortGraph(document);
  const nodes = new Map<string, LoweredNode>();
  const portNames = new Map<string, Ports>();
  for (const node of order) {
    const names = portsOf(node, document.blocks);
    portNames.set(node.id, names);
    const wires = incoming.get(node.id);
    const sources = names.inputs.map((port) => wires?.get(port));
    const inputs = sources.map((wire) => {
      if (!wire) return null;
      const index = portNames.get(wire.from.node)?.outputs.indexOf(wire.from.port) ?? -1;
      return nodes.get(wire.from.node)?.fragment.outputs[index]?.shape ?? null;
    });
    const { fragment, paramProblems } = expandNode(node, inputs, document.blocks);
    nodes.set(node.id, { node, inputs, sources, fragment, paramProblems, inCycle: false });
  }
  for (const node of cycle) {
    const wires = incoming.get(node.id);
    const names = portsOf(node, document.blocks);
    portNames.set(node.id, names);
    const sources = names.inputs.map((port) => wires?.get(port));
    nodes.set(node.id, {
      node,
      inputs: sources.map(() => null),
      sources,
      fragment: empty,
      paramProblems: [],
      inCycle: true,
    });
  }
  return { document, nodes, cycle: cycle.map((n) => n.id), portNames };
}

/** The shape on a wire; null where nothing is known. */
export function shapeOnWire(lowered: Lowered, wire: Wire): Shape | null {
  const from = lowered.nodes.get(wire.from.node);
  if (!from) return null;
  const index = lowered.portNames.get(wire.from.node)?.outputs.indexOf(wire.from.port) ?? -1;
  return from.fragment.outputs[index]?.shape ?? null;
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
