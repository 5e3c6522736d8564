/** What is installed on which machine. */
import type { Pin } from './pin.ts';
import { nvidiaPins } from './pins-nvidia.ts';
import { tensorflowPins } from './pins-tensorflow.ts';

export interface Plan {
  readonly version: string;
  readonly gpu: boolean;
  readonly pins: readonly Pin[];
  /** Paths of the two libraries among what is unpacked. */
  readonly libraries: { readonly cc: string; readonly framework: string };
}

const cpu: Readonly<Record<string, Pin>> = {
  'linux x64': tensorflowPins.linuxX64,
  'linux arm64': tensorflowPins.linuxArm64,
  'darwin arm64': tensorflowPins.macArm64,
};
const gpu: Readonly<Record<string, readonly Pin[]>> = {
  'linux x64': [tensorflowPins.linuxX64Gpu, ...nvidiaPins],
};

export const downloadBytes = ({ pins }: Plan): number => pins.reduce((sum, pin) => sum + pin.sizeBytes, 0);
export const diskBytes = ({ pins }: Plan): number =>
  pins.flatMap((pin) => pin.files).reduce((sum, file) => sum + file.sizeBytes, 0);

function planOf(pins: readonly Pin[]): Plan {
  const [{ version, files }] = pins as [Pin, ...Pin[]];
  const pathOf = (part: string) => files.find(({ path }) => path.includes(part))?.path ?? '';
  const libraries = { cc: pathOf('libtensorflow_cc'), framework: pathOf('libtensorflow_framework') };
  return { version, gpu: pins.length > 1, pins, libraries };
}

/** Why there is nothing to install, with a way on. */
export function whyNoPlan(platform: string, arch: string, withGpu: boolean): string {
  if (platform === 'win32')
    return "TensorFlow's package for Windows hides its library, so Stemma cannot install it; 'stemma engines install tfjs-node' fetches an older one.";
  if (platform === 'darwin' && arch === 'x64')
    return "TensorFlow publishes nothing for Macs with an Intel processor any more; 'stemma engines use FOLDER' takes an older library.";
  if (withGpu && Object.hasOwn(cpu, `${platform} ${arch}`))
    return 'The libraries for NVIDIA GPUs are published for Linux on x64 only; install without a GPU.';
  return `TensorFlow publishes no package for ${platform} ${arch}; 'stemma engines use FOLDER' takes a library of your own.`;
}

/** Undefined where there is none; `whyNoPlan` tells. */
export function planFor(platform: string, arch: string, withGpu: boolean): Plan | undefined {
  const key = `${platform} ${arch}`;
  if (withGpu) return gpu[key] && planOf(gpu[key]);
  return cpu[key] && planOf([cpu[key]]);
}
