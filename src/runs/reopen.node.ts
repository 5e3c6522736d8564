/** A run that is gone on with in its own folder. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { diskFiles } from '../base/disk.node.ts';
import { AppError } from '../base/errors.ts';
import { type Files, replaceFile, writeError } from '../base/files.ts';
import { isAlive, thisProcess } from '../base/process.node.ts';
import { checkpointFolder, removeCheckpointsAfter } from './checkpoints.node.ts';
import type { StoreOptions } from './create.node.ts';
import { removeLeftovers } from './leftovers.node.ts';
import { lockRun, removeDeadMarks } from './lock.node.ts';
import { readStoredRecord } from './reader.node.ts';
import { livingStates, type RunRecord, showRecord } from './record.ts';
import { RunWriter } from './writer.node.ts';

export interface ReopenOptions extends StoreOptions {
  /** What it goes on from: everything after it is taken back. Absent: everything stays. */
  readonly from?: {
    readonly name: string;
    readonly meta: { readonly step: number; readonly metricsBytes: number; readonly telemetryBytes: number };
  };
}

async function truncate(files: Files, file: string, bytes: number): Promise<void> {
  if (!existsSync(file) || statSync(file).size <= bytes) return;
  try {
    files.truncate(file, bytes);
    await files.syncFile(file);
  } catch (cause) {
    throw writeError(file, cause, 'could not be cut');
  }
}

/** A writer of before there were marks. @throws AppError('runs/active') */
function refuseWhereWritten({ id, state, writer }: RunRecord): void {
  if (writer !== undefined && livingStates.includes(state) && isAlive(writer))
    throw new AppError('runs/active', `Run ${id} is being trained by another process.`, {
      hint: 'Wait until it ends, or stop it there.',
    });
}

/**
 * The run says 'running' again, as this process's. In this order, so that after a crash it can be done once more.
 * @throws AppError 'runs/active' where a living process writes it; 'runs/damaged', 'runs/newer', 'file/write'
 */
export async function reopenRun(
  folder: string,
  { from, files = diskFiles, writer = thisProcess() }: ReopenOptions = {},
): Promise<RunWriter> {
  readStoredRecord(folder);
  const lock = await lockRun(files, folder, writer);
  try {
    // Once more: whoever had it until now may have written it.
    const stored = readStoredRecord(folder);
    refuseWhereWritten(stored);
    await removeDeadMarks(files, folder);
    await removeLeftovers(files, folder);
    await removeLeftovers(files, checkpointFolder(folder));
    if (from) {
      const { step, metricsBytes, telemetryBytes } = from.meta;
      await removeCheckpointsAfter(files, folder, { name: from.name, step });
      await truncate(files, join(folder, 'telemetry.jsonl'), telemetryBytes);
      await truncate(files, join(folder, 'metrics.jsonl'), metricsBytes);
    }
    const record: RunRecord = { ...stored, state: 'running', reason: '', writer };
    await replaceFile(files, join(folder, 'run.json'), [showRecord(record)]);
    return new RunWriter(folder, record, files, lock);
  } catch (error) {
    // What failed first is what the person must hear; a mark that stays ends with this process.
    await lock.release().catch(() => {});
    throw error;
  }
}
