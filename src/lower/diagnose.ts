/** Every problem of a drawing, as data with a sentence. */
import { findBlock } from '../blocks/index.ts';
import type { Wire } from '../document/model.ts';
import { isOpKind, opOf } from '../network/ops/index.ts';
import { joinPath, type Lowered, type LoweredNode, reachesOutput } from './lower.ts';
import { takenPaths } from './paths.ts';

export interface Diagnostic {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  /** Absent: the drawing as a whole. */
  readonly nodeId?: string;
  readonly portId?: string;
  /** The port whose shape `portId` should fit. */
  readonly againstPortId?: string;
  /** Key of the parameter at fault. */
  readonly param?: string;
  /** Path of the layer at fault inside the node, where it is not the node itself. */
  readonly layer?: string;
  readonly expected: string;
  readonly received: string;
  /** What, where, expected, received, what to do. */
  readonly message: string;
}

/** What the drawing is for, where that is known. */
export interface DiagnoseOptions {
  /** Of the data set to be learned: the output must have as many numbers. */
  readonly classes?: number | undefined;
}

/** Two diagnostics of one key are the same problem, before and after an edit. */
export function keyOf({ code, nodeId, portId, param, layer }: Diagnostic): string {
  return JSON.stringify([code, nodeId, portId, param, layer]);
}

export function errorsOf(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.filter((d) => d.severity === 'error');
}

const title = (type: string) => type.charAt(0).toUpperCase() + type.slice(1);
/** As the palette calls its type, and by its own name: "Max pool 'pool1'". */
function called({ node: { type, name } }: LoweredNode): string {
  const known = isOpKind(type) ? opOf(type).title : findBlock(type)?.title;
  return `${known ?? title(type.replace(/^custom\//, ''))} '${name}'`;
}

/** A node's own problems; a node that is the same object as before has the same ones. */
export function ofNode(item: LoweredNode): readonly Diagnostic[] {
  const known = own.get(item);
  if (known) return known;
  const { node, fragment, paramProblems, sources, inCycle, ports } = item;
  const found: Diagnostic[] = [];
  const self = called(item);
  const at = { severity: 'error', nodeId: node.id } as const;
  for (const { key, unknown, expected, received } of paramProblems)
    found.push({
      ...{ ...at, code: 'param/invalid', param: key, expected, received },
      message: unknown
        ? `${self} has no parameter '${key}': expected ${expected}. It is ignored; rename or remove it.`
        : `${self}: ${key} expected ${expected}, received ${received}. Set it anew; its default is used meanwhile.`,
    });
  if (inCycle)
    found.push({
      ...{ ...at, code: 'graph/cycle', expected: 'wires that lead forward', received: 'a cycle' },
      message: `${self} waits for its own output: it is part of a cycle. Remove one of the cycle's wires.`,
    });
  sources.forEach((wire, i) => {
    if (wire) return;
    const portId = ports.inputs[i] ?? 'in';
    found.push({
      ...{ ...at, code: 'graph/unconnected', portId, expected: 'a wire', received: 'none' },
      message: `${self}: nothing is connected to input ${portId}. Draw a wire to it, or remove the node.`,
    });
  });
  for (const { layer, code, input, against, expected, received, message } of fragment.problems) {
    const inner = layer === '' ? self : `${self}, layer '${joinPath(node.name, layer)}',`;
    const portId = layer === '' && input !== undefined ? ports.inputs[input] : undefined;
    const againstPortId = layer === '' && against !== undefined ? ports.inputs[against] : undefined;
    found.push({
      ...{ ...at, code, expected, received },
      ...(portId !== undefined && { portId }),
      ...(againstPortId !== undefined && { againstPortId }),
      ...(layer !== '' && { layer }),
      message: `${inner} ${message}`,
    });
  }
  own.set(item, found);
  return found;
}

const own = new WeakMap<LoweredNode, readonly Diagnostic[]>();

