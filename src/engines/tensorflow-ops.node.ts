import { AppError } from '../base/errors.ts';
import { openOpByOp } from '../compile/session.ts';
import { plainOps } from '../compile/tensor-ops.ts';
import type { Engine } from './engine.ts';
import { processorDevice, RANK } from './machine.ts';
import { addOnFile, startBackend } from './tensorflow/tfjs/backend.node.ts';
import { provenTensorFlow } from './tensorflow/try.node.ts';
import { startTensorFlow } from './tensorflow.node.ts';

/** tfjs-node-gpu's backend and kernels: the same library as `tensorflow`, without its one function a step. */
export const tensorflowOps: Engine = {
  id: 'tensorflow-ops',
  title: 'TensorFlow, op by op',
  rank: RANK.onRequest,
  offers(machine) {
    const { tensorflow } = machine;
    const available = tensorflow.found || addOnFile() !== undefined;
    const reason = available
      ? `Several times slower than one function a step: for comparison, and only on request.${tensorflow.found ? '' : " Over tfjs-node's own add-on."}`
      : "Neither TensorFlow's library nor tfjs-node's add-on is here; 'stemma engines install' fetches them.";
    const version = tensorflow.found ? tensorflow.version : '';
    return [{ device: processorDevice(machine), available, reason, version, rank: RANK.onRequest }];
  },
  async open(network, weights, options) {
    const { library } = await provenTensorFlow();
    const addOn = addOnFile();
    if (library) await startBackend(startTensorFlow(options.device).of);
    else if (addOn) await startBackend({ addOn });
    else
      throw new AppError('engine/unavailable', "TensorFlow's library is not here.", {
        hint: "'stemma engines install tensorflow' fetches it.",
      });
    return openOpByOp(network, weights, plainOps, options);
  },
};
