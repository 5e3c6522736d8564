/** tf.js' wasm backend, completed for training. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { AppError, invariant } from '../../base/errors.ts';
import type { TensorOps } from '../../compile/tensor-ops.ts';
import { tf } from '../../compile/tf.ts';
import { batchNormTrain, registerBatchNorm } from './batch-norm.ts';
import { conv2d, registerConvolutions } from './convolution.ts';
import { guardAllocation, startSide, type WasmBackend } from './side.ts';
import { registerFasterKernels } from './stock.ts';

export const portableOps: TensorOps = { conv2d, batchNormTrain };

/** The backend keeps its memory to itself; it is seen once, as it is made. */
let memory: WebAssembly.Memory | undefined;
let told = false;
let registered = false;
let starting: Promise<void> = Promise.resolve();

/**
 * Makes it tf.js' backend, also after another engine was; a failed start may be tried again.
 * @throws AppError where WebAssembly SIMD is missing or the backend does not start; never falls back silently
 */
export function startPortable(): Promise<void> {
  // One after the other, whether or not the one before succeeded: while it starts, WebAssembly.instantiate is ours.
  starting = starting.catch(() => {}).then(start);
  return starting;
}

async function start(): Promise<void> {
  tellPaths();
  await watchMemory(async () => {
    const ok = await tf.setBackend('wasm');
    // tf.js falls back to its pure JavaScript backend, hundreds of times slower, without a word.
    if (!ok || tf.getBackend() !== 'wasm')
      throw new AppError(
        'engine/unavailable',
        'The portable engine did not start: WebAssembly with SIMD is needed.',
        {
          hint: 'Use Node 20 or newer on a processor of the last ten years.',
        },
      );
  });
  if (registered) return;
  register();
  registered = true;
}

/** Once: after its first attempt, successful or not, the backend wants to hear of no paths. */
function tellPaths(): void {
  if (told) return;
  const wasmFile = createRequire(import.meta.url).resolve(
    '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm',
  );
  setWasmPaths(dirname(wasmFile) + sep);
  told = true;
}

async function watchMemory(use: () => Promise<void>): Promise<void> {
  if (memory) return use();
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (source, imports) => {
    const made = await instantiate(source, imports);
    const { exports } = 'instance' in made && made.instance ? made.instance : (made as WebAssembly.Instance);
    memory ??= Object.values(exports).find((value) => value instanceof WebAssembly.Memory);
    return made;
  };
  try {
    await use();
  } finally {
    WebAssembly.instantiate = instantiate;
  }
}

/** Once: what ours do not cover still goes to the kernels that they replace. */
function register(): void {
  invariant(memory, 'the wasm backend made no memory');
  const kernels = readFileSync(new URL('./kernels.wasm', import.meta.url));
  const backend = tf.backend() as unknown as WasmBackend;
  guardAllocation(backend);
  const side = startSide(kernels, memory, backend);
  registerConvolutions(side);
  registerBatchNorm(side);
  registerFasterKernels(side);
}