function unused(item: LoweredNode): Diagnostic {
  return {
    code: 'graph/unused',
    severity: 'warning',
    nodeId: item.node.id,
    expected: 'a way to the output',
    received: 'none',
    message: `${called(item)} leads nowhere: no wire brings its result to an output. Connect or remove it.`,
  };
}

/** The drawing has exactly one input and one output. */
function ends(lowered: Lowered): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const type of ['input', 'output'] as const) {
    const count = lowered.document.nodes.filter((n) => n.type === type).length;
    if (count === 1) continue;
    found.push({
      code: count === 0 ? `graph/no-${type}` : `graph/many-${type}s`,
      severity: 'error',
      expected: `one ${type}`,
      received: `${count}`,
      message:
        count === 0
          ? `The drawing has no ${type}: expected one. Add an ${title(type)} node.`
          : `The drawing has ${count} ${type}s: expected one, as a classifier has. Remove the others.`,
    });
  }
  return found;
}

/** A wire of which an end does not exist: its node or port was removed. Known, as all wires, by where it ends. */
function strayWire(lowered: Lowered, { from, to }: Wire): Diagnostic {
  const name = (id: string) => lowered.nodes.get(id)?.node.name ?? id;
  const ports = (id: string, side: 'inputs' | 'outputs') =>
    lowered.portNames.get(id)?.[side].join(', ') || 'none';
  const [whose, port, side] = lowered.portNames.get(from.node)?.outputs.includes(from.port)
    ? ([to.node, to.port, 'inputs'] as const)
    : ([from.node, from.port, 'outputs'] as const);
  return {
    code: 'graph/unknown-port',
    severity: 'error',
    nodeId: to.node,
    portId: to.port,
    expected: ports(whose, side),
    received: port,
    message: `The wire from '${name(from.node)}' to '${name(to.node)}' ends at a port that does not exist: expected one of the ${side} of '${name(whose)}' (${ports(whose, side)}), received ${port}. Remove it, or connect it anew.`,
  };
}

/** The output must be [classes] of the data, where the caller says how many. */
function classesFit(lowered: Lowered, classes: number): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const { node, fragment } of lowered.nodes.values()) {
    const shape = fragment.outputs[0]?.shape;
    if (node.type !== 'output' || !shape || (shape.length === 1 && shape[0] === classes)) continue;
    found.push({
      code: 'recipe/classes',
      severity: 'error',
      nodeId: node.id,
      portId: 'in',
      expected: `[${classes}]`,
      received: `[${shape.join(', ')}]`,
      message: `Output '${node.name}' answers [${shape.join(', ')}], but the data has ${classes} classes: expected [${classes}]. End the network with a head or a dense layer of ${classes}.`,
    });
  }
  return found;
}

/** Problems of the drawing as a whole, then in the order of computation; no fixes yet, since most are never asked for. */
export function diagnose(lowered: Lowered, { classes }: DiagnoseOptions = {}): readonly Diagnostic[] {
  let memo = memos.get(lowered);
  if (!memo) {
    memo = new Map();
    memos.set(lowered, memo);
  }
  const known = memo.get(classes);
  if (known) return known;
  const found = ends(lowered);
  const held = new Set(lowered.stray.map(({ to }) => JSON.stringify([to.node, to.port])));
  for (const wire of lowered.stray) found.push(strayWire(lowered, wire));
  const needed = reachesOutput(lowered);
  for (const item of lowered.nodes.values()) {
    const { id, type } = item.node;
    for (const told of ofNode(item)) {
      // A wire ends there, though it comes from nowhere: that is told already.
      const open = told.code === 'graph/unconnected' && told.layer === undefined;
      if (!(open && held.size > 0 && held.has(JSON.stringify([id, told.portId])))) found.push(told);
    }
    if (!needed.has(id) && type !== 'output') found.push(unused(item));
  }
  for (const told of takenPaths(lowered)) found.push(told);
  if (classes !== undefined) for (const told of classesFit(lowered, classes)) found.push(told);
  memo.set(classes, found);
  return found;
}

const memos = new WeakMap<Lowered, Map<number | undefined, readonly Diagnostic[]>>();
