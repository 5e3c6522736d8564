/** TensorFlow's eager context: tensors on a device, operations and functions run one by one. */
import { AppError, invariant } from '../../base/errors.ts';
import { loadTensorFlow, type Pointer, type TensorFlowC } from './c-api.node.ts';
import type { TensorFlowLibrary } from './locate.node.ts';

/** TF_DataType. */
export const DType = { float32: 1, int32: 3, uint8: 4, string: 7, int64: 9, bool: 10, resource: 20 } as const;
export type DType = (typeof DType)[keyof typeof DType];

/** An attribute of an operation: its kind, and its value. */
export type Attribute =
  | readonly ['type', number]
  | readonly ['types', readonly number[]]
  | readonly ['int', number]
  | readonly ['ints', readonly number[]]
  | readonly ['float', number]
  | readonly ['floats', readonly number[]]
  | readonly ['bool', boolean]
  | readonly ['bools', readonly boolean[]]
  | readonly ['string', string | Uint8Array]
  | readonly ['strings', readonly string[]]
  | readonly ['shape', readonly number[]]
  | readonly ['tensor', { dtype: DType; shape: readonly number[]; values: ArrayBufferView }];
export type Attributes = Readonly<Record<string, Attribute>>;

/** An eager tensor. Whoever gets one deletes it. */
export type Handle = Pointer & { readonly handle?: never };

export interface Device {
  /** As TensorFlow names it: /job:localhost/replica:0/task:0/device:GPU:0 */
  readonly name: string;
  readonly type: string;
}

export interface RuntimeOptions {
  /** Threads within one operation; 0: TensorFlow's choice. */
  readonly intraThreads?: number;
  /** Operations at a time; 0: TensorFlow's choice. */
  readonly interThreads?: number;
}

export const int64s = (values: readonly number[]) => BigInt64Array.from(values, BigInt);
const utf8 = new TextEncoder();

/** A protocol buffer's varint field; https://protobuf.dev/programming-guides/encoding/ */
const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)];
const varintField = (field: number, value: number) => [field << 3, ...varint(value)];

/** A ConfigProto; empty where TensorFlow is to choose. */
export function configOf({ intraThreads = 0, interThreads = 0 }: RuntimeOptions): Uint8Array {
  return Uint8Array.from([
    ...(intraThreads > 0 ? varintField(2, intraThreads) : []),
    ...(interThreads > 0 ? varintField(5, interThreads) : []),
  ]);
}

/** One context. Not for use by several callers at the same moment, except that `run` may be awaited. */
export class Runtime {
  readonly c: TensorFlowC;
  readonly context: Pointer;
  readonly devices: readonly Device[];
  readonly version: string;
  readonly library: TensorFlowLibrary;
  /** Eager tensors that were made here and not deleted. */
  live = 0;
  readonly #status: Pointer;
  readonly #names = new Map<string, Pointer>();

  /** @throws AppError('engine/library') where the library cannot be loaded */
  constructor(library: TensorFlowLibrary, options: RuntimeOptions = {}) {
    const c = loadTensorFlow(library);
    this.c = c;
    this.library = library;
    this.#status = c.TF_NewStatus();
    this.version = c.TF_Version() ?? '';
    const config = configOf(options);
    const contextOptions = c.TFE_NewContextOptions();
    if (config.length > 0)
      this.#check('its options', () =>
        c.TFE_ContextOptionsSetConfig(contextOptions, config, config.length, this.#status),
      );
    this.context = this.#check('its context', () => c.TFE_NewContext(contextOptions, this.#status));
    c.TFE_DeleteContextOptions(contextOptions);
    this.devices = this.#listDevices();
  }

  #listDevices(): Device[] {
    const { c } = this;
    const list = this.#check('its devices', () => c.TFE_ContextListDevices(this.context, this.#status));
    const devices = Array.from({ length: c.TF_DeviceListCount(list) }, (_, i) => ({
      name: c.TF_DeviceListName(list, i, this.#status) ?? '',
      type: c.TF_DeviceListType(list, i, this.#status) ?? '',
    }));
    c.TF_DeleteDeviceList(list);
    return devices;
  }

  /** Calls with the status, and throws what it says. `what`: the operation's name, for the person. */
  checked<T>(what: string, call: (status: Pointer) => T): T {
    return this.#check(what, () => call(this.#status));
  }

  #check<T>(what: string, call: () => T): T {
    const result = call();
    this.#throwIfFailed(what, this.#status);
    return result;
  }

