/**
 * TensorFlow's C API as far as we use it: tensorflow/c/c_api.h and tensorflow/c/eager/c_api.h of 2.9 to 2.21. One table
 * holds every signature; the TypeScript types follow from it. A wrong signature ends the process, so change it with the
 * header beside you.
 */
import koffi, { type KoffiFunc, type LibraryHandle } from 'koffi';
import { AppError } from '../../base/errors.ts';
import type { TensorFlowLibrary } from './locate.node.ts';

/** An address; user space ends below 2^53, so that a plain number holds it. 0: none. */
export type Pointer = number;

/** TF_Output: one output of an operation of a graph. */
export interface Output {
  readonly oper: Pointer;
  readonly index: number;
}

const POINTER = 'uintptr_t';
const OUTPUT = 'StemmaTfOutput';
koffi.struct(OUTPUT, { oper: POINTER, index: 'int' });

const pointer = POINTER;
const buffer = 'void *';
const output = OUTPUT;
const nothing = 'void';

interface Passed {
  uintptr_t: Pointer;
  'void *': ArrayBufferView | null;
  StemmaTfOutput: Output;
  int: number;
  int64_t: number;
  size_t: number;
  float: number;
  uint8_t: number;
  str: string | null;
  void: undefined;
}

/** Result, then arguments. */
const signatures = {
  TF_Version: ['str'],
  TF_NewStatus: [pointer],
  TF_DeleteStatus: [nothing, pointer],
  TF_GetCode: ['int', pointer],
  TF_Message: ['str', pointer],

  TF_AllocateTensor: [pointer, 'int', buffer, 'int', 'size_t'],
  TF_TensorData: [pointer, pointer],
  TF_TensorByteSize: ['size_t', pointer],
  TF_DeleteTensor: [nothing, pointer],

  TFE_NewContextOptions: [pointer],
  TFE_DeleteContextOptions: [nothing, pointer],
  TFE_ContextOptionsSetConfig: [nothing, pointer, buffer, 'size_t', pointer],
  TFE_NewContext: [pointer, pointer, pointer],
  TFE_ContextListDevices: [pointer, pointer, pointer],
  TF_DeleteDeviceList: [nothing, pointer],
  TF_DeviceListCount: ['int', pointer],
  TF_DeviceListName: ['str', pointer, 'int', pointer],
  TF_DeviceListType: ['str', pointer, 'int', pointer],

  TFE_NewTensorHandle: [pointer, pointer, pointer],
  TFE_DeleteTensorHandle: [nothing, pointer],
  TFE_TensorHandleDataType: ['int', pointer],
  TFE_TensorHandleNumDims: ['int', pointer, pointer],
  TFE_TensorHandleDim: ['int64_t', pointer, 'int', pointer],
  TFE_TensorHandleResolve: [pointer, pointer, pointer],

  TFE_NewOp: [pointer, pointer, pointer, pointer],
  TFE_DeleteOp: [nothing, pointer],
  TFE_OpAddInput: [nothing, pointer, pointer, pointer],
  TFE_OpSetAttrString: [nothing, pointer, pointer, buffer, 'size_t'],
  TFE_OpSetAttrInt: [nothing, pointer, pointer, 'int64_t'],
  TFE_OpSetAttrIntList: [nothing, pointer, pointer, buffer, 'int'],
  TFE_OpSetAttrFloat: [nothing, pointer, pointer, 'float'],
  TFE_OpSetAttrFloatList: [nothing, pointer, pointer, buffer, 'int'],
  TFE_OpSetAttrBool: [nothing, pointer, pointer, 'uint8_t'],
  TFE_OpSetAttrBoolList: [nothing, pointer, pointer, buffer, 'int'],
  TFE_OpSetAttrType: [nothing, pointer, pointer, 'int'],
  TFE_OpSetAttrShape: [nothing, pointer, pointer, buffer, 'int', pointer],
  TFE_Execute: [nothing, pointer, buffer, buffer, pointer],
  TFE_ContextAddFunction: [nothing, pointer, pointer, pointer],
  TFE_ContextRemoveFunction: [nothing, pointer, 'str', pointer],

  TF_NewGraph: [pointer],
  TF_DeleteGraph: [nothing, pointer],
  TF_NewOperation: [pointer, pointer, pointer, pointer],
  TF_FinishOperation: [pointer, pointer, pointer],
  TF_AddInput: [nothing, pointer, output],
  TF_AddInputList: [nothing, pointer, buffer, 'int'],
  TF_AddControlInput: [nothing, pointer, pointer],
  TF_SetAttrString: [nothing, pointer, pointer, buffer, 'size_t'],
  TF_SetAttrStringList: [nothing, pointer, pointer, buffer, buffer, 'int'],
  TF_SetAttrInt: [nothing, pointer, pointer, 'int64_t'],
  TF_SetAttrIntList: [nothing, pointer, pointer, buffer, 'int'],
  TF_SetAttrFloat: [nothing, pointer, pointer, 'float'],
  TF_SetAttrBool: [nothing, pointer, pointer, 'uint8_t'],
  TF_SetAttrType: [nothing, pointer, pointer, 'int'],
  TF_SetAttrTypeList: [nothing, pointer, pointer, buffer, 'int'],
  TF_SetAttrShape: [nothing, pointer, pointer, buffer, 'int'],
  TF_SetAttrTensor: [nothing, pointer, pointer, pointer, pointer],
  TF_GraphToFunctionWithControlOutputs: [
    ...([pointer, pointer, 'str', 'uint8_t', 'int', pointer, 'int', buffer, 'int', buffer] as const),
    ...([pointer, 'int', buffer, pointer, pointer, 'str', pointer] as const),
  ],
  TF_DeleteFunction: [nothing, pointer],
} as const satisfies Record<string, readonly [keyof Passed, ...(keyof Passed)[]]>;

