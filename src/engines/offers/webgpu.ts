/** What WebGPU can use of a machine: GPUs of any vendor, never one that is made of software. */
import type { Device, Machine, Offer, WebGpuAdapter } from '../machine.ts';
import { RANK } from '../machine.ts';

/** Names of drivers that compute on the processor, as they call themselves. */
const SOFTWARE =
  /swiftshader|llvmpipe|lavapipe|softpipe|basic render|\bwarp\b|software (adapter|rasterizer|renderer)|null backend/i;

/** Tests of correctness only: it computes right, and slower than the portable engine. */
export const ALLOW_SOFTWARE = 'STEMMA_ALLOW_SOFTWARE_GPU';

export function isSoftware({
  vendor,
  architecture,
  device,
  description,
  isFallback,
}: WebGpuAdapter): boolean {
  return isFallback || SOFTWARE.test(`${vendor} ${architecture} ${device} ${description}`);
}

export function adapterName({ vendor, architecture, device, description }: WebGpuAdapter): string {
  return description || [vendor, architecture || device].filter(Boolean).join(' ') || 'GPU without a name';
}

export function webgpuOffers(machine: Machine, version: string): Offer[] {
  const { found, problem } = machine.webgpu;
  if (found.length === 0)
    return [
      {
        ...{ available: false, version, rank: RANK.webgpu },
        reason: `No GPU for WebGPU: ${problem ?? 'no driver offers one.'}`,
      },
    ];
  return found.map((adapter, i) => {
    const device: Device = {
      id: `webgpu:${i}`,
      kind: 'gpu',
      name: adapterName(adapter),
      driverId: adapter.powerPreference,
    };
    if (!isSoftware(adapter))
      return {
        ...{ device, available: true, version, rank: RANK.webgpu },
        reason:
          'Runs each operation on the GPU through Dawn. Its speed on real GPUs is not measured yet: compare with the processor.',
      };
    const reason = `'${device.name}' is no GPU: it computes on the processor, slower than the portable engine.`;
    return {
      ...{ device, version, rank: RANK.onRequest },
      available: machine.softwareAdapterAllowed,
      reason,
    };
  });
}
