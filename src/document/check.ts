/** What makes nodes and wires one drawing: ids, names, ends of wires, types. */
import { AppError } from '../base/errors.ts';
import type { CustomBlock, Graph, StemmaDocument } from './model.ts';

function fail(code: string, message: string, hint: string): never {
  throw new AppError(code, message, { hint });
}

function checkGraph(graph: Graph, where: string, file: string): void {
  const ids = new Map<string, number>();
  const names = new Map<string, number>();
  graph.nodes.forEach((item, i) => {
    const sameId = ids.get(item.id);
    if (sameId !== undefined)
      fail(
        'document/duplicate-id',
        `${file}: ${where}nodes[${i}].id "${item.id}" stands already at ${where}nodes[${sameId}].`,
        'Give one of them another id.',
      );
    ids.set(item.id, i);
    const sameName = names.get(item.name);
    if (sameName !== undefined)
      fail(
        'document/duplicate-name',
        `${file}: ${where}nodes[${i}].name "${item.name}" stands already at ${where}nodes[${sameName}].`,
        'Names must be unique, since weights are found by them.',
      );
    names.set(item.name, i);
  });
  const taken = new Map<string, number>();
  graph.wires.forEach((item, i) => {
    for (const end of ['from', 'to'] as const) {
      if (!ids.has(item[end].node))
        fail(
          'document/dangling-wire',
          `${file}: ${where}wires[${i}].${end}.node names "${item[end].node}", which is no node's id.`,
          'Remove the wire or put the node back.',
        );
    }
    const key = `${item.to.node}\n${item.to.port}`;
    const other = taken.get(key);
    if (other !== undefined)
      fail(
        'document/port-taken',
        `${file}: ${where}wires[${i}] ends at port "${item.to.port}" of "${item.to.node}", where ${where}wires[${other}] ends.`,
        'An input port takes one wire.',
      );
    taken.set(key, i);
  });
}

/** @throws AppError with the exact place of the first thing that does not fit */
export function checkDocument(
  document: StemmaDocument,
  file: string,
  knownType: (type: string) => boolean,
): void {
  const own = new Set<string>();
  document.blocks.forEach((item, i) => {
    if (own.has(item.type))
      fail('document/duplicate-id', `${file}: blocks[${i}].type "${item.type}" stands twice.`, 'Rename one.');
    own.add(item.type);
  });
  const ids = new Set(document.nodes.map((n) => n.id));
  document.notes.forEach((item, i) => {
    if (ids.has(item.id))
      fail(
        'document/duplicate-id',
        `${file}: notes[${i}].id "${item.id}" is the id of another note or a node.`,
        'Give one of them another id.',
      );
    ids.add(item.id);
  });
  const graphs: [Graph, string][] = [
    [document, ''],
    ...document.blocks.map((b, i): [Graph, string] => [b, `blocks[${i}].`]),
  ];
  for (const [graph, where] of graphs) {
    checkGraph(graph, where, file);
    graph.nodes.forEach((item, i) => {
      if (where !== '' && (item.type === 'input' || item.type === 'output'))
        fail(
          'document/end-in-block',
          `${file}: ${where}nodes[${i}].type: "${item.type}" is an end of the network and cannot stand inside a block.`,
          `Use "block-${item.type}".`,
        );
      const inner = where !== '' && (item.type === 'block-input' || item.type === 'block-output');
      if (!inner && !knownType(item.type) && !own.has(item.type))
        fail(
          'document/unknown-type',
          `${file}: ${where}nodes[${i}].type: no block is called "${item.type}".`,
          'It may come from a newer Stemma, or the block’s definition was removed from the file.',
        );
    });
  }
  refuseRecursion(document.blocks, file);
}

function refuseRecursion(blocks: readonly CustomBlock[], file: string): void {
  const byType = new Map(blocks.map((b) => [b.type, b]));
  const done = new Set<string>();
  const visit = (type: string, trail: readonly string[]): void => {
    const block = byType.get(type);
    if (!block || done.has(type)) return;
    if (trail.includes(type))
      fail(
        'document/recursive-block',
        `${file}: block "${type}" contains itself (${[...trail, type].join(' → ')}).`,
        'A block may use other blocks, but not itself.',
      );
    for (const item of block.nodes) visit(item.type, [...trail, type]);
    done.add(type);
  };
  for (const item of blocks) visit(item.type, []);
}
