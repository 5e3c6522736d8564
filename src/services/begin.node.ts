/** What a training begins with: a new run, or one that goes on. */
import { arch, platform } from 'node:os';
import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import type { SessionState } from '../compile/session.ts';
import type { Dataset, DatasetSource } from '../data/dataset.ts';
import type { Choice } from '../engines/ask.node.ts';
import { type CheckpointMeta, createRun, RunReader, type RunWriter, reopenRun } from '../runs/store.node.ts';
import { patientAgain } from '../training/best.ts';
import { BEGINNING, type Position } from '../training/loop.ts';
import { initialise } from '../weights/initialise.ts';
import type { Weights } from '../weights/tensors.ts';
import type { TrainingJob } from './jobs.ts';
import { type LooksBefore, looksBefore, noLooks } from './looks-before.node.ts';
import { type Reports, readReports } from './notes.ts';
import { normalisation } from './pictures.ts';
import type { Task } from './task.node.ts';
import { beginFrom } from './use/from.node.ts';

export interface Begun {
  readonly run: RunWriter;
  readonly weights: Weights;
  /** Absent: of a run from its beginning. */
  readonly from?: Omit<SessionState, 'weights'>;
  readonly position: Position;
  /** Lines of metrics that the run has. */
  readonly metricLines: number;
  /** Reports that it has stored. */
  readonly reports: Reports;
  /** Answers that it has stored. */
  readonly looks: LooksBefore;
  readonly warnings: readonly string[];
}

interface Given {
  readonly task: Task;
  readonly dataset: Dataset;
  readonly chosen: Choice;
}

export function begin(job: TrainingJob, given: Given): Promise<Begun> {
  return job.resume ? goOn(job, job.resume.run, given) : beginNew(job, given);
}

async function beginNew(
  { runsHome, document, from }: TrainingJob,
  { task, dataset, chosen }: Given,
): Promise<Begun> {
  const { recipe, title, network, source } = task;
  const { engine, availability, why } = chosen;
  const { classes } = source;
  const begins = from && (await beginFrom(from, { network, seed: recipe.seed, classes }));
  const environment = {
    ...{ engine: engine.id, engineVersion: availability.version, device: availability.device, why },
    ...(availability.deviceId !== undefined && { deviceId: availability.deviceId }),
    classes,
    pictures: {
      ...{ range: [0, 1], resize: 'bilinear', ...normalisation(recipe, dataset) },
      ...(source.fit && { fit: source.fit }),
      ...(source.revision && { revision: source.revision }),
    },
    ...{ node: process.version, os: `${platform()} ${arch()}` },
    ...(begins && { from: begins.note }),
  };
  const run = await createRun(runsHome, {
    ...{ state: 'running', title, recipe, environment, document },
    ...(begins && { parent: begins.parent }),
  });
  const fresh = { run, position: BEGINNING, metricLines: 0, reports: {}, looks: noLooks };
  if (!begins) return { ...fresh, weights: initialise(network, recipe.seed), warnings: [] };
  const { weights, told } = begins;
  // Its seed does not repeat this beginning, so it is stored.
  const state = { weights, slots: new Map(), averages: new Map(), steps: 0 };
  await run.saveCheckpoint('last', state, { epoch: 0, position: BEGINNING });
  return { ...fresh, weights, warnings: [told] };
}

/** Where a run goes on: its newest whole checkpoint, or its beginning, which its seed repeats. */
async function placeToGoOn(reader: RunReader) {
  // What began with the weights of another is not repeated by its seed.
  const fromAnother = reader.record.environment.from !== undefined;
  const stored = await reader.checkpoints();
  // Weights come after the first checkpoint: this one was made before there were any, or somebody took them away.
  if (reader.hasWeights && !reader.hasCheckpointFolder)
    throw new AppError('runs/no-checkpoint', `Run ${reader.record.id} has no checkpoint to go on from.`, {
      hint: 'It stays as it is. Begin a new run with its weights.',
    });
  if (stored.length === 0 && !fromAnother) return { warnings: [] };
  try {
    const { passedOver, ...found } = await reader.newestCheckpoint();
    return { found, warnings: passedOver };
  } catch (error) {
    if (fromAnother || !(error instanceof AppError) || error.code !== 'runs/no-checkpoint') throw error;
    return { warnings: [`${error.message} It begins anew.`] };
  }
}

const NOTHING = { name: '', meta: { step: 0, metricsBytes: 0, telemetryBytes: 0 } };

/** @throws AppError('data/changed') where a person's own pictures are others than the run was trained with */
function assertSamePictures(told: unknown, { title, revision }: DatasetSource): void {
  const before = (told as { readonly revision?: unknown } | undefined)?.revision;
  if (before !== undefined && before !== revision)
    throw new AppError('data/changed', `The pictures of ${title} are others than this run began with.`, {
      hint: 'A run goes on with the same pictures only: begin a new one.',
    });
}

/** Exactly where it was: what was told after the checkpoint is taken back, and comes again. */
async function goOn({ recipe }: TrainingJob, folder: string, { task, chosen }: Given): Promise<Begun> {
  const reader = new RunReader(folder);
  assertSamePictures(reader.record.environment.pictures, task.source);
  const { found, warnings } = await placeToGoOn(reader);
  const stood = found ? readPosition(found.meta) : BEGINNING;
  const wasEnded = reader.record.state === 'finished';
  const position = wasEnded ? { ...stood, best: patientAgain(task.recipe, stood.best) } : stood;
  const looks = await looksBefore(reader, position.steps);
  const run = await reopenRun(folder, { from: found ?? NOTHING });
  const { engine, availability } = chosen;
  const { environment } = reader.record;
  const by = { engine: engine.id, engineVersion: availability.version, device: availability.device };
  const before = Array.isArray(environment.resumed) ? (environment.resumed as unknown[]) : [];
  const resumed = [...before, { step: position.steps, at: new Date().toISOString(), ...by }];
  await run.setState({ recipe, environment: { ...environment, resumed } });
  // What was found on the test pictures is of a network that now learns on.
  const { validation } = readReports(reader.note('evaluation'));
  const rounding =
    engine.id === environment.engine
      ? []
      : [`It was trained on ${environment.engine} before: ${engine.id} rounds otherwise.`];
  return {
    ...{ run, position },
    weights: found?.state.weights ?? initialise(task.network, task.recipe.seed),
    ...(found && { from: found.state }),
    metricLines: (await reader.metricColumns()).lines,
    reports: validation ? { validation } : {},
    looks,
    warnings: [...warnings, ...looks.warnings, ...rounding],
  };
}

const lookSchema = z.object({ steps: z.int().min(0), loss: z.number() });
const bestSchema = z.object({
  best: lookSchema.nullable(),
  without: z.int().min(0),
  kept: z.array(lookSchema),
});

const positionSchema = z.object({
  position: z.object({
    steps: z.int().min(0),
    loss: z.number(),
    correct: z.number(),
    seen: z.number(),
    trainLoss: z.number().nullable(),
    best: bestSchema.default(BEGINNING.best as z.infer<typeof bestSchema>),
    owesLook: z.boolean().default(false),
  }),
});

/** @throws AppError('runs/damaged-checkpoint') */
function readPosition(meta: CheckpointMeta): Position {
  const { data, error } = positionSchema.safeParse(meta);
  if (data) return data.position;
  const [issue] = error.issues;
  throw new AppError(
    'runs/damaged-checkpoint',
    `A checkpoint does not say where it stands: ${issue?.path.join('.')}: ${issue?.message}.`,
  );
}
