/** A node of any type, composed into a builder; custom blocks may hold nodes of any type again. */
import type { Builder } from '../blocks/builder.ts';
import { type Handle, nothing } from '../blocks/fragment.ts';
import { findBlock } from '../blocks/index.ts';
import { repeat } from '../blocks/stages.ts';
import type { CustomBlock, DocNode } from '../document/model.ts';
import { problem } from '../network/op.ts';
import { isOpKind } from '../network/ops/index.ts';
import type { ParamValue } from '../schema/params.ts';
import { parseParams } from '../schema/parse.ts';
import { blockOf, schemaOf } from './node-types.ts';
import { type Sorted, sortGraph } from './sort.ts';

type Params = Readonly<Record<string, ParamValue>>;

/** Composes a node of any type into a builder. What is wrong with it is reported there; it never throws. */
export function compose(
  b: Builder,
  type: string,
  inputs: readonly Handle[],
  params: Params,
  blocks: readonly CustomBlock[],
  name: string,
): Handle[] {
  if (isOpKind(type)) {
    const { inputs: _, ...attrs } = params;
    return [b.op(type, inputs, name, attrs)];
  }
  const block = findBlock(type);
  if (block) return [block.expand(b, inputs[0] ?? nothing, params)];
  const custom = blockOf(type, blocks);
  if (custom) return expandCustom(b, custom, inputs, params, blocks);
  b.report(
    name,
    problem(
      'graph/unknown-type',
      'an op or a block',
      type,
      `is of type '${type}', which is no op and no block of this drawing. Remove it, or bring the block back.`,
    ),
  );
  return [nothing];
}

const sorted = new WeakMap<CustomBlock, { blocks: readonly CustomBlock[]; graph: Sorted }>();

/** Each copy of a block has the same inside, so it is sorted once. */
function insideOf(block: CustomBlock, blocks: readonly CustomBlock[]): Sorted {
  const known = sorted.get(block);
  if (known?.blocks === blocks) return known.graph;
  const graph = sortGraph(block, blocks);
  sorted.set(block, { blocks, graph });
  return graph;
}

function reportWires(b: Builder, block: CustomBlock, { cycles, stray }: Sorted): void {
  const nameOf = (id: string) => block.nodes.find((n) => n.id === id)?.name ?? id;
  const where = `inside block "${block.title}"`;
  for (const id of cycles.flat())
    b.report(
      nameOf(id),
      problem('graph/cycle', 'no cycle', 'a cycle', `is part of a cycle ${where}. Remove one of its wires.`),
    );
  for (const { from, to } of stray) {
    const received = `'${nameOf(from.node)}' ${from.port} → ${to.port}`;
    b.report(
      nameOf(to.node),
      problem(
        'graph/unknown-port',
        'a wire between two ports',
        received,
        `has the wire ${received} ${where}; one of these ports does not exist. Remove the wire.`,
      ),
    );
  }
}

/** One copy of a custom block's inside; layers' paths begin with the inner nodes' names. */
function expandOnce(
  b: Builder,
  block: CustomBlock,
  inputs: readonly Handle[],
  params: Params,
  blocks: readonly CustomBlock[],
  first: boolean,
): Handle[] {
  const ends = (type: string) => block.nodes.filter((n) => n.type === type).map((n) => n.id);
  const inputAt = new Map(ends('block-input').map((id, i) => [id, i]));
  const outputAt = new Map(ends('block-output').map((id, i) => [id, i]));
  const outputs: Handle[] = Array.from(outputAt, () => nothing);
  if (!b.spend(block.nodes.length + 1)) return outputs;
  const graph = insideOf(block, blocks);
  reportWires(b, block, graph);
  const inCycle = new Set(graph.cycles.flat());
  const made = new Map<string, readonly Handle[]>();
  for (const node of graph.order) {
    if (b.full) break;
    if (node.type === 'block-input') {
      made.set(node.id, [inputs[inputAt.get(node.id) ?? 0] ?? nothing]);
      continue;
    }
    if (inCycle.has(node.id)) continue;
    const handles = (graph.ports.get(node.id)?.inputs ?? []).map((port) => {
      const wire = graph.incoming.get(node.id)?.get(port);
      if (!wire) reportOpen(b, block, node, port);
      const at = wire ? (graph.ports.get(wire.from.node)?.outputs.indexOf(wire.from.port) ?? -1) : -1;
      return (wire && made.get(wire.from.node)?.[at]) ?? nothing;
    });
    const output = outputAt.get(node.id);
    if (output !== undefined) outputs[output] = handles[0] ?? nothing;
    else made.set(node.id, expandInner(b, block, node, handles, params, blocks, first));
  }
  return outputs;
}

