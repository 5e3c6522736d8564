/** Which engine would train, on which device, and why: decided by the same function as in the trainer. */
import type { Device } from '../../src/engines/machine.ts';
import { type Candidate, type Need, parseWish, placeOf, select } from '../../src/engines/select.ts';
import type { EngineInfo, MachineMemory } from '../../src/services/contract.ts';

export interface Choice {
  readonly engine: EngineInfo;
  readonly device: Device | undefined;
  /** As a wish names it: 'tensorflow@cpu'. */
  readonly place: string;
  /** As a person knows the device. */
  readonly where: string;
  readonly why: string;
  /** What a training may take there; null: not known. */
  readonly roomBytes: number | null;
}

/** None: `why` says why not, in whole sentences. */
export type Chosen = Choice | { readonly engine: undefined; readonly why: string };

interface Placed extends Candidate {
  readonly of: EngineInfo;
}

/** A processor's memory is the machine's, which changes while the page is open. */
function onDevice({ memoryLimitBytes }: EngineInfo, device: Device, memory: MachineMemory | null): Device {
  if (device.kind !== 'cpu' || !memory) return device;
  const limit = memoryLimitBytes ?? Number.POSITIVE_INFINITY;
  return {
    ...device,
    freeBytes: Math.min(memory.availableBytes, limit),
    totalBytes: Math.min(memory.totalBytes, limit),
  };
}

const candidatesOf = (engines: readonly EngineInfo[], memory: MachineMemory | null): Placed[] =>
  engines.flatMap((of) =>
    of.devices.map(({ device, ...offer }) => ({
      ...offer,
      ...(device && { device: onDevice(of, device, memory) }),
      ...{ of, engine: { id: of.id, title: of.title } },
    })),
  );

/** @param need what the run takes; a device that has not so much is passed over, and that is told */
export function chooseFor(
  engines: readonly EngineInfo[],
  wish: string,
  need: Need = 0,
  memory: MachineMemory | null = null,
): Chosen {
  const candidates = candidatesOf(engines, memory);
  const { chosen, why } = select(candidates, parseWish(wish), need);
  const engine = candidates.find((c) => c.engine.id === chosen?.engine.id)?.of;
  if (!chosen || !engine) return { engine: undefined, why };
  const { device } = chosen;
  return {
    ...{ engine, device, why, where: placeOf(device) },
    place: device ? `${engine.id}@${device.id}` : engine.id,
    roomBytes: device?.freeBytes ?? engine.memoryLimitBytes,
  };
}

/** Of free memory, what a batch may fill: the figures are estimates, and other programs live too. */
export const USED_SHARE = 0.9;

/** One thing that can be wished for. */
export interface Option {
  readonly wish: string;
  readonly engine: EngineInfo;
  /** As a person knows it; '' where there is none to speak of. */
  readonly where: string;
  readonly available: boolean;
  readonly reason: string;
}

/** Every engine on every device, what is available first; an engine on one device is wished for by its name alone. */
export function optionsOf(engines: readonly EngineInfo[]): Option[] {
  const options = engines.flatMap((engine): Option[] => {
    const { devices } = engine;
    if (devices.length === 0)
      return [{ wish: engine.id, engine, where: '', available: false, reason: engine.reason }];
    return devices.map(({ device, available, reason }) => ({
      wish: device && devices.length > 1 ? `${engine.id}@${device.id}` : engine.id,
      ...{ engine, available, reason, where: device?.name ?? '' },
    }));
  });
  return options.sort((a, b) => Number(b.available) - Number(a.available));
}

/** As a person knows it; its id where it is not listed (any more). */
export const engineTitle = (engines: readonly EngineInfo[] | null, id: string) =>
  engines?.find((e) => e.id === id)?.title ?? id;

/** A GPU that the native engine with NVIDIA's libraries is for. */
export const nvidiaOf = (engines: readonly EngineInfo[] | null): string | undefined =>
  engines?.flatMap((e) => e.devices).find(({ device }) => device?.id.startsWith('cuda:'))?.device?.name;
