import { AppError } from '../base/errors.ts';
import { firstUnsupported } from '../compile/kernels.ts';
import { openOpByOp } from '../compile/session.ts';
import { plainOps } from '../compile/tensor-ops.ts';
import { tf } from '../compile/tf.ts';
import type { Engine } from './engine.ts';
import { RANK } from './machine.ts';
import { webgpuOffers } from './offers/webgpu.ts';
import { startWebGpu } from './webgpu/backend.node.ts';

/** tf.js' WebGPU backend over Dawn (npm `webgpu`), op by op; see webgpu/. */
export const webgpu: Engine = {
  id: 'webgpu',
  title: 'WebGPU (Dawn)',
  rank: RANK.webgpu,
  offers: (machine) => webgpuOffers(machine, tf.version_core),
  async open(network, weights, options) {
    const watched = await startWebGpu(options.device);
    const lack = firstUnsupported(network, (kernel) => tf.getKernel(kernel, 'webgpu') !== undefined);
    if (lack)
      throw new AppError(
        'engine/unsupported',
        `Layer '${lack.layer.path}' (${lack.layer.op}) needs '${lack.kernel}', which the WebGPU engine lacks.`,
        { hint: 'Use --engine portable, or another kind of layer.' },
      );
    const session = openOpByOp(network, weights, plainOps, options);
    return {
      step: (...args) => watched.guard(() => session.step(...args)),
      predict: (...args) => watched.guard(() => session.predict(...args)),
      weights: () => watched.guard(() => session.weights()),
      state: () => watched.guard(() => session.state()),
      dispose: () => session.dispose(),
    };
  },
};
