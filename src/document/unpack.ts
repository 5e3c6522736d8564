/** A node is replaced by what it is made of; paths, and so weights, stay. */
import { AppError, invariant } from '../base/errors.ts';
import { type Change, type Edit, getNode, repeatOf, withRenames } from './edits.ts';
import { isEnd } from './ends.ts';
import { MAX_NODES } from './format.ts';
import { STEP_Y } from './layout.ts';
import type { CustomBlock, DocNode, PortRef, StemmaDocument, Wire } from './model.ts';
import { freeName } from './names.ts';
import { makeRoom, roomAt } from './room.ts';

/** Where a wire of an inside begins: at an inner node, or at what feeds a port of the node that is unpacked. */
export type InnerSource = PortRef | { readonly outside: string };

/** What a node is made of. */
export interface Inside {
  /** `name` is the path behind the name of the unpacked node; places are relative to it. */
  readonly nodes: readonly DocNode[];
  readonly wires: readonly { readonly from: InnerSource; readonly to: PortRef }[];
  readonly outputs: ReadonlyMap<string, InnerSource>;
}

/** The edit that puts `inside` in the place of a node, and makes room for it. */
export function replaceByInside(document: StemmaDocument, id: string, inside: Inside): Edit {
  const node = getNode(document, id);
  if (document.nodes.length - 1 + inside.nodes.length > MAX_NODES)
    throw new AppError(
      'unpack/too-many',
      `'${node.name}' stands for ${inside.nodes.length} nodes; a drawing has at most ${MAX_NODES}.`,
      { hint: 'Lower its repeat count first.' },
    );
  const place = document.nodes.indexOf(node);
  const ids = new Set(document.nodes.map((n) => n.id));
  const names = new Set(document.nodes.filter((n) => n !== node).map((n) => n.name));
  const idOf = new Map<string, string>();
  const renames: { from: string; to: string }[] = [];
  const made = inside.nodes.map((inner): DocNode => {
    const path = `${node.name}/${inner.name}`;
    const name = freeName(names, path);
    const newId = freeName(ids, name);
    names.add(name);
    ids.add(newId);
    idOf.set(inner.id, newId);
    renames.push({ from: path, to: name });
    return { ...inner, id: newId, name, x: node.x + inner.x, y: node.y + inner.y };
  });
  const fed = new Map(document.wires.filter((w) => w.to.node === id).map((w) => [w.to.port, w.from]));
  /** Follows ways that lead through the node, even back into itself; undefined where they begin nowhere. */
  const resolve = (source: InnerSource | undefined): PortRef | undefined => {
    let current = source;
    for (let hops = 0; current && hops <= document.wires.length; hops++) {
      if (!('outside' in current)) {
        const inner = idOf.get(current.node);
        return inner === undefined ? undefined : { node: inner, port: current.port };
      }
      const from = fed.get(current.outside);
      if (from?.node !== id) return from;
      current = inside.outputs.get(from.port);
    }
    return undefined;
  };
  const wires: { to: PortRef; from: PortRef | undefined }[] = [
    ...inside.wires.map(({ from, to }) => ({
      from: resolve(from),
      to: { node: idOf.get(to.node) as string, port: to.port },
    })),
    ...document.wires
      .filter((w) => w.from.node === id && w.to.node !== id)
      .map((w) => ({ from: resolve(inside.outputs.get(w.from.port)), to: w.to })),
  ];
  const changes: Change[] = [
    ...document.wires.filter((w) => w.to.node === id).map((w) => clear(w)),
    ...makeRoom(document, roomAt(node, extent(inside, 'x'), extent(inside, 'y')), id),
    { put: 'node', id, value: null },
    ...made.map((value, i): Change => ({ put: 'node', id: value.id, value, at: place + i })),
    ...wires.map(({ from, to }): Change => ({ put: 'wire', to, value: from ? { from, to } : null })),
  ];
  return withRenames(document, renames, new Set([id]), { label: `Unpack ${node.name}`, changes });
}

const extent = ({ nodes }: Inside, axis: 'x' | 'y') => nodes.reduce((most, n) => Math.max(most, n[axis]), 0);

const clear = ({ to }: Wire): Change => ({ put: 'wire', to, value: null });

/**
 * A custom block's node becomes nodes `name/inner`. One that repeats becomes its copies `name/0`, `name/1`, …, each of
 * which can be unpacked in turn. The block's definition stays for its other uses.
 * @throws AppError where a block repeats that has not one input and one output
 */
export function unpack(document: StemmaDocument, id: string): Edit {
  const node = getNode(document, id);
  const block = document.blocks.find((b) => b.type === node.type);
  invariant(block, `${node.type} is no custom block of this document`);
  const times = repeatOf(node, block);
  return replaceByInside(
    document,
    id,
    times === 1 ? onceInside(node, block) : copiesInside(node, block, times),
  );
}

function onceInside(node: DocNode, block: CustomBlock): Inside {
  const inner = block.nodes.filter((n) => !isEnd(n));
  const byId = new Map(block.nodes.map((n) => [n.id, n]));
  const sourceOf = (from: PortRef): InnerSource => {
    const begin = byId.get(from.node);
    return begin?.type === 'block-input' ? { outside: begin.name } : from;
  };
  const left = inner.reduce((least, n) => Math.min(least, n.x), Number.POSITIVE_INFINITY);
  const top = inner.reduce((least, n) => Math.min(least, n.y), Number.POSITIVE_INFINITY);
  const outputs = new Map<string, InnerSource>();
  for (const wire of block.wires) {
    const end = byId.get(wire.to.node);
    if (end?.type === 'block-output' && wire.to.port === 'in') outputs.set(end.name, sourceOf(wire.from));
  }
  return {
    nodes: inner.map((n) => {
      const params = { ...n.params };
      for (const { name, node: target, param } of block.exposed) {
        const value = node.params[name];
        if (target === n.id && value !== undefined) params[param] = value;
      }
      return { ...n, params, x: n.x - left, y: n.y - top };
    }),
    wires: block.wires
      .filter((w) => byId.has(w.to.node) && !isEnd(byId.get(w.to.node) as DocNode))
      .map((w) => ({ from: sourceOf(w.from), to: w.to })),
    outputs,
  };
}

function copiesInside(node: DocNode, block: CustomBlock, times: number): Inside {
  const inputs = block.nodes.filter((n) => n.type === 'block-input').map((n) => n.name);
  const outputs = block.nodes.filter((n) => n.type === 'block-output').map((n) => n.name);
  const [input, output] = [inputs[0], outputs[0]];
  if (inputs.length !== 1 || outputs.length !== 1 || input === undefined || output === undefined)
    throw new AppError(
      'unpack/repeat',
      `'${node.name}' repeats ${times} times: expected one input and one output, received ${inputs.length} and ${outputs.length}.`,
      { hint: 'Set its repeat to 1.' },
    );
  const firstOnly = new Set(block.exposed.filter((e) => e.firstOnly).map((e) => e.name));
  const later = Object.fromEntries(Object.entries(node.params).filter(([key]) => !firstOnly.has(key)));
  const name = (i: number) => `${i}`;
  return {
    nodes: Array.from({ length: times }, (_, i) => ({
      id: name(i),
      type: node.type,
      name: name(i),
      params: { ...(i === 0 ? node.params : later), repeat: 1 },
      x: 0,
      y: i * STEP_Y,
    })),
    wires: Array.from({ length: times }, (_, i) => ({
      from: i === 0 ? { outside: input } : { node: name(i - 1), port: output },
      to: { node: name(i), port: input },
    })),
    outputs: new Map([[output, { node: name(times - 1), port: output }]]),
  };
}
