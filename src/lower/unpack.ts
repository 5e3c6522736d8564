/** A shipped block or stage becomes the nodes that it is made of; custom blocks are the document's own affair. */
import { AppError, invariant } from '../base/errors.ts';
import type { Part, Ref } from '../blocks/fragment.ts';
import type { Edit } from '../document/edits.ts';
import { STEP_X, STEP_Y } from '../document/layout.ts';
import type { DocNode } from '../document/model.ts';
import { type InnerSource, replaceByInside, unpack } from '../document/unpack.ts';
import type { Lowered } from './lower.ts';
import { portsOf } from './node-types.ts';

/**
 * Any node that stands for more than one layer, opened by one step: a stage becomes its blocks, a block its ops. Paths
 * stay. What a block's shortcut is depends on the shapes that came in, so it must be connected.
 * @throws AppError where it is one layer, or no shape is known of what comes in
 */
export function unpackNode(lowered: Lowered, id: string): Edit {
  const { document } = lowered;
  const item = lowered.nodes.get(id);
  invariant(item, `no node ${id}`);
  const { node, fragment, inputs } = item;
  if (document.blocks.some((b) => b.type === node.type)) return unpack(document, id);
  if (fragment.parts.every((part) => part.name === ''))
    throw new AppError('unpack/one-layer', `'${node.name}' is one layer; there is nothing inside.`);
  if (inputs.some((shape) => shape === null))
    throw new AppError('unpack/shape', `'${node.name}' cannot be unpacked: no shape is known of its input.`, {
      hint: 'Connect it first: what its shortcut is made of depends on the shape.',
    });
  const [inputPort] = portsOf(node, document.blocks).inputs;
  const [outputPort] = portsOf(node, document.blocks).outputs;
  const byOutput = new Map(fragment.parts.map((part) => [part.output, part]));
  const nodeOf = new Map(fragment.parts.map((part) => [part, partNode(part)]));
  const sourceOf = (ref: Ref): InnerSource => {
    if (ref < 0) return { outside: inputPort ?? 'in' };
    const part = byOutput.get(ref);
    invariant(part, `no part of ${node.type} gives layer ${ref}`);
    return { node: part.name, port: portsOf(nodeOf.get(part) as DocNode, []).outputs[0] ?? 'out' };
  };
  const result = fragment.outputs[0];
  invariant(result, `${node.type} has no output`);
  return replaceByInside(document, id, {
    nodes: placed(fragment.parts, (part) => nodeOf.get(part) as DocNode),
    wires: fragment.parts.flatMap((part) => {
      const ports = portsOf(nodeOf.get(part) as DocNode, []).inputs;
      return part.inputs.map((ref, i) => ({
        from: sourceOf(ref),
        to: { node: part.name, port: ports[i] as string },
      }));
    }),
    outputs: new Map([[outputPort ?? 'out', sourceOf(result.ref)]]),
  });
}

function partNode({ name, type, params, inputs }: Part): DocNode {
  const many = inputs.length > 1 ? { inputs: inputs.length, ...params } : params;
  return { id: name, type, name, params: many, x: 0, y: 0 };
}

/** Top to bottom by how many parts stand before; parts side by side are ways around one another. */
function placed(parts: readonly Part[], nodeOf: (part: Part) => DocNode): DocNode[] {
  const rowOf = new Map<Ref, number>();
  const filled = new Map<number, number>();
  return parts.map((part) => {
    const row = part.inputs.reduce((most, ref) => Math.max(most, (rowOf.get(ref) ?? -1) + 1), 0);
    const column = filled.get(row) ?? 0;
    rowOf.set(part.output, row);
    filled.set(row, column + 1);
    return { ...nodeOf(part), x: column * STEP_X, y: row * STEP_Y };
  });
}
