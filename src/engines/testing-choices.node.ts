/** Who is chosen on a described machine, in one line: for tests. */
import { choose } from './ask.node.ts';
import { cpu } from './cpu.node.ts';
import type { Engine } from './engine.ts';
import type { Machine } from './machine.ts';
import { portable } from './portable.node.ts';
import type { Need } from './select.ts';
import { tensorflow } from './tensorflow.node.ts';
import { webgpu } from './webgpu.node.ts';

export const all = [tensorflow, webgpu, portable, cpu];

/** 'engine@device: why', or the error. */
export async function on(machine: Machine, wish?: string, need: Need = 0): Promise<string> {
  const { engine, availability, why } = await choose(all, machine, wish, need);
  const chosen = availability.devices?.find((d) => d.available && d.device?.name === availability.device);
  return `${engine.id}@${chosen?.device?.id}: ${why}`;
}

/** What an engine says of each device, as it is listed. */
export const said = (engine: Engine, machine: Machine) =>
  (engine.offers?.(machine) ?? []).map(
    (o) => `${o.device?.id ?? 'none'} ${o.available ? 'yes' : 'no'}: ${o.reason}`,
  );

export const FASTEST = 'the fastest that is available';
