/** results.json: how far an experiment is, and what came of it. */
import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import { resultSchema } from './results.ts';

export const RECORD_VERSION = 1;

export const experimentStates = [
  'created',
  'running',
  'paused',
  'stopped',
  'finished',
  'failed',
  'interrupted',
] as const;
export type ExperimentState = (typeof experimentStates)[number];

const schema = z.looseObject({
  formatVersion: z.literal(RECORD_VERSION),
  id: z.string().min(1),
  createdAt: z.iso.datetime(),
  state: z.enum(experimentStates),
  /** In words, where it did not simply finish. */
  reason: z.string(),
  /** Absent once its writer has closed it. */
  writer: z.object({ pid: z.int().positive(), started: z.string().nullable() }).optional(),
  results: z.array(resultSchema),
});
export type ExperimentRecord = z.infer<typeof schema>;

/** @throws AppError 'experiment/newer' for a later format, 'experiment/damaged' for what is none */
export function parseExperimentRecord(text: string, file: string): ExperimentRecord {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (cause) {
    throw new AppError('experiment/damaged', `${file} cannot be read: it is not JSON.`, { cause });
  }
  const version = (raw as { formatVersion?: unknown } | null)?.formatVersion;
  if (typeof version === 'number' && version > RECORD_VERSION)
    throw new AppError('experiment/newer', `${file} was written by a newer Stemma (format ${version}).`, {
      hint: 'Update Stemma to open it.',
    });
  const parsed = schema.safeParse(raw);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new AppError('experiment/damaged', `${file}: ${issue?.path.join('.')}: ${issue?.message}.`);
  }
  return parsed.data;
}
