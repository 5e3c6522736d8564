/** What a node of any type takes: parameters and ports, of ops, shipped blocks and custom blocks alike. */
import { findBlock } from '../blocks/index.ts';
import type { CustomBlock, DocNode } from '../document/model.ts';
import { isOpKind, opOf } from '../network/ops/index.ts';
import { letterOf } from '../network/ops/joining.ts';
import { int, type ParamSchema } from '../schema/params.ts';

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
  const custom = blocks.find((b) => b.type === type);
  return custom && customSchema(custom, blocks);
}

const customSchemas = new WeakMap<CustomBlock, ParamSchema>();

/** A custom block's exposed parameters keep the kind of what they set; defaults are the inner node's own values. */
export function customSchema(block: CustomBlock, blocks: readonly CustomBlock[]): ParamSchema {
  const known = customSchemas.get(block);
  if (known) return known;
  const schema: Record<string, ParamSchema[string]> = {
    repeat: int({ min: 1, max: 1000, default: block.repeat, help: 'How many copies in a row.' }),
  };
  for (const { name, node, param } of block.exposed) {
    const inner = block.nodes.find((n) => n.id === node);
    const kind = inner && schemaOf(inner.type, blocks)?.[param];
    if (!inner || !kind) continue;
    const given = kind.parse(inner.params[param] ?? kind.default);
    schema[name] = given.ok ? { ...kind, default: given.value } : kind;
  }
  customSchemas.set(block, schema);
  return schema;
}

/** Input and output ports of a node, by name. */
export function portsOf(node: DocNode, blocks: readonly CustomBlock[]): Ports {
  if (isOpKind(node.type)) {
    const { arity } = opOf(node.type);
    const outputs = node.type === 'output' ? [] : ['out'];
    if (arity === 0) return { inputs: [], outputs };
    if (arity === 1) return { inputs: ['in'], outputs };
    const count = inputsParam.parse(node.params.inputs ?? 2);
    return { inputs: Array.from({ length: count.ok ? count.value : 2 }, (_, i) => letterOf(i)), outputs };
  }
  if (node.type === 'block-input') return { inputs: [], outputs: ['out'] };
  if (node.type === 'block-output') return { inputs: ['in'], outputs: [] };
  const custom = blocks.find((b) => b.type === node.type);
  if (custom)
    return {
      inputs: custom.nodes.filter((n) => n.type === 'block-input').map((n) => n.name),
      outputs: custom.nodes.filter((n) => n.type === 'block-output').map((n) => n.name),
    };
  return { inputs: ['in'], outputs: ['out'] };
}