function reportOpen(b: Builder, block: CustomBlock, { name }: DocNode, port: string): void {
  b.report(
    name,
    problem(
      'graph/unconnected',
      'a wire',
      'none',
      `has nothing connected to its input ${port} inside block "${block.title}". Draw a wire to it there, or remove it.`,
    ),
  );
}

/** A node inside a custom block, with what the block's use sets of it. */
function expandInner(
  b: Builder,
  block: CustomBlock,
  node: DocNode,
  handles: readonly Handle[],
  params: Params,
  blocks: readonly CustomBlock[],
  first: boolean,
): Handle[] {
  const { name, type } = node;
  if (type === 'input' || type === 'output') {
    b.report(
      name,
      problem(
        'graph/inner-end',
        `a block-${type}`,
        type,
        `is the network's ${type}, which cannot be inside block "${block.title}". Use a block-${type} there.`,
      ),
    );
    return [nothing];
  }
  const given: Record<string, ParamValue> = { ...node.params };
  for (const { name: key, node: target, param, firstOnly } of block.exposed) {
    const value = params[key];
    if (target === node.id && value !== undefined && (first || !firstOnly)) given[param] = value;
  }
  const { value, problems } = parseParams(schemaOf(type, blocks) ?? {}, given);
  for (const { key, expected, received } of problems)
    b.report(
      name,
      problem(
        'param/invalid',
        expected,
        received,
        `has ${key} = ${received}; expected ${expected}. Set it inside block "${block.title}".`,
      ),
    );
  if (isOpKind(type)) return compose(b, type, handles, value, blocks, name);
  let result: Handle[] = [];
  b.part(name, type, value, handles, () => {
    result = compose(b, type, handles, value, blocks, '');
    return result[0] ?? nothing;
  });
  return result;
}

/**
 * A custom block, `repeat` copies in a row. Copies are named 0, 1, … as a shipped stage names its blocks; a block used
 * once adds no such part to its paths.
 */
function expandCustom(
  b: Builder,
  block: CustomBlock,
  inputs: readonly Handle[],
  params: Params,
  blocks: readonly CustomBlock[],
): Handle[] {
  const times = typeof params.repeat === 'number' ? params.repeat : block.repeat;
  if (times === 1) return expandOnce(b, block, inputs, params, blocks, true);
  const outputs = block.nodes.filter((n) => n.type === 'block-output').length;
  if (inputs.length !== 1 || outputs !== 1) {
    b.report(
      '',
      problem(
        'block/repeat',
        'one input and one output',
        `${inputs.length} inputs, ${outputs} outputs`,
        `repeats ${times} times, which needs exactly one input and one output, but it has ${inputs.length} and ${outputs}. Use it once.`,
      ),
    );
    return expandOnce(b, block, inputs, params, blocks, true);
  }
  const x = inputs[0] ?? nothing;
  return [
    repeat(b, x, times, (y, i) =>
      b.part(
        `${i}`,
        block.type,
        { ...params, repeat: 1 },
        [y],
        () => expandOnce(b, block, [y], params, blocks, i === 0)[0] ?? nothing,
      ),
    ),
  ];
}
