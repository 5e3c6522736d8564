/** Which GPUs WebGPU offers here, asked so that no driver can harm this process. */
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Asked, WebGpuAdapter } from '../machine.ts';
import { runProgram } from '../run-program.node.ts';

const PROGRAM = fileURLToPath(new URL('./ask-adapters.mjs', import.meta.url));
/** A driver that wakes a sleeping GPU may take seconds. */
const LIMIT_MS = 15_000;

const adapters = z.array(
  z.object({
    ...{ vendor: z.string(), architecture: z.string(), device: z.string(), description: z.string() },
    isFallback: z.boolean(),
    powerPreference: z.enum(['high-performance', 'low-power']),
  }),
);

export async function askAdapters(program = PROGRAM): Promise<Asked<WebGpuAdapter>> {
  // The packaged application cannot run itself as Node, by its fuses: there a driver is first met by the training.
  if (process.versions.electron !== undefined)
    return { found: [], problem: 'the packaged application cannot ask the drivers without risk.' };
  const { out, problem } = await runProgram(process.execPath, [program], LIMIT_MS);
  if (problem !== undefined) return { found: [], problem: `asking the drivers failed: ${problem}` };
  const read = adapters.safeParse(JSON.parse(out.trim().split('\n').at(-1) ?? ''));
  if (!read.success) return { found: [], problem: 'the drivers answered something unknown.' };
  return { found: distinct(read.data) };
}

/** One GPU is the answer to both wishes. */
function distinct(all: readonly WebGpuAdapter[]): WebGpuAdapter[] {
  const nameOf = ({ powerPreference: _, ...rest }: WebGpuAdapter) => JSON.stringify(rest);
  return all.filter((adapter, i) => all.findIndex((other) => nameOf(other) === nameOf(adapter)) === i);
}
