/** What a node of any type takes: parameters and ports, of ops, shipped blocks and custom blocks alike. */
import { findBlock } from '../blocks/index.ts';
import type { CustomBlock, DocNode } from '../document/model.ts';
import { isOpKind, opOf } from '../network/ops/index.ts';
import { letterOf } from '../network/ops/joining.ts';
import { int, type ParamSchema, type ParamValue } from '../schema/params.ts';
import { parseParams } from '../schema/parse.ts';

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
  const custom = blockOf(type, blocks);
  return custom && customSchema(custom, blocks);
}

/** What is known of a document's own blocks; it belongs to the list, since blocks are made of blocks. */
interface Table {
  readonly byType: ReadonlyMap<string, CustomBlock>;
  readonly schemas: Map<string, ParamSchema>;
  readonly ports: Map<string, Ports>;
}
const tables = new WeakMap<readonly CustomBlock[], Table>();

function tableOf(blocks: readonly CustomBlock[]): Table {
  let table = tables.get(blocks);
  if (!table) {
    table = { byType: new Map(blocks.map((b) => [b.type, b])), schemas: new Map(), ports: new Map() };
    tables.set(blocks, table);
  }
  return table;
}

/** A document's own block of this type. */
export function blockOf(type: string, blocks: readonly CustomBlock[]): CustomBlock | undefined {
  return blocks.length === 0 ? undefined : tableOf(blocks).byType.get(type);
}

/** A custom block's exposed parameters keep the kind of what they set; defaults are the inner node's own values. */
function customSchema(block: CustomBlock, blocks: readonly CustomBlock[]): ParamSchema {
  const { schemas } = tableOf(blocks);
  const known = schemas.get(block.type);
  if (known) return known;
  const schema: Record<string, ParamSchema[string]> = {
    repeat: int({ min: 1, max: 1000, default: block.repeat, help: 'How many copies in a row.' }),
  };
  // Entered before it is complete, so that a block that contains itself comes to an end.
  schemas.set(block.type, schema);
  for (const { name, node, param } of block.exposed) {
    const inner = block.nodes.find((n) => n.id === node);
    const kind = inner && schemaOf(inner.type, blocks)?.[param];
    if (!inner || !kind) continue;
    const given = kind.parse(inner.params[param] ?? kind.default);
    schema[name] = given.ok ? { ...kind, default: given.value } : kind;
  }
  return schema;
}

const begins: Ports = { inputs: [], outputs: ['out'] };
const ends: Ports = { inputs: ['in'], outputs: [] };
const through: Ports = { inputs: ['in'], outputs: ['out'] };
const joining = new Map<number, Ports>();

/** Input and output ports of a node, by name. Nodes of equal ports get the same object. */
export function portsOf(node: DocNode, blocks: readonly CustomBlock[]): Ports {
  const { type } = node;
  if (isOpKind(type)) {
    const { arity } = opOf(type);
    if (arity === 0) return begins;
    if (arity === 1) return type === 'output' ? ends : through;
    const given = inputsParam.parse(node.params.inputs ?? inputsParam.default);
    const count = given.ok ? given.value : inputsParam.default;
    let ports = joining.get(count);
    if (!ports) {
      ports = { inputs: Array.from({ length: count }, (_, i) => letterOf(i)), outputs: ['out'] };
      joining.set(count, ports);
    }
    return ports;
  }
  if (type === 'block-input') return begins;
  if (type === 'block-output') return ends;
  const custom = findBlock(type) ? undefined : blockOf(type, blocks);
  if (!custom) return through;
  const known = tableOf(blocks).ports;
  let ports = known.get(type);
  if (!ports) {
    const names = (end: string) => custom.nodes.filter((n) => n.type === end).map((n) => n.name);
    ports = { inputs: names('block-input'), outputs: names('block-output') };
    known.set(type, ports);
  }
  return ports;
}

/** A node's parameters with the defaults of those that it does not set, or sets to what cannot be. */
export function completeParams(
  node: DocNode,
  blocks: readonly CustomBlock[],
): Readonly<Record<string, ParamValue>> {
  return parseParams(schemaOf(node.type, blocks) ?? {}, node.params).value;
}
