import { openOpByOp } from '../compile/session.ts';
import { tf } from '../compile/tf.ts';
import type { Engine } from './engine.ts';
import { portableOps, startPortable } from './portable/backend.node.ts';
import { processor } from './processor.node.ts';

/** tf.js' wasm backend with the kernels that it lacks; see portable/. */
export const portable: Engine = {
  id: 'portable',
  title: 'Portable (WebAssembly)',
  rank: 1,
  availability: async () => ({
    available: true,
    device: processor(),
    reason: 'Runs everywhere, one thread with SIMD; kernels that tf.js lacks for training are supplied.',
    version: tf.version_core,
  }),
  // A wasm memory ends there.
  memoryLimitBytes: 2 ** 32,
  async open(network, weights, options) {
    await startPortable();
    return openOpByOp(network, weights, portableOps, options);
  },
};
