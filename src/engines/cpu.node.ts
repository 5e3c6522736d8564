import { AppError } from '../base/errors.ts';
import { openOpByOp } from '../compile/session.ts';
import { plainOps } from '../compile/tensor-ops.ts';
import { tf } from '../compile/tf.ts';
import type { Engine } from './engine.ts';
import { RANK } from './machine.ts';
import { javascriptOffers } from './offers/processor.ts';

/** tf.js' backend of plain JavaScript. */
export const cpu: Engine = {
  id: 'cpu',
  title: 'Plain JavaScript',
  rank: RANK.onRequest,
  offers: (machine) => javascriptOffers(machine, tf.version_core),
  async open(network, weights, options) {
    if (!(await tf.setBackend('cpu')) || tf.getBackend() !== 'cpu')
      throw new AppError('engine/unavailable', 'The plain JavaScript engine did not start.');
    return openOpByOp(network, weights, plainOps, options);
  },
};
