/** Guesses at wires, ends and names that would mend a drawing. */
import {
  addNode,
  chain,
  connect,
  disconnect,
  freeName,
  removeNode,
  rename,
  setParams,
} from '../document/edits.ts';
import { STEP_Y } from '../document/layout.ts';
import type { DocNode, PortRef, StemmaDocument, Wire } from '../document/model.ts';
import type { Candidate } from './candidates-joining.ts';
import type { Lowered } from './lower.ts';
import { completeParams } from './node-types.ts';
import { after } from './reach.ts';

/** Open ends first, nearest first, and only from nodes that do not come after this one. */
export function connectCandidates(lowered: Lowered, to: PortRef): Candidate[] {
  const target = lowered.nodes.get(to.node)?.node;
  if (!target) return [];
  const behind = after(lowered, to.node);
  const used = new Set(lowered.document.wires.map((w) => w.from.node));
  return [...lowered.nodes.values()]
    .filter(({ node, inCycle, ports }) => ports.outputs.length > 0 && !inCycle && !behind.has(node.id))
    .map(({ node, ports }) => ({
      node,
      ports,
      used: Number(used.has(node.id)),
      distance: Math.hypot(node.x - target.x, node.y - target.y),
    }))
    .sort((a, b) => a.used - b.used || a.distance - b.distance)
    .flatMap(({ node, ports }) =>
      ports.outputs.map((port) => ({
        title: `Connect '${node.name}'${ports.outputs.length > 1 ? ` (${port})` : ''} to it`,
        edit: () => connect({ node: node.id, port }, to),
      })),
    );
}

/** Of a cycle's wires, those that lead back furthest in the drawing, then the node's own: others close nothing. */
export function cycleCandidates({ document, cycles, nodes }: Lowered, node: DocNode): Candidate[] {
  const cycle = new Set(cycles.find((ids) => ids.includes(node.id)));
  const at = (id: string) => nodes.get(id)?.node ?? node;
  const step = ({ from, to }: Wire) => at(to.node).y - at(from.node).y;
  const wires = document.wires
    .filter(({ from, to }) => cycle.has(from.node) && cycle.has(to.node))
    .sort((a, b) => step(a) - step(b));
  const chosen = new Set([
    ...wires.filter((w) => step(w) <= 0).slice(0, 3),
    ...wires.filter((w) => w.to.node === node.id),
  ]);
  return [...chosen].map(({ from, to }) => ({
    title: `Remove the wire from '${at(from.node).name}' to '${at(to.node).name}'`,
    edit: () => disconnect(to),
  }));
}

/** For a wire that ends at `to` and of which a port does not exist. */
export function portCandidates(lowered: Lowered, to: PortRef): Candidate[] {
  const { document, stray, nodes } = lowered;
  const wire = stray.find((w) => w.to.node === to.node && w.to.port === to.port);
  if (!wire) return [];
  const list: Candidate[] = [];
  const target = nodes.get(to.node);
  const from = nodes.get(wire.from.node);
  if (target?.ports.inputs.includes(to.port)) {
    for (const port of from?.ports.outputs ?? [])
      list.push({
        title: `Take it from ${port} of '${from?.node.name}'`,
        edit: () => connect({ node: wire.from.node, port }, to),
      });
  } else if (target && from?.ports.outputs.includes(wire.from.port)) {
    target.ports.inputs.forEach((port, i) => {
      if (!target.sources[i])
        list.push({
          title: `Lead it to ${port} of '${target.node.name}'`,
          edit: (d) => moveEnd(d, wire, { node: to.node, port }),
        });
    });
    const { inputs } = completeParams(target.node, document.blocks);
    if (typeof inputs === 'number')
      list.push({
        title: `Give '${target.node.name}' ${inputs + 1} inputs`,
        edit: (d) => setParams(d, to.node, { inputs: inputs + 1 }),
      });
  }
  return [...list, { title: 'Remove the wire', edit: () => disconnect(to) }];
}

function moveEnd(document: StemmaDocument, wire: Wire, to: PortRef) {
  return chain(document, 'Connect', [() => disconnect(wire.to), () => connect(wire.from, to)]);
}

/** A free name for the node, or for the one whose path it has. */
export function renameCandidates({ document }: Lowered, node: DocNode): Candidate[] {
  const others = document.nodes.filter(
    (n) => n.id !== node.id && (n.name === node.name || node.name.startsWith(`${n.name}/`)),
  );
  const names = document.nodes.map((n) => n.name);
  return [node, ...others].map(({ id, name }) => {
    // What a path may hold, since a document with any other name could not be read back.
    const plain = name.replaceAll(/[^A-Za-z0-9_.-]+/g, '-').replace(/^[.-]+/, '');
    const free = freeName(names, plain || 'node');
    return { title: `Rename '${name}' to '${free}'`, edit: (d) => rename(d, id, free) };
  });
}

export function missingEndCandidates(lowered: Lowered, type: 'input' | 'output'): Candidate[] {
  return [
    {
      title: `Add an ${type}`,
      edit: (d) => {
        const ids = d.nodes.map((n) => n.id);
        const id = freeName(ids, type);
        const last = type === 'output' ? lastOpen(lowered) : undefined;
        return chain(d, `Add an ${type}`, [
          (e) => addNode(e, { id, type, params: {}, ...endPlace(e, type) }),
          ...(last ? [() => connect(last, { node: id, port: 'in' })] : []),
        ]);
      },
    },
  ];
}

/** Above the drawing, or below it. */
function endPlace({ nodes }: StemmaDocument, type: 'input' | 'output'): { x: number; y: number } {
  const sorted = nodes.toSorted((a, b) => a.y - b.y);
  const next = type === 'input' ? sorted[0] : sorted.at(-1);
  return { x: next?.x ?? 0, y: next ? next.y + (type === 'input' ? -STEP_Y : STEP_Y) : 0 };
}

/** The open end that comes last in the drawing. */
function lastOpen({ nodes, document }: Lowered): PortRef | undefined {
  const used = new Set(document.wires.map((w) => w.from.node));
  const last = [...nodes.values()].findLast((n) => n.ports.outputs.length > 0 && !used.has(n.node.id));
  const port = last?.ports.outputs[0];
  return last && port !== undefined ? { node: last.node.id, port } : undefined;
}

export function extraEndCandidates({ document }: Lowered, type: 'input' | 'output'): Candidate[] {
  const extra = document.nodes.filter((n) => n.type === type).slice(1);
  const title = `Keep only the first ${type}`;
  return [
    {
      title,
      edit: (d) =>
        chain(
          d,
          title,
          extra.map((n) => (e: StemmaDocument) => removeNode(e, n.id)),
        ),
    },
  ];
}
