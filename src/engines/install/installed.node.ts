/** What is installed, as `current.json` says: one file that is replaced as a whole, so it is all or nothing. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const gain = z.object({
  portableStepMs: z.number(),
  tensorflowStepMs: z.number(),
  /** What was measured, in words. */
  work: z.string(),
});

const installed = z.object({
  schema: z.literal(1),
  /** Name of the folder beside this file. */
  folder: z.string().regex(/^[\w.-]+$/),
  /** Where in that folder the two libraries lie. */
  libraries: z.object({ cc: z.string(), framework: z.string() }),
  version: z.string(),
  gpu: z.boolean(),
  diskBytes: z.number(),
  /** ISO 8601. */
  at: z.string(),
  threads: z.number().int().min(1).nullable(),
  measured: gain.nullable(),
});
export type Installed = z.infer<typeof installed>;
export type Gain = z.infer<typeof gain>;

/** Nothing where nothing is installed, or a later Stemma installed it, or the file is damaged: `why` tells. */
export function readInstalled(file: string): { installed?: Installed; why?: string } {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    return { why: `${file} cannot be read: ${(error as Error).message}.` };
  }
  try {
    return { installed: installed.parse(JSON.parse(text)) };
  } catch {
    return { why: `${file} is damaged, or a later Stemma wrote it. Install the engine again.` };
  }
}
