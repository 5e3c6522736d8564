/** The inside of a block of one's own, seen and edited as a drawing. */
import { AppError, invariant } from '../base/errors.ts';
import { ops } from '../network/ops/index.ts';
import type { Shape } from '../network/shape.ts';
import { applyEdit, type Change, type Edit } from './apply.ts';
import { checkBlock } from './format.ts';
import { type CustomBlock, type DocNode, emptyDocument, type StemmaDocument } from './model.ts';
import { blocksWithin, dropFromUses, followPorts, type PortRenames, renamesOfUses } from './uses.ts';

export function getBlock(document: StemmaDocument, type: string): CustomBlock {
  const block = document.blocks.find((b) => b.type === type);
  invariant(block, `no block ${type}`);
  return block;
}

/**
 * A block's definition as a drawing: what comes in are nodes 'input' of these shapes, what leaves are nodes 'output'.
 * An input of which no shape is known stays a 'block-input'. Ids are those of the definition.
 */
export function insideOf(
  document: StemmaDocument,
  type: string,
  shapes: readonly (Shape | null)[],
): StemmaDocument {
  const block = getBlock(document, type);
  let port = 0;
  const nodes = block.nodes.map((node): DocNode => {
    if (node.type === 'block-output') return { ...node, type: 'output' };
    if (node.type !== 'block-input') return node;
    const shape = shapes[port++];
    const known = shape && ops.input.params.shape.parse(shape).ok;
    return known ? { ...node, type: 'input', params: { shape } } : node;
  });
  return { ...emptyDocument(block.title), nodes, wires: block.wires, blocks: document.blocks };
}

/**
 * An edit of a block's inside as an edit of the document that holds the block: every use follows. Renamed ports are
 * followed by the wires of all uses; a wire whose port is gone stays, and is a problem that is told. Weights follow
 * renamed layers. The shapes at the inputs are a view and are not stored.
 * @throws AppError where the block would contain itself, or could not be stored
 */
export function intoBlock(document: StemmaDocument, type: string, inner: StemmaDocument, edit: Edit): Edit {
  const block = getBlock(document, type);
  const after = applyEdit(inner, edit).document;
  const ids = new Set(after.nodes.map((n) => n.id));
  const lost = block.exposed.filter((e) => !ids.has(e.node));
  const changed: CustomBlock = {
    ...block,
    title: after.title,
    exposed: lost.length > 0 ? block.exposed.filter((e) => ids.has(e.node)) : block.exposed,
    nodes: storedNodes(block, after),
    wires: after.wires,
  };
  checkBlock(changed);
  const others = after.blocks.filter((b) => b.type !== type);
  if (blocksWithin(changed.nodes, [...others, changed]).has(type))
    throw new AppError('edit/recursive', `Block '${changed.title}' would contain itself.`, {
      hint: 'A block may use other blocks, but not itself or one that it is part of.',
    });
  const renames = portRenames(block, changed);
  const dropped = lost.map((e) => e.name);
  const same = (a: CustomBlock, b: CustomBlock) =>
    a.title === b.title &&
    a.exposed === b.exposed &&
    a.wires === b.wires &&
    a.nodes.length === b.nodes.length &&
    a.nodes.every((n, i) => n === b.nodes[i]);
  const renamed = renamesOfUses(document, type, edit.renamed ?? []);
  return {
    label: edit.label,
    changes: [
      ...edit.changes.filter((c) => c.put === 'block'),
      ...others.flatMap((b): Change[] => {
        const value = {
          ...b,
          nodes: dropFromUses(b.nodes, type, dropped),
          wires: followPorts(b, type, renames),
        };
        return value.nodes === b.nodes && value.wires === b.wires
          ? []
          : [{ put: 'block', type: b.type, value }];
      }),
      ...usesInDrawing(document, type, renames, dropped),
      ...(same(block, changed) ? [] : [{ put: 'block' as const, type, value: changed }]),
    ],
    ...(renamed.length > 0 && { renamed }),
  };
}

/** Ends as a definition has them; nodes that did not change are the definition's own objects. */
function storedNodes(block: CustomBlock, { nodes }: StemmaDocument): DocNode[] {
  const byId = new Map(block.nodes.map((n) => [n.id, n]));
  return nodes.map((node) => {
    if (node.type !== 'input' && node.type !== 'output') return node;
    const old = byId.get(node.id);
    if (old && old.name === node.name && old.x === node.x && old.y === node.y) return old;
    return { ...node, type: `block-${node.type}`, params: old?.params ?? {} };
  });
}

function portRenames(before: CustomBlock, after: CustomBlock): PortRenames {
  const byId = new Map(after.nodes.map((n) => [n.id, n]));
  const of = (type: string) =>
    new Map(
      before.nodes
        .filter((n) => n.type === type)
        .flatMap(({ id, name }) => {
          const now = byId.get(id)?.name ?? name;
          return now === name ? [] : [[name, now] as const];
        }),
    );
  return { inputs: of('block-input'), outputs: of('block-output') };
}

export function usesInDrawing(
  document: StemmaDocument,
  type: string,
  renames: PortRenames,
  dropped: readonly string[],
): Change[] {
  const nodes = dropFromUses(document.nodes, type, dropped);
  const wires = followPorts(document, type, renames);
  const moved = wires.flatMap((wire, i) => {
    const old = document.wires[i];
    const stays = old && old.to.port === wire.to.port && old.from.port === wire.from.port;
    return old && !stays ? [{ old, wire, at: i }] : [];
  });
  return [
    ...nodes.flatMap((value, i): Change[] =>
      value === document.nodes[i] ? [] : [{ put: 'node', id: value.id, value }],
    ),
    ...moved.map(({ old }): Change => ({ put: 'wire', to: old.to, value: null })),
    ...moved.map(({ wire, at }): Change => ({ put: 'wire', to: wire.to, value: wire, at })),
  ];
}
