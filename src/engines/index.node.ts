import { AppError, describeError } from '../base/errors.ts';
import { cpu } from './cpu.node.ts';
import type { Availability, Engine } from './engine.ts';
import { portable } from './portable.node.ts';
import { tensorflow } from './tensorflow.node.ts';

/** Every engine. A new one is its file and one line here. */
export const engines: readonly Engine[] = [tensorflow, portable, cpu];

/** An engine that cannot even tell is not available; it must not keep others from being chosen. */
export async function askEngine(engine: Engine): Promise<Availability> {
  try {
    return await engine.availability();
  } catch (error) {
    return { available: false, device: 'none', reason: describeError(error), version: '' };
  }
}

/**
 * The engine asked for, or the best that is available.
 * @throws AppError where the one asked for is unknown or cannot run here
 */
export async function chooseEngine(
  id?: string,
  among: readonly Engine[] = engines,
): Promise<{ engine: Engine; availability: Availability; why: string }> {
  if (id !== undefined) {
    const engine = among.find((e) => e.id === id);
    if (!engine)
      throw new AppError('engine/unknown', `There is no engine '${id}'.`, {
        hint: `Engines: ${among.map((e) => e.id).join(', ')}.`,
      });
    const availability = await askEngine(engine);
    if (!availability.available)
      throw new AppError('engine/unavailable', `Engine ${id} cannot run here: ${availability.reason}`, {
        hint: "'stemma engines' tells what can.",
      });
    return { engine, availability, why: 'asked for' };
  }
  for (const engine of among.filter((e) => e.rank > 0).sort((a, b) => b.rank - a.rank)) {
    const availability = await askEngine(engine);
    if (availability.available) return { engine, availability, why: 'the fastest that is available' };
  }
  throw new AppError('engine/unavailable', 'No engine can run here.');
}
