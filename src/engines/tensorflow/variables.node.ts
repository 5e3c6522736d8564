/** Tensors that stay on the device: weights, running statistics, an optimiser's slots. */
import type { HostTensor } from '../../weights/tensors.ts';
import { type Attributes, DType, type Handle, type Runtime } from './runtime.node.ts';

const FLOAT: Attributes = { dtype: ['type', DType.float32] };
let made = 0;

export class Variables {
  readonly #runtime: Runtime;
  readonly #handles = new Map<string, { handle: Handle; shape: readonly number[] }>();
  /** No two variables of a process may share a name: their contents would be shared too. */
  readonly #prefix = `stemma/${made++}`;

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  create(name: string, { shape, data }: HostTensor): void {
    const attributes: Attributes = {
      ...FLOAT,
      shape: ['shape', shape],
      shared_name: ['string', `${this.#prefix}/${name}`],
    };
    const [handle] = this.#runtime.execute('VarHandleOp', [], attributes, 1) as [Handle];
    this.#handles.set(name, { handle, shape });
    const value = this.#runtime.tensor(DType.float32, shape, data);
    try {
      this.#runtime.execute('AssignVariableOp', [handle, value], FLOAT, 0);
    } finally {
      this.#runtime.delete(value);
    }
  }

  handlesOf(names: readonly string[]): Handle[] {
    return names.map((name) => this.#of(name).handle);
  }

  read(name: string): HostTensor {
    const { handle, shape } = this.#of(name);
    const [value] = this.#runtime.execute('ReadVariableOp', [handle], FLOAT, 1) as [Handle];
    try {
      return { shape, data: this.#runtime.read(value, Float32Array) };
    } finally {
      this.#runtime.delete(value);
    }
  }

  #of(name: string) {
    const found = this.#handles.get(name);
    if (!found) throw new Error(`Stemma's own mistake: no variable ${name}`);
    return found;
  }

  dispose(): void {
    for (const { handle } of this.#handles.values()) {
      this.#runtime.execute('DestroyResourceOp', [handle], { ignore_lookup_error: ['bool', true] }, 0);
      this.#runtime.delete(handle);
    }
    this.#handles.clear();
  }
}
