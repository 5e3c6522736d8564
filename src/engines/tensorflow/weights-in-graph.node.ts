/** Variables as a graph sees them: handles that come in, what they hold, and who reads it. */
import type { Output, Pointer } from './c-api.node.ts';
import type { Graph } from './graph.node.ts';
import { type Attributes, DType } from './runtime.node.ts';

const FLOAT: Attributes = { dtype: ['type', DType.float32] };

export class WeightsInGraph {
  readonly #graph: Graph;
  readonly #handles = new Map<string, Output>();
  readonly #values = new Map<string, Output>();

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** In the order in which their handles go into the function. */
  get names(): string[] {
    return [...this.#handles.keys()];
  }

  get inputs(): Output[] {
    return [...this.#handles.values()];
  }

  handle(name: string): Output {
    let handle = this.#handles.get(name);
    if (!handle) {
      handle = this.#graph.placeholder(DType.resource, [], name);
      this.#handles.set(name, handle);
    }
    return handle;
  }

  /** What it holds as the function begins. */
  value(name: string): Output {
    let value = this.#values.get(name);
    if (!value) {
      value = this.#graph.op('ReadVariableOp', [this.handle(name)], FLOAT, name);
      this.#values.set(name, value);
    }
    return value;
  }

  /**
   * Operations that read what it held. An update that waits for them finds the memory its own and changes it in place;
   * one that did not would be as right, but copy first.
   */
  readers(name: string): readonly Pointer[] {
    const value = this.#values.get(name);
    return value ? this.#graph.consumersOf(value) : [];
  }

  assign(name: string, value: Output): Pointer {
    const after = this.readers(name).filter((reader) => reader !== value.oper);
    return this.#graph.add('AssignVariableOp', [this.handle(name), value], FLOAT, { after, name });
  }
}
