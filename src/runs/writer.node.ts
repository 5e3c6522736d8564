/** A run in the making. */
import { join } from 'node:path';
import { type Files, replaceFile } from '../base/files.ts';
import type { Metric } from '../training/metric.ts';
import { safetensorsParts } from '../weights/safetensors.ts';
import type { Weights } from '../weights/tensors.ts';
import { type AnswerSet, type Answers, answersParts } from './answers.ts';
import type { CheckpointMeta, CheckpointState } from './checkpoint.node.ts';
import { type CheckpointKind, isAmongBest, pruneBest, storeCheckpoint } from './checkpoints.node.ts';
import type { RunLock } from './lock.node.ts';
import { readColumns } from './metric-file.node.ts';
import { MetricsFile } from './metrics.ts';
import {
  type NoteName,
  type RunEnvironment,
  type RunRecord,
  type RunState,
  type RunSummary,
  showRecord,
} from './record.ts';

/** Of metrics; they take a fraction of a second to read. */
const WORTH_CACHING = 64e6;

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

/** One at a time writes a run; every call waits for those before it. */
export class RunWriter {
  readonly folder: string;
  readonly #files: Files;
  readonly #lock: RunLock;
  readonly #metrics: MetricsFile;
  readonly #telemetry: MetricsFile;
  #record: RunRecord;
  #last: Promise<void> = Promise.resolve();
  #cachedBytes = 0;

  constructor(folder: string, record: RunRecord, files: Files, lock: RunLock) {
    this.folder = folder;
    this.#files = files;
    this.#lock = lock;
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
      // One that cannot be removed (somebody reads it) goes the next time.
      if (kind === 'last') await this.#cacheMetrics(meta.metricsBytes);
      if (kind === 'last') await pruneBest(this.#files, this.folder, keepBest).catch(() => {});
    });
  }

  /** So that a run of days that is killed opens soon; it is made again by whoever misses it. */
  async #cacheMetrics(bytes: number): Promise<void> {
    if (bytes - this.#cachedBytes < WORTH_CACHING) return;
    this.#cachedBytes = bytes;
    await readColumns(this.folder, this.#files).catch(() => {});
  }

  /** Whether a checkpoint of this score would be one of the `keep` best. */
  isAmongBest(score: number, keep = 1): Promise<boolean> {
    return isAmongBest(this.folder, score, keep);
  }

  /** The weights must not change until it resolves. @throws AppError('file/write'); the old ones are then still there */
  saveWeights(weights: Weights, step?: number): Promise<void> {
    const metadata = { format: 'stemma', ...(step !== undefined && { step: `${step}` }) };
    return this.#afterwards(() => this.#replace('weights.safetensors', safetensorsParts(weights, metadata)));
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
    try {
      await this.flush();
      await this.#store(({ writer: _, ...record }) => record);
      // So that a long run opens at once; it is made again by whoever misses it.
      await readColumns(this.folder, this.#files).catch(() => {});
    } finally {
      await this.#afterwards(() => this.#lock.release());
    }
  }
}
