/** A selection becomes a reusable block, and back. Layers keep their paths, so weights stay. */
import { AppError } from '../base/errors.ts';
import { type Change, type Edit, firstCopy, getNode, withRenames } from './edits.ts';
import { isEnd } from './ends.ts';
import { checkBlock } from './format.ts';
import { STEP_X, STEP_Y } from './layout.ts';
import type { CustomBlock, DocNode, PortRef, StemmaDocument, Wire } from './model.ts';
import { freeName, slug } from './names.ts';

export interface GroupOptions {
  /** As a person calls it; its type becomes custom/NAME. */
  readonly name: string;
  readonly exposed?: CustomBlock['exposed'];
  readonly repeat?: number;
}

const keyOf = ({ node, port }: PortRef) => `${node}\n${port}`;

/**
 * Moves the nodes into a new custom block and puts one node of it in their place. A wire that comes in from outside
 * becomes an input port (one a source), a source that feeds the outside becomes an output port.
 * @throws AppError where the selection is empty, holds an input or output, or a way leads out of it and back in, or
 * the options are none that a file can hold
 */
export function groupNodes(document: StemmaDocument, ids: readonly string[], options: GroupOptions): Edit {
  const chosen = new Set(ids);
  const nodes = document.nodes.filter((n) => chosen.has(n.id));
  if (nodes.length === 0) throw new AppError('group/empty', 'Nothing is selected.');
  const end = nodes.find(isEnd);
  if (end)
    throw new AppError(
      'group/ends',
      `'${end.name}' is an end of the network and cannot be part of a block.`,
      {
        hint: 'Leave inputs and outputs out of the selection.',
      },
    );
  refuseDetour(document, chosen);
  const inside = document.wires.filter((w) => chosen.has(w.from.node) && chosen.has(w.to.node));
  const entering = document.wires.filter((w) => !chosen.has(w.from.node) && chosen.has(w.to.node));
  const leaving = document.wires.filter((w) => chosen.has(w.from.node) && !chosen.has(w.to.node));
  const sources = unique(entering.map((w) => w.from));
  const results = unique(leaving.map((w) => w.from));
  const names = nodes.map((n) => n.name);
  const port = (base: string, i: number, count: number) =>
    freeName(names, count > 1 ? `${base}${i + 1}` : base);
  const x = Math.min(...nodes.map((n) => n.x));
  const y = Math.min(...nodes.map((n) => n.y));
  const bottom = Math.max(...nodes.map((n) => n.y));
  const end_ = (type: string, base: string, i: number, count: number): DocNode => {
    const name = port(base, i, count);
    return {
      id: name,
      type,
      name,
      params: {},
      x: x + i * STEP_X,
      y: type === 'block-input' ? y - STEP_Y : bottom + STEP_Y,
    };
  };
  const inputs = sources.map((_, i) => end_('block-input', 'in', i, sources.length));
  const outputs = results.map((_, i) => end_('block-output', 'out', i, results.length));
  const inputOf = new Map(sources.map((s, i) => [keyOf(s), (inputs[i] as DocNode).name]));
  const outputOf = new Map(results.map((s, i) => [keyOf(s), (outputs[i] as DocNode).name]));
  const wires: Wire[] = [
    ...inside,
    ...entering.map((w) => ({ from: { node: inputOf.get(keyOf(w.from)) as string, port: 'out' }, to: w.to })),
    ...results.map((s) => ({ from: s, to: { node: outputOf.get(keyOf(s)) as string, port: 'in' } })),
  ];
  const type = freeName(
    document.blocks.map((b) => b.type),
    `custom/${slug(options.name, 'block')}`,
  );
  const block: CustomBlock = {
    type,
    title: options.name,
    repeat: options.repeat ?? 1,
    exposed: options.exposed ?? [],
    nodes: [...inputs, ...nodes, ...outputs],
    wires,
  };
  checkBlock(block);
  const outside = document.nodes.filter((n) => !chosen.has(n.id));
  const name = freeName(
    outside.map((n) => n.name),
    type.slice('custom/'.length),
  );
  const id = freeName(
    document.nodes.map((n) => n.id),
    name,
  );
  const changes: Change[] = [
    { put: 'block', type, value: block },
    ...[...inside, ...entering, ...leaving].map((w): Change => ({ put: 'wire', to: w.to, value: null })),
    ...nodes.map((n): Change => ({ put: 'node', id: n.id, value: null })),
    { put: 'node', id, value: { id, type, name, params: {}, x, y } },
    ...sources.map((from): Change => {
      const to = { node: id, port: inputOf.get(keyOf(from)) as string };
      return { put: 'wire', to, value: { from, to } };
    }),
    ...leaving.map(
      (w): Change => ({
        put: 'wire',
        to: w.to,
        value: { from: { node: id, port: outputOf.get(keyOf(w.from)) as string }, to: w.to },
      }),
    ),
  ];
  const head = firstCopy(name, block.repeat);
  const renames = nodes.map((n) => ({ from: n.name, to: `${head}/${n.name}` }));
  return withRenames(document, renames, chosen, { label: `Make block ${options.name}`, changes });
}

function unique(ports: readonly PortRef[]): PortRef[] {
  return [...new Map(ports.map((p) => [keyOf(p), p])).values()];
}

/** A block is one node: if a way led out of it and back in, it would wait for itself. */
function refuseDetour(document: StemmaDocument, chosen: ReadonlySet<string>): void {
  const next = new Map<string, string[]>();
  for (const { from, to } of document.wires) next.set(from.node, [...(next.get(from.node) ?? []), to.node]);
  const queue = [...chosen].flatMap((id) => next.get(id) ?? []).filter((id) => !chosen.has(id));
  const seen = new Set<string>();
  while (queue.length > 0) {
    const id = queue.pop() as string;
    if (seen.has(id)) continue;
    seen.add(id);
    for (const to of next.get(id) ?? []) {
      if (chosen.has(to))
        throw new AppError(
          'group/detour',
          `A way leads out of the selection through '${getNode(document, id).name}' and back in.`,
          { hint: `Select '${getNode(document, id).name}' too.` },
        );
      queue.push(to);
    }
  }
}
