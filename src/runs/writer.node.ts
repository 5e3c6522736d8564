/** A run in the making. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { diskFiles } from '../base/disk.node.ts';
import { AppError } from '../base/errors.ts';
import { type Files, replaceFile, writeError } from '../base/files.ts';
import { thisProcess } from '../base/process.node.ts';
import type { Metric } from '../training/metric.ts';
import { safetensorsParts } from '../weights/safetensors.ts';
import type { Weights } from '../weights/tensors.ts';
import { type AnswerSet, type Answers, answersParts } from './answers.ts';
import type { CheckpointMeta, CheckpointState } from './checkpoint.node.ts';
import { type CheckpointKind, isAmongBest, pruneBest, storeCheckpoint } from './checkpoints.node.ts';
import { MetricsFile } from './metrics.ts';
import {
  type NoteName,
  RUN_VERSION,
  type RunEnvironment,
  type RunRecord,
  type RunState,
  type RunSummary,
  showRecord,
} from './record.ts';

export interface RunInit {
  readonly title: string;
  readonly recipe: Record<string, unknown>;
  readonly environment: RunEnvironment;
  /** The `.stemma` file; stored byte for byte. */
  readonly document: string | Uint8Array;
  readonly parent?: string;
  readonly state?: RunState;
}

/** What changes; the rest stays. `summary` is merged field by field. */
export interface StateChange {
  readonly state?: RunState;
  /** In words, where it did not simply finish. */
  readonly reason?: string;
  readonly summary?: RunSummary;
  /** Of a run that goes on: further, or elsewhere. */
  readonly recipe?: RunRecord['recipe'];
  readonly environment?: RunEnvironment;
}

/** What the caller says of a checkpoint; the store adds the step and how long its files were. */
export interface CheckpointNote {
  readonly epoch: number;
  /** Higher is better; without one a checkpoint is none of the best. */
  readonly score?: number;
  readonly [more: string]: unknown;
}

export interface StoreOptions {
  readonly files?: Files;
  readonly now?: Date;
}

/** Letters and digits of a title, at most 40. */
function slugOf(title: string): string {
  const plain = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return plain?.join('-').slice(0, 40).replace(/-$/, '') || 'run';
}

/** Sorts by time (UTC), says what it is, and differs: 2026-11-24-065012-resnet18-3f2a. */
export function newRunId(title: string, now: Date): string {
  const stamp = now.toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '');
  return `${stamp}-${slugOf(title)}-${randomBytes(2).toString('hex')}`;
}

/** One at a time writes a run; every call waits for those before it. */
export class RunWriter {
  readonly folder: string;
  readonly #files: Files;
  readonly #metrics: MetricsFile;
  readonly #telemetry: MetricsFile;
  #record: RunRecord;
  #last: Promise<void> = Promise.resolve();

  constructor(folder: string, record: RunRecord, files: Files) {
    this.folder = folder;
    this.#files = files;
    this.#record = record;
    this.#metrics = new MetricsFile(files, join(folder, 'metrics.jsonl'));
    this.#telemetry = new MetricsFile(files, join(folder, 'telemetry.jsonl'));
  }

  /** As last stored. */
  get record(): RunRecord {
    return this.#record;
  }

