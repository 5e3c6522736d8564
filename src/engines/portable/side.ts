/** The side module with the kernels that tf.js' wasm backend lacks, on that backend's own memory. */
import type { NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs';
import { AppError, invariant } from '../../base/errors.ts';
import { tf } from '../../compile/tf.ts';

interface WasmModule {
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  HEAPU8: Uint8Array;
}

/** The parts of tfjs-backend-wasm's backend that we rely on; its package exports no type for them. */
export interface WasmBackend {
  wasm: WasmModule;
  dataIdMap: { get(id: object): { memoryOffset: number } };
  makeOutput(shape: readonly number[], dtype: 'float32', memoryOffset?: number): TensorInfo;
  /** The memory behind an id is freed when as many owners have disposed of it. */
  incRef(id: object): void;
  disposeData(id: object): boolean;
}

type Kernel = (...args: number[]) => void;

/** What the .c files beside this one export; pointers are bytes. */
export interface Side {
  /** Floats of scratch memory that the convolutions need, of the `Conv` at a pointer. */
  conv_scratch(conv: number): number;
  readonly conv_forward: Kernel;
  readonly conv_input_gradient: Kernel;
  readonly conv_filter_gradient: Kernel;
  readonly column_sums: Kernel;
  readonly max_pool_gradient: Kernel;
  readonly batch_norm_statistics: Kernel;
  readonly batch_norm_apply: Kernel;
  readonly batch_norm_gradient: Kernel;
}

const STACK_BYTES = 65536;

export function startSide(bytes: Uint8Array, memory: WebAssembly.Memory, backend: WasmBackend): Side {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  const stack = backend.wasm._malloc(STACK_BYTES) >>> 0;
  const pointer = instance.exports.__stack_pointer;
  invariant(pointer instanceof WebAssembly.Global, 'kernels.wasm exports no stack pointer');
  pointer.value = stack + STACK_BYTES;
  return instance.exports as unknown as Side;
}

/** Where a tensor lies in the backend's memory. */
export function offsetOf(backend: WasmBackend, tensor: TensorInfo): number {
  return backend.dataIdMap.get(tensor.dataId).memoryOffset;
}

/** Runs `use` with scratch memory of so many floats. */
export function withScratch(
  backend: WasmBackend,
  floats: readonly number[],
  use: (...at: number[]) => void,
): void {
  const at = floats.map((count) => backend.wasm._malloc(count * 4) >>> 0);
  try {
    use(...at);
  } finally {
    for (const pointer of at) backend.wasm._free(pointer);
  }
}

/**
 * tf.js' wasm backend never asks whether its allocation succeeded and would write to address 0. A wasm heap ends at
 * 4 GB at most, one tensor at 2 GB.
 */
export function guardAllocation(backend: WasmBackend): void {
  const { wasm } = backend;
  // The module replaces its own _malloc at the first call, and would replace ours.
  wasm._free(wasm._malloc(8));
  const malloc = wasm._malloc.bind(wasm);
  let broken = false;
  wasm._malloc = (bytes: number) => {
    let pointer = 0;
    try {
      // The module's allocator takes sizes for signed, and beyond 32 bits they would wrap round to small ones.
      if (bytes < 2 ** 31 && !broken) pointer = malloc(bytes);
    } catch {
      // The module aborts some failed growths by throwing; to the caller both are one condition, told below.
    }
    // Near 4 GB the end of the heap itself wraps round: what is answered lies outside, and what it would answer next
    // lies on other tensors. So this is the end of this backend.
    if (pointer !== 0 && (pointer >>> 0) + bytes > wasm.HEAPU8.length) {
      broken = true;
      pointer = 0;
    }
    if (pointer === 0 && bytes > 0)
      throw new AppError(
        'engine/out-of-memory',
        `The portable engine has no memory left: it asked for ${(bytes / 2 ** 20).toFixed(1)} MB and holds ${(wasm.HEAPU8.length / 2 ** 20).toFixed(0)} MB of at most 4,096 MB (2,048 MB for one tensor).`,
        { hint: 'Use a smaller batch, smaller images or a smaller network.' },
      );
    return pointer;
  };
}

/** Registers a kernel; replaces tf.js' own of that name. */
export function register(
  kernelName: string,
  run: (
    inputs: NamedTensorInfoMap,
    attrs: Record<string, unknown>,
    backend: WasmBackend,
  ) => TensorInfo | TensorInfo[],
): void {
  if (tf.getKernel(kernelName, 'wasm')) tf.unregisterKernel(kernelName, 'wasm');
  tf.registerKernel({
    kernelName,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs, backend }) =>
      run(inputs as NamedTensorInfoMap, (attrs ?? {}) as Record<string, unknown>, backend as WasmBackend),
  });
}
