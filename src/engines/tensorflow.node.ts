import { AppError } from '../base/errors.ts';
import type { Availability, Engine } from './engine.ts';
import { processor } from './processor.node.ts';
import { type Located, locateTensorFlow } from './tensorflow/locate.node.ts';
import { Runtime } from './tensorflow/runtime.node.ts';
import { openSession } from './tensorflow/session.node.ts';
import { traitsOf } from './tensorflow/traits.node.ts';
import { provenTensorFlow } from './tensorflow/try.node.ts';

/** What is found, in words. Loads nothing. */
export function tensorflowAvailability({ library, looked }: Located): Availability {
  if (library)
    return {
      available: true,
      device: processor(),
      reason: `Each step is one function of TensorFlow ${library.version || '(version untold)'} in ${library.folder}.`,
      version: library.version,
    };
  const why = looked.map((place) => `${place.place}: ${place.why}`).join(' ');
  return {
    available: false,
    device: 'none',
    reason: `No TensorFlow library is usable here; 'stemma engines install tensorflow' fetches one. ${why}`,
    version: '',
  };
}

let runtime: { readonly of: Runtime; readonly traits: ReturnType<typeof traitsOf> } | undefined;

/** A process has one: what is loaded cannot be taken out again, and its variables are those of a context. */
export function startTensorFlow(): { readonly of: Runtime; readonly traits: ReturnType<typeof traitsOf> } {
  if (runtime) return runtime;
  const located = locateTensorFlow();
  if (!located.library)
    throw new AppError('engine/unavailable', tensorflowAvailability(located).reason, {
      hint: 'Or train on the portable engine.',
    });
  const { threads = 0 } = located.library;
  setBeforeLoading();
  const of = new Runtime(located.library, { intraThreads: threads });
  runtime = { of, traits: traitsOf(of) };
  return runtime;
}

/** The library reads these as it is loaded; what the person has set stays. */
function setBeforeLoading(): void {
  // On processors without AVX-512 TensorFlow leaves oneDNN off, and is four times slower.
  process.env.TF_ENABLE_ONEDNN_OPTS ??= '1';
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '3';
  // Else it takes all the memory of a GPU at once: https://www.tensorflow.org/guide/gpu
  process.env.TF_FORCE_GPU_ALLOW_GROWTH ??= 'true';
}

/** TensorFlow's own library, driven through its C API: a step of training is one function. */
export const tensorflow: Engine = {
  id: 'tensorflow',
  title: 'TensorFlow',
  rank: 2,
  // One that was never loaded here may crash: that is tried elsewhere, once.
  availability: async () => tensorflowAvailability(await provenTensorFlow()),
  async open(network, weights, options) {
    const { of, traits } = startTensorFlow();
    return openSession(of, network, weights, options, { traits, oneByOne: true });
  },
};
