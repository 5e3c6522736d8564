/** A TensorFlow graph under construction, that becomes one function. */
import type { Output, Pointer } from './c-api.node.ts';
import { type Attribute, type Attributes, type DType, int64s, type Runtime } from './runtime.node.ts';

/** What an operation takes: a tensor, or a list of them where its definition says so. */
export type Input = Output | readonly Output[];

export interface FunctionParts {
  readonly inputs: readonly Output[];
  readonly outputs: readonly Output[];
  /** Operations that must run though nothing reads them: updates of variables. */
  readonly effects: readonly Pointer[];
}

/** TF_Output as the C API wants an array of them: { pointer, int, padding }. */
const packed = (outputs: readonly Output[]) =>
  BigUint64Array.from(outputs.length > 0 ? outputs.flatMap(({ oper, index }) => [oper, index]) : [0], BigInt);

export class Graph {
  readonly #runtime: Runtime;
  readonly #graph: Pointer;
  readonly #consumers = new Map<Pointer, Pointer[]>();
  #count = 0;

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
    this.#graph = runtime.c.TF_NewGraph();
  }

  /** Adds an operation; its outputs are asked for by index. `after`: operations that must have run before it. */
  add(
    type: string,
    inputs: readonly Input[],
    attributes: Attributes = {},
    { after = [], name = type }: { after?: readonly Pointer[]; name?: string } = {},
  ): Pointer {
    const { c } = this.#runtime;
    const label = this.#runtime.name(`${name.replaceAll(/[^A-Za-z0-9_./-]/g, '_')}_${this.#count++}`);
    const description = c.TF_NewOperation(this.#graph, this.#runtime.name(type), label);
    for (const input of inputs) {
      if ('oper' in input) c.TF_AddInput(description, input);
      else c.TF_AddInputList(description, packed(input), input.length);
    }
    for (const operation of after) c.TF_AddControlInput(description, operation);
    for (const [key, attribute] of Object.entries(attributes)) this.#set(description, key, attribute);
    const operation = this.#runtime.checked(`${type} (${name})`, (status) =>
      c.TF_FinishOperation(description, status),
    );
    for (const { oper } of inputs.flat()) {
      const known = this.#consumers.get(oper);
      if (known) known.push(operation);
      else this.#consumers.set(oper, [operation]);
    }
    return operation;
  }

  /** Operations that read any output of another, so far. */
  consumersOf({ oper }: Output): readonly Pointer[] {
    return this.#consumers.get(oper) ?? [];
  }

  /** The first output of a new operation. */
  op(type: string, inputs: readonly Input[], attributes: Attributes = {}, name = type): Output {
    return { oper: this.add(type, inputs, attributes, { name }), index: 0 };
  }

  placeholder(dtype: DType, shape: readonly number[], name: string): Output {
    return this.op('Placeholder', [], { dtype: ['type', dtype], shape: ['shape', shape] }, name);
  }

  constant(dtype: DType, shape: readonly number[], values: ArrayBufferView): Output {
    return this.op('Const', [], { dtype: ['type', dtype], value: ['tensor', { dtype, shape, values }] });
  }

  #set(description: Pointer, key: string, [kind, value]: Attribute): void {
    const { c } = this.#runtime;
    const name = this.#runtime.name(key);
    switch (kind) {
      case 'type':
        c.TF_SetAttrType(description, name, value);
        break;
      case 'types':
        c.TF_SetAttrTypeList(description, name, Int32Array.from(value), value.length);
        break;
      case 'int':
        c.TF_SetAttrInt(description, name, value);
        break;
      case 'ints':
        c.TF_SetAttrIntList(description, name, int64s(value), value.length);
        break;
      case 'float':
        c.TF_SetAttrFloat(description, name, value);
        break;
      case 'bool':
        c.TF_SetAttrBool(description, name, value ? 1 : 0);
        break;
      case 'string': {
        const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
        c.TF_SetAttrString(description, name, bytes, bytes.length);
        break;
      }
      case 'strings': {
        const places = BigUint64Array.from(value, (text) => BigInt(this.#runtime.name(text)));
        const lengths = BigUint64Array.from(value, (text) => BigInt(new TextEncoder().encode(text).length));
        c.TF_SetAttrStringList(description, name, places, lengths, value.length);
        break;
      }
      case 'shape':
        c.TF_SetAttrShape(description, name, int64s(value), value.length);
        break;
      case 'tensor': {
        const tensor = this.#runtime.allocate(value.dtype, value.shape, value.values);
        this.#runtime.checked(key, (status) => c.TF_SetAttrTensor(description, name, tensor, status));
        c.TF_DeleteTensor(tensor);
        break;
      }
      default:
        throw new Error(`Stemma's own mistake: attribute ${key} of kind ${kind} in a graph`);
    }
  }

  /** Registers what was built under a name that the context can run; the graph is used up. */
  toFunction(name: string, { inputs, outputs, effects }: FunctionParts): void {
    const { c, context } = this.#runtime;
    const [ins, outs] = [packed(inputs), packed(outputs)];
    const controls = BigUint64Array.from(effects.length > 0 ? effects : [0], BigInt);
    const made = this.#runtime.checked(name, (status) =>
      c.TF_GraphToFunctionWithControlOutputs(
        ...([this.#graph, name, 0, -1, 0, inputs.length, ins, outputs.length, outs] as const),
        ...([0, effects.length, controls, 0, 0, name, status] as const),
      ),
    );
    try {
      this.#runtime.checked(name, (status) => c.TFE_ContextAddFunction(context, made, status));
    } finally {
      c.TF_DeleteFunction(made);
    }
    this.dispose();
  }

  dispose(): void {
    this.#runtime.c.TF_DeleteGraph(this.#graph);
  }
}
