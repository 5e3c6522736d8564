/** This machine, as data. Nothing that is asked here can fail it: what cannot be had is told. */
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { describeError } from '../base/errors.ts';
import { machineMemory } from '../base/memory.node.ts';
import type { Asked, Machine, NvidiaDevice, TensorFlowFound } from './machine.ts';
import { parseNvidiaSmi, QUERIES } from './nvidia-smi.ts';
import { ALLOW_SOFTWARE } from './offers/webgpu.ts';
import { runProgram } from './run-program.node.ts';
import { askAdapters } from './webgpu/adapters.node.ts';

/** A driver that starts the GPU first takes seconds. */
const SMI_LIMIT_MS = 10_000;

/** @param tensorflow what was found of its library; whoever drives it knows */
export async function describeMachine(tensorflow: TensorFlowFound): Promise<Machine> {
  const [nvidia, webgpu] = await Promise.all([askNvidia(), askAdapters().catch(untold)]);
  return {
    platform: process.platform,
    arch: process.arch,
    processor: { name: cpus()[0]?.model.trim() ?? 'unknown', cores: availableParallelism() },
    memory: machineMemory(),
    cards: cardsOnBus(),
    ...{ nvidia, webgpu, tensorflow },
    softwareAdapterAllowed: process.env[ALLOW_SOFTWARE] === '1',
    wasmSimd: hasWasmSimd(),
  };
}

/** Dawn's library is not there, or does not load: the machine has no WebGPU, and the rest of it can be told. */
const untold = (error: unknown): Machine['webgpu'] => ({ found: [], problem: describeError(error) });

export async function askNvidia(program = 'nvidia-smi'): Promise<Asked<NvidiaDevice>> {
  if (process.platform === 'darwin') return { found: [] };
  let problem: string | undefined;
  for (const query of QUERIES) {
    const ran = await runProgram(program, query, SMI_LIMIT_MS);
    if (ran.problem === undefined) return { found: parseNvidiaSmi(ran.out) };
    problem ??= ran.problem;
    // Only an older tool answers the shorter question.
    if (!/not a valid field/i.test(ran.problem)) break;
  }
  return { found: [], ...(problem !== undefined && { problem }) };
}

const VENDORS = { '0x10de': 'nvidia', '0x1002': 'amd', '0x8086': 'intel' } as const;

/** Linux alone shows its bus as files. @param bus for tests */
export function cardsOnBus(bus = '/sys/bus/pci/devices'): Machine['cards'] {
  const read = (device: string, name: string) => readFileSync(join(bus, device, name), 'utf8').trim();
  try {
    return readdirSync(bus).flatMap((device) => {
      // Class 03: display controllers; https://pci-ids.ucw.cz/read/PD/03
      if (!read(device, 'class').startsWith('0x03')) return [];
      return VENDORS[read(device, 'vendor') as keyof typeof VENDORS] ?? [];
    });
  } catch {
    // No bus that can be seen, or not all of it: nothing can be told of it.
    return [];
  }
}

/** A module whose one function makes a vector; https://github.com/GoogleChromeLabs/wasm-feature-detect */
function hasWasmSimd(): boolean {
  const header = [0, 97, 115, 109, 1, 0, 0, 0];
  const typeOfFunction = [1, 5, 1, 96, 0, 1, 123];
  const body = [3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];
  // Node has it; its types lack it.
  const { validate } = WebAssembly as unknown as { validate(bytes: Uint8Array): boolean };
  return validate(Uint8Array.from([...header, ...typeOfFunction, ...body]));
}
