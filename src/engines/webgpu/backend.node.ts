/** tf.js' WebGPU backend over Dawn, on one GPU of this machine. */
import { AppError } from '../../base/errors.ts';
import { tf } from '../../compile/tf.ts';
import type { Device, WebGpuAdapter } from '../machine.ts';
import { ALLOW_SOFTWARE, adapterName, isSoftware } from '../offers/webgpu.ts';
import { type Watched, watchDevice } from './watch.ts';

const UNAVAILABLE = 'engine/unavailable';

let started: { readonly id: string; readonly watched: Watched } | undefined;

/**
 * Makes it tf.js' backend. One GPU a process: another one needs another process.
 * @throws AppError where there is no such GPU, where it is software, or where the device was lost before
 */
export async function startWebGpu(device: Device | undefined): Promise<Watched> {
  const id = device?.id ?? 'webgpu:0';
  if (started && started.id !== id)
    throw new AppError(UNAVAILABLE, `This process trains on ${started.id} already; ${id} needs another one.`);
  started ??= { id, watched: await register(device) };
  started.watched.assertWell();
  if (!(await tf.setBackend('webgpu')) || tf.getBackend() !== 'webgpu')
    throw new AppError(UNAVAILABLE, 'The WebGPU engine did not start.', { hint: 'Use --engine portable.' });
  return started.watched;
}

async function register(device: Device | undefined): Promise<Watched> {
  // Loaded only where it is wanted: Dawn is a library of 25 MB.
  const { create, globals } = await import('webgpu');
  // Before there is a navigator.gpu: the package registers a backend of its own choice where it finds one.
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  Object.assign(globalThis, globals);
  const gpu = create([]);
  const powerPreference = device?.driverId === 'low-power' ? 'low-power' : 'high-performance';
  const adapter = await gpu.requestAdapter({ powerPreference });
  if (!adapter)
    throw new AppError(UNAVAILABLE, 'No driver offers a GPU for WebGPU.', { hint: 'Use --engine portable.' });
  const info: WebGpuAdapter = {
    vendor: adapter.info.vendor,
    architecture: adapter.info.architecture,
    device: adapter.info.device,
    description: adapter.info.description,
    isFallback: adapter.info.isFallbackAdapter,
    powerPreference,
  };
  if (isSoftware(info) && process.env[ALLOW_SOFTWARE] !== '1')
    throw new AppError(UNAVAILABLE, `'${adapterName(info)}' is no GPU: it computes on the processor.`, {
      hint: 'Use --engine portable, which is faster.',
    });
  provideNavigator(gpu);
  const made = await adapter.requestDevice({ requiredLimits: largestLimits(adapter.limits) });
  const backend = new WebGPUBackend(made, adapter.info);
  tf.registerBackend('webgpu', () => backend);
  return watchDevice(made, adapterName(info), () => backend.memory().numBytesAllocatedInGPU);
}

/** The backend asks for navigator.gpu; from Node 21 on there is a navigator without one. */
function provideNavigator(gpu: GPU): void {
  const { navigator } = globalThis as { navigator?: object };
  if (navigator) Object.defineProperty(navigator, 'gpu', { value: gpu, configurable: true });
  else
    Object.defineProperty(globalThis, 'navigator', {
      value: { gpu, userAgent: `Node.js/${process.versions.node}` },
      configurable: true,
    });
}

/** Without asking for more, a tensor ends at 128 MB: https://www.w3.org/TR/webgpu/#limits */
function largestLimits(limits: GPUSupportedLimits): Record<string, number> {
  const {
    maxComputeWorkgroupStorageSize,
    maxComputeWorkgroupsPerDimension,
    maxStorageBufferBindingSize,
    maxBufferSize,
    maxComputeWorkgroupSizeX,
    maxComputeInvocationsPerWorkgroup,
  } = limits;
  return {
    ...{ maxComputeWorkgroupStorageSize, maxComputeWorkgroupsPerDimension, maxStorageBufferBindingSize },
    ...{ maxBufferSize, maxComputeWorkgroupSizeX, maxComputeInvocationsPerWorkgroup },
  };
}
