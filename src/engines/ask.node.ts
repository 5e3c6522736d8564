/** What engines answer, and which one is taken. */
import { AppError, describeError, invariant } from '../base/errors.ts';
import type { Availability, Engine } from './engine.ts';
import type { Machine, Offer } from './machine.ts';
import { withMemoryHints } from './out-of-memory.ts';
import { type Candidate, type Need, parseWish, placeOf, rankCandidates, select } from './select.ts';

/** An engine that cannot even tell is not available; it must not keep others from being chosen. */
export async function offersOf(engine: Engine, machine: Machine): Promise<readonly Offer[]> {
  try {
    if (engine.offers) return engine.offers(machine);
    invariant(engine.availability, `engine ${engine.id} tells nothing of itself`);
    const { available, device, reason, version } = await engine.availability();
    return [
      { device: { id: 'cpu', kind: 'cpu', name: device }, available, reason, version, rank: engine.rank },
    ];
  } catch (error) {
    return [{ available: false, reason: describeError(error), version: '', rank: engine.rank }];
  }
}

/** The best of what an engine offers speaks for it. */
export function availabilityOf(offers: readonly Offer[]): Availability {
  const engine = { id: '', title: '' };
  const devices = rankCandidates(offers.map((offer) => ({ ...offer, engine })));
  const [best] = devices;
  if (!best) return { available: false, device: 'none', reason: 'It offers nothing.', version: '' };
  const { available, device, reason, version } = best;
  return {
    ...{ available, reason, version },
    device: available ? placeOf(device) : 'none',
    devices: devices.map(({ engine: _, ...offer }) => offer),
  };
}

export interface Choice {
  /** Opens on the device that was chosen. */
  readonly engine: Engine;
  readonly availability: Availability;
  readonly why: string;
}

/** @throws AppError where what was asked for is unknown or cannot run here */
export async function choose(
  among: readonly Engine[],
  machine: Machine,
  wish: string | undefined,
  need: Need,
): Promise<Choice> {
  const offered = among.map(async (engine) =>
    (await offersOf(engine, machine)).map((offer): Candidate & { by: Engine } => ({
      ...offer,
      engine: { id: engine.id, title: engine.title },
      by: engine,
    })),
  );
  const candidates = (await Promise.all(offered)).flat();
  const { chosen, why, problem } = select(candidates, parseWish(wish ?? ''), need);
  const by = candidates.find((c) => c.engine.id === chosen?.engine.id)?.by;
  if (!chosen || !by) {
    const hint = problem?.hint;
    throw new AppError(problem?.code ?? 'engine/unavailable', why, hint === undefined ? {} : { hint });
  }
  const { device, reason, version } = chosen;
  return {
    engine: onDevice(by, device),
    availability: {
      ...availabilityOf(await offersOf(by, machine)),
      ...{ device: placeOf(device), ...(device && { deviceId: device.id }) },
      ...{ reason, version },
    },
    why,
  };
}

function onDevice(engine: Engine, device: Offer['device']): Engine {
  return {
    ...engine,
    async open(network, weights, options) {
      const session = await engine.open(network, weights, { ...(device && { device }), ...options });
      return withMemoryHints(session, network, options, options.device ?? device, engine.id);
    },
  };
}
