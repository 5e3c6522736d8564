/** A stored run, for looking at. */
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError, describeError } from '../base/errors.ts';
import { isAlive } from '../base/process.node.ts';
import type { Metric } from '../training/metric.ts';
import { readSafetensors } from '../weights/safetensors.node.ts';
import type { Weights } from '../weights/tensors.ts';
import { type AnswerSet, type Answers, parseAnswers } from './answers.ts';
import {
  type Checkpoint,
  type CheckpointEntry,
  checkpointFolder,
  listCheckpoints,
  newestCheckpoint,
  openCheckpoint,
} from './checkpoints.node.ts';
import { readLabels } from './labels.node.ts';
import type { RunLabels } from './labels.ts';
import { readColumns, readMetricsPage } from './metric-file.node.ts';
import type { MetricColumns } from './metric-table.ts';
import { type MetricsPage, parseMetrics, type StoredMetrics } from './metrics.ts';
import { livingStates, type NoteName, parseRecord, type RunRecord } from './record.ts';

/** run.json of a folder, as it stands there. @throws AppError('runs/damaged' | 'runs/newer') */
export function readStoredRecord(folder: string): RunRecord {
  const file = join(folder, 'run.json');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new AppError('runs/damaged', `${file} cannot be read: ${describeError(cause)}.`, { cause });
  }
  return parseRecord(text, file);
}

/**
 * By the title that its person gave it. One that says 'running' whose writer is gone reads as 'interrupted'; the file stays as it is.
 * @throws AppError('runs/damaged' | 'runs/newer')
 */
export function readRecord(
  folder: string,
  { title }: Pick<RunLabels, 'title'> = readLabels(folder),
  stored: RunRecord = readStoredRecord(folder),
): RunRecord {
  const record = title === undefined ? stored : { ...stored, title };
  const { writer, state } = record;
  // A writer that closed a paused or created run left it so on purpose; 'running' needs somebody who runs it.
  const abandoned =
    writer === undefined ? state === 'running' : livingStates.includes(state) && !isAlive(writer);
  if (!abandoned) return record;
  return { ...record, state: 'interrupted', reason: 'It was interrupted: its trainer is gone.' };
}

export class RunReader {
  readonly folder: string;
  /** As it was when opened. */
  readonly record: RunRecord;

  /** @throws AppError('runs/damaged' | 'runs/newer') */
  constructor(folder: string, record: RunRecord = readRecord(folder)) {
    this.folder = folder;
    this.record = record;
  }

  get labels(): RunLabels {
    return readLabels(this.folder);
  }

  #file(name: string): string {
    return join(this.folder, name);
  }

  /** Nothing where none were stored. @throws AppError('runs/read') */
  #metricsText(): string {
    const file = this.#file('metrics.jsonl');
    if (!existsSync(file)) return '';
    try {
      return readFileSync(file, 'utf8');
    } catch (cause) {
      throw new AppError('runs/read', `${file} cannot be read: ${describeError(cause)}.`, { cause });
    }
  }

  /** With what could not be read. @throws AppError('runs/read') */
  storedMetrics(): StoredMetrics {
    const text = this.#metricsText();
    return text === '' ? { metrics: [], damagedLines: [] } : parseMetrics(text);
  }

  /** Figures as columns, which are kept in memory and beside the run. @throws AppError('runs/read') */
  metricColumns(): Promise<MetricColumns> {
    return readColumns(this.folder);
  }

  /** Only their part of the file is read. @throws AppError('runs/read') */
  metricsPage(from: number, count: number): Promise<MetricsPage> {
    return readMetricsPage(this.folder, from, count);
  }

  /** Whole lines only: a line torn by a crash is dropped. */
  metrics(): readonly Metric[] {
    return this.storedMetrics().metrics;
  }

  get hasWeights(): boolean {
    return existsSync(this.#file('weights.safetensors'));
  }

  /** @throws AppError 'runs/no-weights' where there are none, 'weights/damaged' */
  async weights(): Promise<Weights> {
    if (!this.hasWeights)
      throw new AppError(
        'runs/no-weights',
        `Run ${basename(this.folder)} has no weights: it ended before its first epoch did, or the file was removed.`,
      );
    return (await readSafetensors(this.#file('weights.safetensors'))).weights;
  }

  /** Whether there ever was a checkpoint; what a run that begins anew takes back leaves it there, empty. */
  get hasCheckpointFolder(): boolean {
    return existsSync(checkpointFolder(this.folder));
  }

  /** Newest first, damaged ones at the end; headers alone are read. */
  checkpoints(): Promise<CheckpointEntry[]> {
    return listCheckpoints(this.folder);
  }

  /**
   * By a name of `checkpoints`, or 'best'.
   * @throws AppError 'runs/no-checkpoint'; 'runs/damaged-checkpoint', whose hint names the one to take instead
   */
  checkpoint(name: string): Promise<Checkpoint> {
    return openCheckpoint(this.folder, name);
  }

  /** To go on from: the newest whole one, and in words what was passed over. @throws AppError('runs/no-checkpoint') */
  newestCheckpoint(): Promise<Checkpoint & { readonly passedOver: readonly string[] }> {
    return newestCheckpoint(this.folder);
  }

  async #bytes(name: string): Promise<Buffer> {
    try {
      return await readFile(this.#file(name));
    } catch (cause) {
      throw new AppError('runs/read', `${this.#file(name)} cannot be read: ${describeError(cause)}.`, {
        cause,
      });
    }
  }

  /** The drawing as trained. @throws AppError('runs/read') */
  async document(): Promise<string> {
    return (await this.#bytes('document.stemma')).toString('utf8');
  }
  /** What `RunWriter.saveAnswers` stored; undefined where nothing was. @throws AppError('runs/read' | 'runs/damaged' | 'runs/newer') */
  async answers(set: AnswerSet): Promise<Answers | undefined> {
    const name = `answers-${set}.bin`;
    return existsSync(this.#file(name)) ? parseAnswers(await this.#bytes(name), this.#file(name)) : undefined;
  }

  /** What `RunWriter.saveNote` stored; undefined where there is none, or where it is no JSON: it is a note, not a result. */
  note(name: NoteName): unknown {
    const file = this.#file(`${name}.json`);
    if (!existsSync(file)) return undefined;
    try {
      return JSON.parse(readFileSync(file, 'utf8')) as unknown;
    } catch {
      return undefined;
    }
  }
}
