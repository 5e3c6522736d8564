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
  async start() {
    await startPortable();
    return portableOps;
  },
};
