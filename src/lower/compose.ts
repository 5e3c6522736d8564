/** A node of any type, composed into a builder; custom blocks may hold nodes of any type again. */
import type { Builder } from '../blocks/builder.ts';
import type { Handle } from '../blocks/fragment.ts';
import { findBlock } from '../blocks/index.ts';
import { repeat } from '../blocks/stages.ts';
import type { CustomBlock } from '../document/model.ts';
import { problem } from '../network/op.ts';
import { isOpKind } from '../network/ops/index.ts';
import type { ParamValue } from '../schema/params.ts';
import { parseParams } from '../schema/parse.ts';
import { portsOf, schemaOf } from './node-types.ts';
import { sortGraph } from './sort.ts';

const nothing: Handle = { ref: -1, shape: null };

/** Composes a node of any type into a builder. */
export function compose(
  b: Builder,
  type: string,
  inputs: readonly Handle[],
  params: Readonly<Record<string, ParamValue>>,
  blocks: readonly CustomBlock[],
  name: string,
): Handle[] {
  if (isOpKind(type)) {
    const { inputs: _, ...attrs } = params;
    return [b.op(type, inputs, name, attrs)];
  }
  const block = findBlock(type);
  if (block) return [block.expand(b, inputs[0] ?? { ref: -1, shape: null }, params)];
  const custom = blocks.find((c) => c.type === type);
  return custom ? expandCustom(b, custom, inputs, params, blocks) : [{ ref: -1, shape: null }];
}

/** One copy of a custom block's inside; layers' paths begin with the inner nodes' names. */
function expandOnce(
  b: Builder,
  block: CustomBlock,
  inputs: readonly Handle[],
  params: Readonly<Record<string, ParamValue>>,
  blocks: readonly CustomBlock[],
  first: boolean,
): Handle[] {
  const { order, cycle, incoming } = sortGraph(block);
  for (const node of cycle)
    b.report(
      node.name,
      problem('graph/cycle', 'no cycle', node.name, `is part of a cycle inside block "${block.title}".`),
    );
  const made = new Map<string, readonly Handle[]>();
  const outputs: Handle[] = [];
  let nextInput = 0;
  const inputIndex = new Map(
    block.nodes.filter((n) => n.type === 'block-input').map((n) => [n.id, nextInput++] as const),
  );
  const outputIndex = new Map(
    block.nodes.filter((n) => n.type === 'block-output').map((n, i) => [n.id, i] as const),
  );
  const portNames = new Map(block.nodes.map((n) => [n.id, portsOf(n, blocks)] as const));
  for (const node of order) {
    if (node.type === 'block-input') {
      made.set(node.id, [inputs[inputIndex.get(node.id) ?? 0] ?? nothing]);
      continue;
    }
    const handles = (portNames.get(node.id)?.inputs ?? []).map((port) => {
      const wire = incoming.get(node.id)?.get(port);
      const at = wire ? (portNames.get(wire.from.node)?.outputs.indexOf(wire.from.port) ?? -1) : -1;
      return (wire && made.get(wire.from.node)?.[at]) ?? nothing;
    });
    if (node.type === 'block-output') {
      outputs[outputIndex.get(node.id) ?? 0] = handles[0] ?? nothing;
      continue;
    }
    const given: Record<string, ParamValue> = { ...node.params };
    for (const { name, node: target, param, firstOnly } of block.exposed) {
      const value = params[name];
      if (target === node.id && value !== undefined && (first || !firstOnly)) given[param] = value;
    }
    const { value, problems } = parseParams(schemaOf(node.type, blocks) ?? {}, given);
    for (const { key, expected, received } of problems)
      b.report(
        node.name,
        problem('param/invalid', expected, received, `has ${key} = ${received}; expected ${expected}.`),
      );
    const type = node.type;
    const values = value as Record<string, ParamValue>;
    let result: Handle[] = [];
    if (isOpKind(type)) {
      result = compose(b, type, handles, values, blocks, node.name);
    } else {
      b.part(node.name, type, values, handles, () => {
        result = compose(b, type, handles, values, blocks, '');
        return result[0] ?? nothing;
      });
    }
    made.set(node.id, result);
  }
  return outputs;
}

/**
 * A custom block, `repeat` copies in a row. Copies are named 0, 1, … as a shipped stage names its blocks; a block used
 * once adds no such part to its paths.
 */
function expandCustom(
  b: Builder,
  block: CustomBlock,
  inputs: readonly Handle[],
  params: Readonly<Record<string, ParamValue>>,
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
        `repeats ${times} times, which needs exactly one input and one output.`,
      ),
    );
    return expandOnce(b, block, inputs, params, blocks, true);
  }
  const x = inputs[0] ?? nothing;
  return [
    repeat(x, times, (y, i) =>
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