  #afterwards(action: () => Promise<void>): Promise<void> {
    const done = this.#last.then(action);
    // One failure is told to its caller and does not stop those that wait.
    this.#last = done.catch(() => {});
    return done;
  }

  #replace(name: string, parts: readonly (string | Uint8Array)[]): Promise<void> {
    return replaceFile(this.#files, join(this.folder, name), parts);
  }

  #store(next: (record: RunRecord) => RunRecord): Promise<void> {
    return this.#afterwards(async () => {
      const record = next(this.#record);
      await this.#replace('run.json', [showRecord(record)]);
      this.#record = record;
    });
  }

  /** @throws AppError('file/write') where the buffer was full and cannot be stored; it is kept and tried again */
  appendMetric(metric: Metric): void {
    this.#metrics.add(metric);
  }

  /** A line of telemetry.jsonl. @throws as `appendMetric` */
  appendTelemetry(look: object): void {
    this.#telemetry.add(look);
  }

  async #flush(): Promise<void> {
    await this.#metrics.flush();
    await this.#telemetry.flush();
  }

  /** All metrics and telemetry to the disk. @throws AppError('file/write') */
  flush(): Promise<void> {
    return this.#afterwards(() => this.#flush());
  }

  /**
   * The state must not change until it resolves. Metrics told before the call belong to it: a run that goes on from it
   * keeps them, and none after. With 'last' all but the `keepBest` best ones are removed.
   * @throws AppError('file/write'); the old ones are then still there
   */
  async saveCheckpoint(
    kind: CheckpointKind,
    state: CheckpointState,
    note: CheckpointNote,
    { keepBest = 1 }: { readonly keepBest?: number } = {},
  ): Promise<void> {
    const meta: CheckpointMeta = {
      ...note,
      step: state.steps,
      metricsBytes: this.#metrics.writtenBytes(),
      telemetryBytes: this.#telemetry.writtenBytes(),
      savedAt: new Date().toISOString(),
    };
    await this.#afterwards(async () => {
      await this.#flush();
      await storeCheckpoint(this.#files, this.folder, kind, state, meta);
      if (kind === 'last') await pruneBest(this.#files, this.folder, keepBest);
    });
  }

  /** Whether a checkpoint of this score would be one of the `keep` best. */
  isAmongBest(score: number, keep = 1): Promise<boolean> {
    return isAmongBest(this.folder, score, keep);
  }

  /** The weights must not change until it resolves. @throws AppError('file/write'); the old ones are then still there */
  saveWeights(weights: Weights): Promise<void> {
    return this.#afterwards(() =>
      this.#replace('weights.safetensors', safetensorsParts(weights, { format: 'stemma' })),
    );
  }

  /** Replaces answers-SET.bin. The numbers must not change until it resolves. @throws as `saveNote` */
  saveAnswers(set: AnswerSet, answers: Answers): Promise<void> {
    return this.#afterwards(() => this.#replace(`answers-${set}.bin`, answersParts(answers)));
  }

  /** Replaces NAME.json. @throws AppError('file/write'); the old one is then still there */
  saveNote(name: NoteName, value: object): Promise<void> {
    return this.#afterwards(() => this.#replace(`${name}.json`, [`${JSON.stringify(value)}\n`]));
  }

  /** @throws AppError('file/write'); the old state is then still there */
  setState({ state, reason, summary, recipe, environment }: StateChange): Promise<void> {
    return this.#store((record) => ({
      ...record,
      ...(state !== undefined && { state }),
      ...(reason !== undefined && { reason }),
      ...(recipe && { recipe }),
      ...(environment && { environment }),
      ...(summary && { summary: { ...record.summary, ...summary } }),
    }));
  }

  /** Stores what waits and lets go: a run that still says 'running' then reads as interrupted. */
  async close(): Promise<void> {
    await this.flush();
    await this.#store(({ writer: _, ...record }) => record);
  }
}

/**
 * A new folder in `dir`, which is made where it is missing; run.json comes last, so a folder with one is whole.
 * @throws AppError('file/write') in words: a full disk, a read-only folder; nothing is left behind
 */
export async function createRun(
  dir: string,
  init: RunInit,
  { files = diskFiles, now = new Date() }: StoreOptions = {},
): Promise<RunWriter> {
  const { title, recipe, environment, document, parent, state = 'created' } = init;
  let id = newRunId(title, now);
  try {
    await files.makeFolder(dir, { recursive: true });
    for (let attempt = 0; ; attempt++) {
      try {
        await files.makeFolder(join(dir, id), { recursive: false });
        break;
      } catch (cause) {
        // Another run of this second drew the same four digits.
        if ((cause as NodeJS.ErrnoException).code !== 'EEXIST' || attempt === 8) throw cause;
        id = newRunId(title, now);
      }
    }
  } catch (cause) {
    throw writeError(`The folder ${join(dir, id)}`, cause, 'cannot be made');
  }
  const folder = join(dir, id);
  const record: RunRecord = {
    ...{ formatVersion: RUN_VERSION, id, title, createdAt: now.toISOString() },
    ...(parent !== undefined && { parent }),
    ...{ state, reason: '', writer: thisProcess(), recipe, environment, summary: {} },
  };
  try {
    await replaceFile(files, join(folder, 'document.stemma'), [document]);
    await replaceFile(files, join(folder, 'run.json'), [showRecord(record)]);
    await files.syncFolder(dir);
  } catch (cause) {
    await files.remove(folder).catch(() => {});
    throw cause instanceof AppError ? cause : writeError(dir, cause);
  }
  return new RunWriter(folder, record, files);
}