  #throwIfFailed(what: string, status: Pointer): void {
    const code = this.c.TF_GetCode(status);
    if (code !== 0) throw tensorFlowError(what, code, this.c.TF_Message(status) ?? '');
  }

  /** A C string that is never freed: names of operations and attributes, a few hundred. */
  name(text: string): Pointer {
    let at = this.#names.get(text);
    if (at === undefined) {
      at = this.c.keep(utf8.encode(`${text}\0`));
      this.#names.set(text, at);
    }
    return at;
  }

  /** A TF_Tensor; the caller deletes it. */
  allocate(dtype: DType, shape: readonly number[], values: ArrayBufferView): Pointer {
    const { c } = this;
    const tensor = c.TF_AllocateTensor(dtype, int64s(shape), shape.length, values.byteLength);
    if (tensor === 0) throw tensorFlowError('a tensor', RESOURCE_EXHAUSTED, `${values.byteLength} bytes`);
    if (values.byteLength > 0) c.copyIn(c.TF_TensorData(tensor), values, values.byteLength);
    return tensor;
  }

  tensor(dtype: DType, shape: readonly number[], values: ArrayBufferView): Handle {
    const tensor = this.allocate(dtype, shape, values);
    try {
      const handle = this.checked('a tensor', (status) => this.c.TFE_NewTensorHandle(tensor, status));
      this.live++;
      return handle;
    } finally {
      this.c.TF_DeleteTensor(tensor);
    }
  }

  delete(handle: Handle): void {
    this.c.TFE_DeleteTensorHandle(handle);
    this.live--;
  }

  dtypeOf(handle: Handle): number {
    return this.c.TFE_TensorHandleDataType(handle);
  }

  shapeOf(handle: Handle): number[] {
    const { c } = this;
    const rank = this.checked('a shape', (status) => c.TFE_TensorHandleNumDims(handle, status));
    return Array.from({ length: rank }, (_, i) =>
      this.checked('a shape', (status) => c.TFE_TensorHandleDim(handle, i, status)),
    );
  }

  /** A copy of what a tensor holds, waiting for it. */
  read<T extends Float32Array | Int32Array | Uint8Array>(handle: Handle, Type: new (length: number) => T): T {
    const { c } = this;
    const tensor = this.checked('a result', (status) => c.TFE_TensorHandleResolve(handle, status));
    try {
      const bytes = c.TF_TensorByteSize(tensor);
      const empty = new Type(0);
      invariant(bytes % empty.BYTES_PER_ELEMENT === 0, `a tensor of ${bytes} bytes read as ${Type.name}`);
      const values = new Type(bytes / empty.BYTES_PER_ELEMENT);
      if (bytes > 0) c.copyOut(values, c.TF_TensorData(tensor), bytes);
      return values;
    } finally {
      c.TF_DeleteTensor(tensor);
    }
  }

  /** Runs an operation or a function here and now. */
  execute(name: string, inputs: readonly Handle[], attributes: Attributes, outputs: number): Handle[] {
    const { c } = this;
    const op = this.#prepare(name, inputs, attributes);
    try {
      const made = new BigUint64Array(outputs || 1);
      const count = Int32Array.of(outputs);
      this.checked(name, (status) => c.TFE_Execute(op, made, count, status));
      return this.#take(made, count);
    } finally {
      c.TFE_DeleteOp(op);
    }
  }

  /** The same on another thread. */
  async run(name: string, inputs: readonly Handle[], attributes: Attributes, outputs: number) {
    const { c } = this;
    const op = this.#prepare(name, inputs, attributes);
    const status = c.TF_NewStatus();
    try {
      const made = new BigUint64Array(outputs || 1);
      const count = Int32Array.of(outputs);
      await c.executeAside(op, made, count, status);
      this.#throwIfFailed(name, status);
      return this.#take(made, count);
    } finally {
      c.TFE_DeleteOp(op);
      c.TF_DeleteStatus(status);
    }
  }

  removeFunction(name: string): void {
    this.checked(name, (status) => this.c.TFE_ContextRemoveFunction(this.context, name, status));
  }

  #take(made: BigUint64Array, count: Int32Array): Handle[] {
    const handles = Array.from(made.subarray(0, count[0]), Number);
    this.live += handles.length;
    return handles;
  }

  #prepare(name: string, inputs: readonly Handle[], attributes: Attributes): Pointer {
    const { c } = this;
    const op = this.checked(name, (status) => c.TFE_NewOp(this.context, this.name(name), status));
    try {
      for (const input of inputs) this.checked(name, (status) => c.TFE_OpAddInput(op, input, status));
      for (const [key, attribute] of Object.entries(attributes)) this.#setAttribute(op, key, attribute);
      return op;
    } catch (error) {
      c.TFE_DeleteOp(op);
      throw error;
    }
  }

  #setAttribute(op: Pointer, key: string, [kind, value]: Attribute): void {
    const { c } = this;
    const name = this.name(key);
    switch (kind) {
      case 'type':
        c.TFE_OpSetAttrType(op, name, value);
        break;
      case 'int':
        c.TFE_OpSetAttrInt(op, name, value);
        break;
      case 'ints':
        c.TFE_OpSetAttrIntList(op, name, int64s(value), value.length);
        break;
      case 'float':
        c.TFE_OpSetAttrFloat(op, name, value);
        break;
      case 'floats':
        c.TFE_OpSetAttrFloatList(op, name, Float32Array.from(value), value.length);
        break;
      case 'bool':
        c.TFE_OpSetAttrBool(op, name, value ? 1 : 0);
        break;
      case 'bools':
        c.TFE_OpSetAttrBoolList(op, name, Uint8Array.from(value, Number), value.length);
        break;
      case 'string': {
        const bytes = typeof value === 'string' ? utf8.encode(value) : value;
        c.TFE_OpSetAttrString(op, name, bytes, bytes.length);
        break;
      }
      case 'shape':
        this.checked(key, (status) => c.TFE_OpSetAttrShape(op, name, int64s(value), value.length, status));
        break;
      default:
        throw new Error(`Stemma's own mistake: attribute ${key} of kind ${kind} on an eager operation`);
    }
  }
}

const RESOURCE_EXHAUSTED = 8;

/** What TensorFlow says, in one sentence with the operation's name: https://www.tensorflow.org/api_docs/cc/namespace/absl */
function tensorFlowError(what: string, code: number, message: string): AppError {
  const words = message.split('\n')[0] ?? '';
  if (code === RESOURCE_EXHAUSTED || /OOM when allocating|out of memory/i.test(message))
    return new AppError('engine/out-of-memory', `TensorFlow ran out of memory at ${what}: ${words}`, {
      hint: 'Use a smaller batch or smaller pictures.',
    });
  return new AppError('engine/tensorflow', `TensorFlow failed at ${what} (code ${code}): ${words}`);
}
