import { openOpByOp } from '../compile/session.ts';
import { tf } from '../compile/tf.ts';
import type { Engine } from './engine.ts';
import { RANK } from './machine.ts';
import { portableOffers, WASM_BYTES } from './offers/processor.ts';
import { portableOps, startPortable } from './portable/backend.node.ts';

/** tf.js' wasm backend with the kernels that it lacks; see portable/. */
export const portable: Engine = {
  id: 'portable',
  title: 'Portable (WebAssembly)',
  rank: RANK.portable,
  offers: (machine) => portableOffers(machine, tf.version_core),
  memoryLimitBytes: WASM_BYTES,
  async open(network, weights, options) {
    await startPortable();
    return openOpByOp(network, weights, portableOps, options);
  },
};
