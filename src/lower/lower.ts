/**
 * A drawing → shapes, costs and problems, a node at a time. Results are kept by node, so an edit recomputes what it
 * touched and what its shapes reach. Pure and total: a broken drawing gives problems, never an exception.
 */
import type { Builder } from '../blocks/builder.ts';
import { Builder as FragmentBuilder, ports } from '../blocks/builder.ts';
import type { Fragment } from '../blocks/fragment.ts';
import { findBlock } from '../blocks/index.ts';
import type { CustomBlock, DocNode, Graph, StemmaDocument, Wire } from '../document/model.ts';
import { isOpKind, opOf } from '../network/ops/index.ts';
import { letterOf } from '../network/ops/joining.ts';
import { type Shape, sameShape } from '../network/shape.ts';
import type { ParamSchema, ParamValue } from '../schema/params.ts';
import { int } from '../schema/params.ts';
import { type ParamProblem, parseParams } from '../schema/parse.ts';
import { expandCustom } from './custom.ts';

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

export interface Ports {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** How many inputs a joining node may have. */
const inputsParam = int({ min: 2, max: 64, default: 2, help: 'How many tensors it joins.' });
const manySchemas = new WeakMap<object, ParamSchema>();

/** The parameters that a node of this type takes, as a drawing stores them; undefined for unknown types. */
export function schemaOf(type: string, blocks: readonly CustomBlock[]): ParamSchema | undefined {
  if (isOpKind(type)) {
    const def = opOf(type);
    if (def.arity !== 'many') return def.params;
    let schema = manySchemas.get(def);
    if (!schema) {
      schema = { inputs: inputsParam, ...def.params };
      manySchemas.set(def, schema);
    }
    return schema;
  }
  const block = findBlock(type);
  if (block) return block.params;
  const custom = blocks.find((b) => b.type === type);
  return custom && customSchema(custom, blocks);
}

const customSchemas = new WeakMap<CustomBlock, ParamSchema>();

/** A custom block's exposed parameters keep the kind of what they set; defaults are the inner node's own values. */
export function customSchema(block: CustomBlock, blocks: readonly CustomBlock[]): ParamSchema {
  const known = customSchemas.get(block);
  if (known) return known;
  const schema: Record<string, ParamSchema[string]> = {
    repeat: int({ min: 1, max: 1000, default: block.repeat, help: 'How many copies in a row.' }),
  };
  for (const { name, node, param } of block.exposed) {
    const inner = block.nodes.find((n) => n.id === node);
    const kind = inner && schemaOf(inner.type, blocks)?.[param];
    if (!inner || !kind) continue;
    const given = kind.parse(inner.params[param] ?? kind.default);
    schema[name] = given.ok ? { ...kind, default: given.value } : kind;
  }
  customSchemas.set(block, schema);
  return schema;
}

/** Input and output ports of a node, by name. */
export function portsOf(node: DocNode, blocks: readonly CustomBlock[]): Ports {
  if (isOpKind(node.type)) {
    const { arity } = opOf(node.type);
    const outputs = node.type === 'output' ? [] : ['out'];
    if (arity === 0) return { inputs: [], outputs };
    if (arity === 1) return { inputs: ['in'], outputs };
    const count = inputsParam.parse(node.params.inputs ?? 2);
    return { inputs: Array.from({ length: count.ok ? count.value : 2 }, (_, i) => letterOf(i)), outputs };
  }
  if (node.type === 'block-input') return { inputs: [], outputs: ['out'] };
  if (node.type === 'block-output') return { inputs: ['in'], outputs: [] };
  const custom = blocks.find((b) => b.type === node.type);
  if (custom)
    return {
      inputs: custom.nodes.filter((n) => n.type === 'block-input').map((n) => n.name),
      outputs: custom.nodes.filter((n) => n.type === 'block-output').map((n) => n.name),
    };
  return { inputs: ['in'], outputs: ['out'] };
}

interface Sorted {
  order: readonly DocNode[];
  cycle: readonly DocNode[];
  incoming: ReadonlyMap<string, Map<string, Wire>>;
}

/** Kahn 1962. Nodes keep the drawing's order where wires leave it free. */
export function sortGraph(graph: Graph): Sorted {
  const incoming = new Map<string, Map<string, Wire>>();
  const outgoing = new Map<string, string[]>();
  const waiting = new Map<string, number>();
  const byId = new Map<string, DocNode>();
  for (const node of graph.nodes) {
    byId.set(node.id, node);
    waiting.set(node.id, 0);
  }
  for (const wire of graph.wires) {
    if (!byId.has(wire.from.node) || !byId.has(wire.to.node)) continue;
    let at = incoming.get(wire.to.node);
    if (!at) {
      at = new Map();
      incoming.set(wire.to.node, at);
    }
    at.set(wire.to.port, wire);
    waiting.set(wire.to.node, (waiting.get(wire.to.node) ?? 0) + 1);
    const out = outgoing.get(wire.from.node);
    if (out) out.push(wire.to.node);
    else outgoing.set(wire.from.node, [wire.to.node]);
  }
  const order = graph.nodes.filter((n) => waiting.get(n.id) === 0);
  for (let i = 0; i < order.length; i++) {
    for (const next of outgoing.get((order[i] as DocNode).id) ?? []) {
      const left = (waiting.get(next) ?? 0) - 1;
      waiting.set(next, left);
      if (left === 0) order.push(byId.get(next) as DocNode);
    }
  }
  const done = new Set(order.map((n) => n.id));
  return { order, cycle: graph.nodes.filter((n) => !done.has(n.id)), incoming };
}

interface Memo {
  readonly inputs: readonly (Shape | null)[];
  readonly blocks: readonly CustomBlock[];
  readonly fragment: Fragment;
  readonly paramProblems: readonly ParamProblem[];
}

const memo = new WeakMap<DocNode, Memo>();

function parseNode(node: DocNode, schema: ParamSchema) {
  return parseParams(schema, node.params);
}

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
  const b = new FragmentBuilder();
  const schema = schemaOf(node.type, blocks) ?? {};
  const { value, problems } = parseNode(node, schema);
  const outputs = compose(b, node.type, ports(inputs), value as Record<string, ParamValue>, blocks, '');
  const result: Memo = { inputs, blocks, fragment: b.finish(outputs), paramProblems: problems };
  memo.set(node, result);
  return result;
}

/** Composes a node of any type into a builder. */
export function compose(
  b: Builder,
  type: string,
  inputs: ReturnType<typeof ports>,
  params: Readonly<Record<string, ParamValue>>,
  blocks: readonly CustomBlock[],
  name: string,
): ReturnType<typeof ports> {
  if (isOpKind(type)) {
    const { inputs: _, ...attrs } = params;
    return [b.op(type, inputs, name, attrs)];
  }
  const block = findBlock(type);
  if (block) return [block.expand(b, inputs[0] ?? { ref: -1, shape: null }, params)];
  const custom = blocks.find((c) => c.type === type);
  return custom ? expandCustom(b, custom, inputs, params, blocks) : [{ ref: -1, shape: null }];
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