type Call<S> = S extends readonly [infer R extends keyof Passed, ...infer A extends readonly (keyof Passed)[]]
  ? (...args: { [K in keyof A]: Passed[A[K]] }) => Passed[R]
  : never;

export type TensorFlowC = { readonly [K in keyof typeof signatures]: Call<(typeof signatures)[K]> } & {
  /** TFE_Execute on another thread: this one goes on. */
  executeAside(op: Pointer, outputs: BigUint64Array, count: Int32Array, status: Pointer): Promise<void>;
  copyIn(to: Pointer, from: ArrayBufferView, bytes: number): void;
  copyOut(to: ArrayBufferView, from: Pointer, bytes: number): void;
  /** Bytes that stay where they are while the process lives. */
  keep(bytes: Uint8Array): Pointer;
};

/**
 * Loads the library into this process, from which it is not taken out again.
 * @throws AppError('engine/library') where it cannot be loaded or lacks a function
 */
export function loadTensorFlow(library: TensorFlowLibrary): TensorFlowC {
  const global = process.platform === 'linux';
  let loaded: LibraryHandle[];
  try {
    loaded = [library.framework, library.cc].map((file) => koffi.load(file, { lazy: true, global }));
  } catch (cause) {
    throw unusable(library, cause);
  }
  const find = (name: string, [result, ...args]: readonly string[]) => {
    let missing: unknown;
    for (const part of [...loaded].reverse()) {
      try {
        return part.func(name, result as string, args);
      } catch (error) {
        missing = error;
      }
    }
    throw unusable(library, missing);
  };
  const calls = Object.fromEntries(
    Object.entries(signatures).map(([name, signature]) => [name, find(name, signature)]),
  ) as unknown as { [K in keyof typeof signatures]: KoffiFunc<Call<(typeof signatures)[K]>> };
  const c = koffi.load(process.platform === 'win32' ? 'ucrtbase.dll' : null);
  holdFor(c, [library.framework, library.cc]);
  const copyIn = c.func('memcpy', POINTER, [POINTER, 'void *', 'size_t']);
  const copyOut = c.func('memcpy', POINTER, ['void *', POINTER, 'size_t']);
  return {
    ...calls,
    executeAside: (op, outputs, count, status) =>
      new Promise((resolve, reject) => {
        calls.TFE_Execute.async(op, outputs, count, status, (error) => (error ? reject(error) : resolve()));
      }),
    copyIn,
    copyOut,
    keep(bytes) {
      const at = Number(koffi.alloc('char', bytes.length || 1));
      if (bytes.length > 0) copyIn(at, bytes, bytes.length);
      return at;
    },
  };
}

/** RTLD_LAZY | RTLD_NODELETE, as dlfcn.h has them. */
const HOLD: Partial<Record<NodeJS.Platform, number>> = { linux: 0x1001, darwin: 0x81 };

/** At a natural end Node unloads libraries, which TensorFlow's threads do not outlive: the process would crash. */
function holdFor(c: LibraryHandle, files: readonly string[]): void {
  const flags = HOLD[process.platform];
  if (flags === undefined) return;
  const dlopen = c.func('dlopen', POINTER, ['str', 'int']);
  for (const file of files) dlopen(file, flags);
}

function unusable({ folder }: TensorFlowLibrary, cause: unknown): AppError {
  const words = cause instanceof Error ? cause.message : String(cause);
  return new AppError('engine/library', `TensorFlow's library in ${folder} cannot be used: ${words}`, {
    hint: "Install it anew with 'stemma engines install tensorflow', or train on the portable engine.",
    cause,
  });
}
