/** Engines that run everywhere, on the processor. */
import { type Machine, type Offer, processorDevice, RANK } from '../machine.ts';

/** A wasm memory ends there. */
export const WASM_BYTES = 2 ** 32;

export function portableOffers(machine: Machine, version: string): Offer[] {
  const device = processorDevice(machine, WASM_BYTES);
  return [
    machine.wasmSimd
      ? {
          ...{ device, available: true, version, rank: RANK.portable },
          reason:
            'Runs everywhere, one thread with SIMD; kernels that tf.js lacks for training are supplied.',
        }
      : {
          ...{ device, available: false, version, rank: RANK.portable },
          reason:
            'WebAssembly with SIMD is needed and not here: use Node 20 or newer on a processor of the last ten years.',
        },
  ];
}

export function javascriptOffers(machine: Machine, version: string): Offer[] {
  return [
    {
      device: processorDevice(machine),
      available: true,
      reason: 'Hundreds of times slower than PyTorch: for comparison only, and only on request.',
      version,
      rank: RANK.onRequest,
    },
  ];
}
