import { AppError } from '../base/errors.ts';
import type { Engine } from './engine.ts';
import { nvidiaPins } from './install/pins-nvidia.ts';
import { type Device, RANK, type TensorFlowFound } from './machine.ts';
import { tensorflowEnvironment, tensorflowOffers } from './offers/tensorflow.ts';
import { type Located, locateTensorFlow } from './tensorflow/locate.node.ts';
import { Runtime } from './tensorflow/runtime.node.ts';
import { openSession } from './tensorflow/session.node.ts';
import { traitsOf } from './tensorflow/traits.node.ts';

/** What is found, for the description of a machine. Loads nothing. */
export function tensorflowFound({ library, looked }: Located): TensorFlowFound {
  if (library) {
    const { version, folder, gpu, source } = library;
    // Of a library that somebody else installed it is not known.
    const ours = source === 'installed' && gpu ? nvidiaPins : [];
    const cudnn = ours.find(({ name }) => name === 'nvidia-cudnn-cu12')?.version;
    return {
      ...{ found: true, version: version || '(version untold)', folder, build: gpu ? 'gpu' : 'cpu' },
      ...(cudnn !== undefined && { cudnn }),
    };
  }
  return { found: false, why: whyNone({ looked }) };
}

function whyNone({ looked }: Located): string {
  const why = looked.map((place) => `${place.place}: ${place.why}`).join(' ');
  return `No TensorFlow library is usable here; 'stemma engines install tensorflow' fetches one. ${why}`;
}

interface Started {
  readonly of: Runtime;
  readonly traits: ReturnType<typeof traitsOf>;
}
let runtime: (Started & { readonly device: Device | undefined }) | undefined;

/** A process has one: what is loaded cannot be taken out again, and its variables are those of a context. */
export function startTensorFlow(device?: Device): Started {
  if (runtime) {
    const { id } = runtime.device ?? {};
    if (device && id !== undefined && id !== device.id)
      throw new AppError(
        'engine/unavailable',
        `This process trains on ${id} already; ${device.id} needs another one.`,
      );
    return runtime;
  }
  const located = locateTensorFlow();
  if (!located.library)
    throw new AppError('engine/unavailable', whyNone(located), { hint: 'Or train on the portable engine.' });
  const { threads = 0 } = located.library;
  setBeforeLoading(device);
  const of = new Runtime(located.library, { intraThreads: threads });
  assertOn(of, device);
  runtime = { of, traits: traitsOf(of), device };
  return runtime;
}

/** The library reads these as it is loaded; what the person has set stays, but for the device that was chosen. */
function setBeforeLoading(device: Device | undefined): void {
  // On processors without AVX-512 TensorFlow leaves oneDNN off, and is four times slower.
  process.env.TF_ENABLE_ONEDNN_OPTS ??= '1';
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '3';
  if (device) Object.assign(process.env, tensorflowEnvironment(device));
}

/** Where CUDA does not start, TensorFlow computes on the processor without a word. */
function assertOn({ devices }: Runtime, device: Device | undefined): void {
  if (device?.kind !== 'gpu' || devices.some(({ type }) => type === 'GPU')) return;
  throw new AppError(
    'engine/unavailable',
    `TensorFlow found no GPU, although '${device.name}' was chosen: CUDA's libraries did not start.`,
    {
      hint: "'stemma engines install tensorflow --gpu' brings them; '--engine tensorflow@cpu' trains without.",
    },
  );
}

/** TensorFlow's own library, driven through its C API: a step of training is one function. */
export const tensorflow: Engine = {
  id: 'tensorflow',
  title: 'TensorFlow',
  rank: RANK.tensorflow,
  offers: tensorflowOffers,
  async open(network, weights, options) {
    const { of, traits } = startTensorFlow(options.device);
    return openSession(of, network, weights, options, traits);
  },
};
