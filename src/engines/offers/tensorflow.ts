/** What TensorFlow's native library can use of a machine: the processor, and NVIDIA's GPUs. */
import {
  compareVersions,
  type Device,
  type Machine,
  type NvidiaDevice,
  type Offer,
  processorDevice,
  RANK,
} from '../machine.ts';

/**
 * Of the wheel tensorflow 2.21.0, as its own build_info says: CUDA 12.5.1, cuDNN 9, and code for 6.0, 7.0, 8.0, 8.9 with
 * PTX of 9.0 for what is newer.
 */
const CUDA = '12.5';
const OLDEST_CAPABILITY = '6.0';
/** The last for Maxwell, Pascal and Volta was 9.10: https://aur.archlinux.org/packages/cudnn9.10-cuda12.9 */
const CUDNN_WITHOUT_VOLTA = '9.11';
const OLDEST_CAPABILITY_SINCE = '7.5';
/** For every CUDA 12: https://docs.nvidia.com/deploy/cuda-compatibility/minor-version-compatibility.html */
const OLDEST_DRIVER = '525.60.13';

export const INSTALL_GPU = "'stemma engines install tensorflow --gpu'";

export function tensorflowOffers(machine: Machine): Offer[] {
  const library = machine.tensorflow;
  const version = library.version ?? '';
  const on = (device: Device, why: string | undefined, reason: string, rank: number): Offer => ({
    ...{ device, version, rank },
    available: why === undefined,
    reason: why ?? reason,
  });
  const broken = brokenLibrary(machine);
  // Without a library, the same sentence serves both; a GPU adds which one to take.
  const brokenHere = library.found
    ? broken
    : broken && `${broken} ${INSTALL_GPU} brings it with GPU support.`;
  const gpus = machine.nvidia.found.map((gpu) => {
    const why = whyNot(gpu, machine) ?? brokenHere ?? wrongBuild(machine);
    return on(
      cudaDevice(gpu),
      why,
      `Each step is one function of TensorFlow ${version} with CUDA ${CUDA}.`,
      RANK.cuda,
    );
  });
  const silent = silentCard(machine);
  return [
    ...gpus,
    ...(silent === undefined ? [] : [{ ...{ available: false, version, rank: RANK.cuda }, reason: silent }]),
    on(processorDevice(machine), broken, onProcessor(machine), RANK.tensorflow),
  ];
}

function onProcessor({ tensorflow }: Machine): string {
  return tensorflow.found
    ? `Each step is one function of TensorFlow ${tensorflow.version} in ${tensorflow.folder}.`
    : tensorflow.why;
}

function cudaDevice({ index, uuid, name, freeBytes, totalBytes }: NvidiaDevice): Device {
  return {
    ...{ id: `cuda:${index}`, kind: 'gpu', name, driverId: uuid },
    ...(totalBytes !== undefined && { totalBytes }),
    ...(freeBytes !== undefined && { freeBytes }),
  };
}

function brokenLibrary({ tensorflow }: Machine): string | undefined {
  if (!tensorflow.found) return tensorflow.why;
  if (tensorflow.broken === undefined) return undefined;
  return `TensorFlow's library in ${tensorflow.folder} does not load: ${tensorflow.broken} 'stemma engines install tensorflow' brings it anew.`;
}

/** Of the GPU itself: what no installation of ours mends comes first. */
function whyNot(gpu: NvidiaDevice, { platform, arch, tensorflow }: Machine): string | undefined {
  if (platform !== 'linux' || arch !== 'x64')
    return `TensorFlow's GPU libraries exist for Linux on x64 only; this is ${platform} on ${arch}. WebGPU may use this GPU.`;
  const cudnn = tensorflow.found ? tensorflow.cudnn : undefined;
  const withoutVolta = cudnn !== undefined && compareVersions(cudnn, CUDNN_WITHOUT_VOLTA) >= 0;
  const oldest = withoutVolta ? OLDEST_CAPABILITY_SINCE : OLDEST_CAPABILITY;
  if (gpu.computeCapability !== undefined && compareVersions(gpu.computeCapability, oldest) < 0)
    return `It is too old for TensorFlow's build${withoutVolta ? ` with cuDNN ${cudnn}` : ''}: expected compute capability ${oldest} or newer, found ${gpu.computeCapability}. WebGPU may use it.`;
  if (compareVersions(gpu.driver, OLDEST_DRIVER) < 0)
    return `Its driver is too old for CUDA ${CUDA}: expected ${OLDEST_DRIVER} or newer, found ${gpu.driver}. Update NVIDIA's driver.`;
  return undefined;
}

function wrongBuild({ tensorflow }: Machine): string | undefined {
  if (!tensorflow.found || tensorflow.build === 'gpu') return undefined;
  return `TensorFlow's library here has no CUDA libraries beside it: ${INSTALL_GPU} brings one that has.`;
}

/** A card on the bus that no driver answers for; or an answer that could not be had. */
function silentCard({ cards, nvidia }: Machine): string | undefined {
  if (nvidia.found.length > 0 || !cards.includes('nvidia')) return undefined;
  return `There is an NVIDIA GPU, but its driver does not answer: ${nvidia.problem ?? 'it lists no GPU.'} Install or repair NVIDIA's driver, ${OLDEST_DRIVER} or newer.`;
}

/**
 * What the process that computes must have in its environment before the library is loaded: the one GPU that was chosen,
 * or none, and memory taken as it is needed rather than all at once.
 */
export function tensorflowEnvironment(device: Device): Readonly<Record<string, string>> {
  if (device.kind === 'cpu') return { CUDA_VISIBLE_DEVICES: '-1' };
  return {
    CUDA_DEVICE_ORDER: 'PCI_BUS_ID',
    CUDA_VISIBLE_DEVICES: device.driverId || device.id.replace('cuda:', ''),
    TF_FORCE_GPU_ALLOW_GROWTH: 'true',
  };
}
