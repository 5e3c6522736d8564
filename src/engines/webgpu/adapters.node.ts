/** Which GPUs WebGPU offers here, asked so that a driver which breaks does not do so again and again. */
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { enginesHome } from '../home.node.ts';
import type { Asked, WebGpuAdapter } from '../machine.ts';
import { runProgram } from '../run-program.node.ts';
import { withMark } from './mark.node.ts';

const PROGRAM = new URL('./ask-adapters.mjs', import.meta.url);
/** A driver that wakes a sleeping GPU may take seconds. */
const LIMIT_MS = 15_000;

const adapters = z.array(
  z.object({
    ...{ vendor: z.string(), architecture: z.string(), device: z.string(), description: z.string() },
    isFallback: z.boolean(),
    powerPreference: z.enum(['high-performance', 'low-power']),
  }),
);

export function askAdapters(): Promise<Asked<WebGpuAdapter>> {
  // The packaged application cannot run as Node, by its fuses.
  return process.versions.electron === undefined
    ? askAside(fileURLToPath(PROGRAM))
    : askHere(async () => ((await import(PROGRAM.href)) as { ask(): Promise<unknown> }).ask());
}

/** In a process of its own. */
export async function askAside(program: string): Promise<Asked<WebGpuAdapter>> {
  const { out, said, problem } = await runProgram(process.execPath, [program], LIMIT_MS);
  if (problem !== undefined) return { found: [], problem: `asking the drivers failed: ${problem}` };
  return read(JSON.parse(out.trim().split('\n').at(-1) ?? ''), said);
}

/** In this process, which is a job's: where it dies of it, the next one finds the mark and does not ask. */
export async function askHere(
  ask: () => Promise<unknown>,
  folder = enginesHome(),
): Promise<Asked<WebGpuAdapter>> {
  const asked = await withMark(folder, 'asking-webgpu', ask);
  if ('died' in asked)
    return {
      found: [],
      problem: `asking the drivers ended the program the last time. Delete ${asked.died} to have them asked again.`,
    };
  return read(asked.value, '');
}

function read(answer: unknown, said: string): Asked<WebGpuAdapter> {
  const told = adapters.safeParse(answer);
  if (!told.success) return { found: [], problem: 'the drivers answered something unknown.' };
  const found = distinct(told.data);
  // Dawn writes why it could not begin: "Warning: Couldn't load Vulkan: …"
  const [, warning] = /^Warning: (.+)$/m.exec(said) ?? [];
  return found.length === 0 && warning ? { found, problem: `${warning.replace(/\.?$/, '.')}` } : { found };
}

/** One GPU is the answer to both wishes. */
function distinct(all: readonly WebGpuAdapter[]): WebGpuAdapter[] {
  const nameOf = ({ powerPreference: _, ...rest }: WebGpuAdapter) => JSON.stringify(rest);
  return all.filter((adapter, i) => all.findIndex((other) => nameOf(other) === nameOf(adapter)) === i);
}
