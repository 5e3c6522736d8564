/** Machines, for tests of who is chosen on them. */
import type { Machine, NvidiaDevice, TensorFlowFound, WebGpuAdapter } from './machine.ts';

const GB = 1e9;

export const missing: TensorFlowFound = { found: false, why: "TensorFlow's library is not installed." };
type Found = Extract<TensorFlowFound, { found: true }>;
export const cpuBuild: Found = { found: true, version: '2.21.0', build: 'cpu', folder: '/tf' };
export const gpuBuild: Found = { ...cpuBuild, build: 'gpu' };

/** A laptop without a GPU and without TensorFlow. */
export const bare: Machine = {
  platform: 'linux',
  arch: 'x64',
  processor: { name: 'Ryzen 5', cores: 8 },
  memory: { totalBytes: 16 * GB, availableBytes: 12 * GB },
  cards: [],
  nvidia: { found: [], problem: 'nvidia-smi is not installed.' },
  webgpu: { found: [] },
  softwareAdapterAllowed: false,
  tensorflow: missing,
  wasmSimd: true,
};

export const rtx: NvidiaDevice = {
  index: 0,
  uuid: 'GPU-aa',
  name: 'NVIDIA GeForce RTX 3060',
  totalBytes: 12 * GB,
  freeBytes: 11 * GB,
  driver: '550.54.15',
  computeCapability: '8.6',
};

export const radeon: WebGpuAdapter = {
  vendor: 'amd',
  architecture: 'rdna-3',
  device: '0x744c',
  description: 'AMD Radeon RX 7900 XTX (RADV NAVI31)',
  isFallback: false,
  powerPreference: 'high-performance',
};

export const withGpus = (...found: NvidiaDevice[]): Machine => ({
  ...bare,
  cards: ['nvidia'],
  nvidia: { found },
  tensorflow: gpuBuild,
});

export const withAdapters = (...found: WebGpuAdapter[]): Machine => ({ ...bare, webgpu: { found } });
