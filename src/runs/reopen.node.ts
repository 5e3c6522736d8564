/** A run that is gone on with in its own folder. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { diskFiles } from '../base/disk.node.ts';
import { AppError } from '../base/errors.ts';
import { type Files, replaceFile, writeError } from '../base/files.ts';
import { isAlive, thisProcess } from '../base/process.node.ts';
import { removeCheckpointsAfter } from './checkpoints.node.ts';
import { readStoredRecord } from './reader.node.ts';
import { livingStates, type RunRecord, showRecord } from './record.ts';
import { RunWriter, type StoreOptions } from './writer.node.ts';

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

/**
 * The run says 'running' again, as this process's. In this order, so that after a crash it can be done once more.
 * @throws AppError 'runs/active' where a living process writes it; 'runs/damaged', 'runs/newer', 'file/write'
 */
export async function reopenRun(
  folder: string,
  { from, files = diskFiles }: ReopenOptions = {},
): Promise<RunWriter> {
  const stored = readStoredRecord(folder);
  if (stored.writer !== undefined && livingStates.includes(stored.state) && isAlive(stored.writer))
    throw new AppError('runs/active', `Run ${stored.id} is being trained by another process.`, {
      hint: 'Wait until it ends, or stop it there.',
    });
  if (from) {
    const { step, metricsBytes, telemetryBytes } = from.meta;
    await removeCheckpointsAfter(files, folder, { name: from.name, step });
    await truncate(files, join(folder, 'telemetry.jsonl'), telemetryBytes);
    await truncate(files, join(folder, 'metrics.jsonl'), metricsBytes);
  }
  const record: RunRecord = { ...stored, state: 'running', reason: '', writer: thisProcess() };
  await replaceFile(files, join(folder, 'run.json'), [showRecord(record)]);
  return new RunWriter(folder, record, files);
}
