/** run.json: what is said of a run, and the refusal of what is not one. */
import { z } from 'zod';
import { AppError } from '../base/errors.ts';

export const RUN_VERSION = 1;

export const runStates = [
  'created',
  'running',
  'paused',
  'finished',
  'stopped',
  'failed',
  'interrupted',
] as const;
export type RunState = (typeof runStates)[number];

/** States that only a living writer can be in. */
export const livingStates: readonly RunState[] = ['created', 'running', 'paused'];

/** Process that writes a run; a number alone is a pid, as the first runs had it. */
const writerSchema = z.union([
  z.int().positive(),
  z.object({
    pid: z.int().positive(),
    /** Tells two processes of one pid apart; null where the system does not say. */
    started: z.string().nullable(),
  }),
]);
export type RunWriterId = z.infer<typeof writerSchema>;

// JSON has no NaN: a loss that was none is null.
const figure = z.number().nullable().optional();
const summarySchema = z.looseObject({
  steps: figure,
  epochs: figure,
  trainLoss: figure,
  testAccuracy: figure,
});
const environmentSchema = z.looseObject({
  engine: z.string().optional(),
  device: z.string().optional(),
  versions: z.record(z.string(), z.string()).optional(),
  seed: z.number().optional(),
  os: z.string().optional(),
});

/** Loose: fields that a later Stemma adds within this version survive being written back by this one. */
const schema = z.looseObject({
  formatVersion: z.literal(RUN_VERSION),
  id: z.string().min(1),
  title: z.string(),
  createdAt: z.iso.datetime(),
  parent: z.string().optional(),
  state: z.enum(runStates),
  reason: z.string(),
  /** Absent once its writer has closed it. */
  writer: writerSchema.optional(),
  recipe: z.record(z.string(), z.unknown()),
  environment: environmentSchema,
  summary: summarySchema,
});

/** Files beside run.json, each with the last of what it is called. */
export type NoteName = 'evaluation' | 'samples';

type Loose = Readonly<Record<string, unknown>>;
export type RunSummary = Readonly<
  Partial<Record<'steps' | 'epochs' | 'trainLoss' | 'testAccuracy', number | null>>
> &
  Loose;
export type RunEnvironment = Loose;

export interface RunRecord {
  readonly formatVersion: typeof RUN_VERSION;
  readonly id: string;
  readonly title: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** Id of the run that it goes on from. */
  readonly parent?: string;
  readonly state: RunState;
  readonly reason: string;
  readonly writer?: RunWriterId;
  readonly recipe: Record<string, unknown>;
  readonly environment: RunEnvironment;
  readonly summary: RunSummary;
}

/**
 * `file` is named in errors.
 * @throws AppError 'runs/newer' for a later format, 'runs/damaged' for everything else that is not a run
 */
export function parseRecord(text: string, file: string): RunRecord {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (cause) {
    throw new AppError('runs/damaged', `${file} cannot be read: it is not JSON.`, { cause });
  }
  const version = (raw as { formatVersion?: unknown } | null)?.formatVersion;
  if (typeof version === 'number' && version > RUN_VERSION)
    throw new AppError('runs/newer', `${file} was written by a newer Stemma (format ${version}).`, {
      hint: 'Update Stemma to open it.',
    });
  if (version !== RUN_VERSION)
    throw new AppError(
      'runs/damaged',
      `${file} is no run: expected format version ${RUN_VERSION}, received ${JSON.stringify(version) ?? 'none'}.`,
    );
  const parsed = schema.safeParse(raw);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new AppError('runs/damaged', `${file}: ${issue?.path.join('.')}: ${issue?.message}.`);
  }
  return parsed.data as RunRecord;
}

/** Text of run.json. */
export const showRecord = (record: RunRecord) => `${JSON.stringify(record, null, 2)}\n`;
