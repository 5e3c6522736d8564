/** A machine as far as it matters to who can train on it. Data alone: see describe-machine.node.ts, or a test. */
import type { MachineMemory } from '../base/memory.ts';

export interface NvidiaDevice {
  /** As nvidia-smi counts them. */
  readonly index: number;
  /** What CUDA_VISIBLE_DEVICES takes whatever the order: 'GPU-3f2c…'. */
  readonly uuid: string;
  readonly name: string;
  /** Undefined where the driver does not tell: of memory that is shared with the processor. */
  readonly totalBytes: number | undefined;
  readonly freeBytes: number | undefined;
  /** As '550.54.15'. */
  readonly driver: string;
  /** As '8.6'; drivers before 510 do not tell. */
  readonly computeCapability: string | undefined;
}

/** As GPUAdapterInfo tells: https://www.w3.org/TR/webgpu/#gpuadapterinfo */
export interface WebGpuAdapter {
  readonly vendor: string;
  readonly architecture: string;
  readonly device: string;
  readonly description: string;
  readonly isFallback: boolean;
  /** The adapter that is answered to this wish. */
  readonly powerPreference: 'high-performance' | 'low-power';
}

/** What was asked for; `problem`: why there is no answer, where there is none, as the end of a sentence. */
export interface Asked<T> {
  readonly found: readonly T[];
  readonly problem?: string;
}

export type TensorFlowFound =
  /** `why`: whole sentences with what to do. */
  | { readonly found: false; readonly why: string; readonly version?: string }
  | {
      readonly found: true;
      readonly version: string;
      readonly build: 'cpu' | 'gpu';
      readonly folder: string;
      /** Why it does not load, where that is known. */
      readonly broken?: string;
      /** Of the CUDA libraries beside it, as '9.3.0', where that is known. */
      readonly cudnn?: string;
    };

export interface Machine {
  /** As process.platform and process.arch. */
  readonly platform: string;
  readonly arch: string;
  readonly processor: { readonly name: string; readonly cores: number };
  readonly memory: MachineMemory;
  /** Vendors of the graphics cards on the bus, whether or not a driver runs them; empty where it cannot be told. */
  readonly cards: readonly ('nvidia' | 'amd' | 'intel')[];
  readonly nvidia: Asked<NvidiaDevice>;
  readonly webgpu: Asked<WebGpuAdapter>;
  /** For tests of correctness only. */
  readonly softwareAdapterAllowed: boolean;
  readonly tensorflow: TensorFlowFound;
  readonly wasmSimd: boolean;
}

/** Where an engine computes. */
export interface Device {
  /** 'cpu', 'cuda:0', 'webgpu:0' */
  readonly id: string;
  readonly kind: 'cpu' | 'gpu';
  /** As a person knows it. */
  readonly name: string;
  /** What tensors may take there now, where that is known. */
  readonly freeBytes?: number;
  readonly totalBytes?: number;
  /** What its driver calls it. */
  readonly driverId?: string;
}

/** What an engine says of one device of a machine. */
export interface Offer {
  /** Absent where there is none to speak of. */
  readonly device?: Device;
  readonly available: boolean;
  /** Why it is, or is not, or what to know before choosing it. */
  readonly reason: string;
  readonly version: string;
  /** Higher is chosen first; 0: only on request. See RANK. */
  readonly rank: number;
}

/**
 * The order in which engines are chosen. A processor with TensorFlow stands above WebGPU because its speed is measured
 * (docs/engines.md), and that of WebGPU on a real GPU is not.
 */
export const RANK = { onRequest: 0, portable: 1, webgpu: 2, tensorflow: 3, cuda: 4 } as const;

/** What engines that compute on the processor call it. */
export function processorDevice(
  { processor, memory }: Machine,
  limitBytes = Number.POSITIVE_INFINITY,
): Device {
  return {
    id: 'cpu',
    kind: 'cpu',
    name: `CPU (${processor.name}, ${processor.cores} cores)`,
    freeBytes: Math.min(memory.availableBytes, limitBytes),
    totalBytes: Math.min(memory.totalBytes, limitBytes),
  };
}

/** -1, 0, 1 as versions of numbers and points are compared. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split('.').map(Number)) as [number[], number[]];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}
