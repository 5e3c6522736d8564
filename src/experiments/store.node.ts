/** Experiments on the disk: a folder each, with the document and what came of it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diskFiles } from '../base/disk.node.ts';
import { AppError, describeError } from '../base/errors.ts';
import { type Files, replaceFile, writeError } from '../base/files.ts';
import { isAlive, thisProcess } from '../base/process.node.ts';
import { EXPERIMENTS_FOLDER } from '../runs/find.node.ts';
import { newRunId } from '../runs/run-id.node.ts';
import { keyOf } from './expand.ts';
import { type ExperimentDocument, readExperiment, writeExperiment } from './experiment.ts';
import {
  type ExperimentRecord,
  type ExperimentState,
  parseExperimentRecord,
  RECORD_VERSION,
} from './record.ts';
import type { ExperimentResult } from './results.ts';

const DOCUMENT = 'experiment.stemma-experiment';
const RESULTS = 'results.json';

const isLiving = (state: ExperimentState) => state === 'running' || state === 'paused';

export interface StoredExperiment {
  readonly folder: string;
  readonly record: ExperimentRecord;
  readonly document: ExperimentDocument;
}

/** Beside the runs that they make; a list of runs passes over it. */
export const experimentsHome = (runsHome: string): string => join(runsHome, EXPERIMENTS_FOLDER);

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new AppError('experiment/damaged', `${file} cannot be read: ${describeError(cause)}.`, { cause });
  }
}

/**
 * One that says 'running' whose writer is gone reads as 'interrupted'; the file stays as it is.
 * @throws AppError 'experiment/damaged' | 'experiment/newer' | what `readExperiment` throws
 */
export function openExperiment(folder: string): StoredExperiment {
  const file = join(folder, DOCUMENT);
  const document = readExperiment(textOf(file), file);
  const record = parseExperimentRecord(textOf(join(folder, RESULTS)), join(folder, RESULTS));
  const { state, writer } = record;
  if (!isLiving(state) || (writer && isAlive(writer))) return { folder, record, document };
  const reason = 'It was interrupted: its trainer is gone. What was done is kept.';
  return { folder, document, record: { ...record, state: 'interrupted', reason } };
}

/** @throws AppError('experiment/unknown') */
export function experimentFolder(runsHome: string, id: string): string {
  const folder = join(experimentsHome(runsHome), id);
  if (id === '' || id.startsWith('.') || /[\\/:\0]/.test(id) || !existsSync(folder))
    throw new AppError(
      'experiment/unknown',
      `There is no experiment '${id}' in ${experimentsHome(runsHome)}.`,
    );
  return folder;
}

export type ListedExperiment = StoredExperiment | { readonly id: string; readonly damaged: string };

/** Newest first; a damaged one stands there with the reason. */
export function listExperiments(runsHome: string): ListedExperiment[] {
  const home = experimentsHome(runsHome);
  if (!existsSync(home)) return [];
  return readdirSync(home, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort((a, b) => (a < b ? 1 : -1))
    .map((id) => {
      try {
        return openExperiment(join(home, id));
      } catch (error) {
        return { id, damaged: describeError(error) };
      }
    });
}

/** Whether a living process, of another host too, is at it; a damaged one is nobody's. */
function isRunning(folder: string): boolean {
  try {
    return isLiving(openExperiment(folder).record.state);
  } catch {
    return false;
  }
}

/**
 * To `.trash` beside the others, where no list looks. The runs that it made stay.
 * @throws AppError 'experiment/unknown', 'experiment/active' where a living process is at it, 'file/write'
 */
export async function removeExperiment(
  runsHome: string,
  id: string,
  files: Files = diskFiles,
): Promise<void> {
  const folder = experimentFolder(runsHome, id);
  if (isRunning(folder))
    throw new AppError('experiment/active', `Experiment ${id} is running.`, { hint: 'Stop it first.' });
  const trash = join(experimentsHome(runsHome), '.trash');
  try {
    await files.makeFolder(trash, { recursive: true });
    await files.rename(folder, join(trash, `${id}-${Date.now()}`));
  } catch (cause) {
    throw writeError(folder, cause, 'could not be removed');
  }
}

/** One at a time writes an experiment. */
export class ExperimentWriter implements StoredExperiment {
  readonly folder: string;
  readonly document: ExperimentDocument;
  readonly #files: Files;
  #record: ExperimentRecord;

  constructor({ folder, record, document }: StoredExperiment, files: Files = diskFiles) {
    [this.folder, this.document, this.#record, this.#files] = [folder, document, record, files];
  }

  get record(): ExperimentRecord {
    return this.#record;
  }

  async #store(record: ExperimentRecord): Promise<void> {
    await replaceFile(this.#files, join(this.folder, RESULTS), [`${JSON.stringify(record, null, 1)}\n`]);
    this.#record = record;
  }

  /** In place of what there was of its variant and seed. @throws AppError('file/write'); the old ones are then still there */
  add(result: ExperimentResult): Promise<void> {
    const others = this.#record.results.filter((other) => keyOf(other) !== keyOf(result));
    return this.#store({ ...this.#record, results: [...others, result] });
  }

  /** @throws AppError('file/write') */
  setState(state: ExperimentState, reason = ''): Promise<void> {
    const { writer: _, ...record } = this.#record;
    return this.#store({ ...record, state, reason, ...(isLiving(state) && { writer: thisProcess() }) });
  }
}

/** @throws AppError('experiment/active') where somebody else writes it, and as `openExperiment` */
export async function resumeExperiment(folder: string, files: Files = diskFiles): Promise<ExperimentWriter> {
  const stored = openExperiment(folder);
  if (isLiving(stored.record.state))
    throw new AppError('experiment/active', `Experiment ${stored.record.id} is running already.`);
  const writer = new ExperimentWriter(stored, files);
  await writer.setState('running');
  return writer;
}

/** @throws AppError('file/write') in words; nothing is left behind */
export async function createExperiment(
  runsHome: string,
  document: ExperimentDocument,
  {
    files = diskFiles,
    now = new Date(),
    state = 'running',
  }: {
    readonly files?: Files;
    readonly now?: Date;
    /** 'created': kept to be run later. */
    readonly state?: 'created' | 'running';
  } = {},
): Promise<ExperimentWriter> {
  const id = newRunId(document.title, now);
  const folder = join(experimentsHome(runsHome), id);
  const record: ExperimentRecord = {
    ...{ formatVersion: RECORD_VERSION, id, createdAt: now.toISOString() },
    ...{ state, reason: '', results: [] },
  };
  try {
    await files.makeFolder(folder, { recursive: true });
    await replaceFile(files, join(folder, DOCUMENT), [writeExperiment(document)]);
    const writer = new ExperimentWriter({ folder, record, document }, files);
    await writer.setState(state);
    return writer;
  } catch (cause) {
    await files.remove(folder).catch(() => {});
    throw cause instanceof AppError ? cause : writeError(`The folder ${folder}`, cause, 'cannot be made');
  }
}
