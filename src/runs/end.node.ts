/** What is said of a run whose writer was ended from outside, or died. */
import { join } from 'node:path';
import { diskFiles } from '../base/disk.node.ts';
import { type Files, replaceFile } from '../base/files.ts';
import { writersOf } from './lock.node.ts';
import { readStoredRecord } from './reader.node.ts';
import { livingStates, showRecord } from './record.ts';

export interface RunVerdict {
  readonly state: 'stopped' | 'failed';
  /** In words, with what to do. */
  readonly reason: string;
}

/** Somebody went on with it in the meantime. */
const writtenByOthers = (folder: string) =>
  writersOf(folder).some((owner) => typeof owner !== 'number' && owner.pid !== process.pid);

/**
 * The caller knows that the writer is gone; a run that ended by itself keeps what it says.
 * @throws AppError('runs/damaged' | 'runs/newer' | 'file/write')
 */
export async function endRun(
  folder: string,
  { state, reason }: RunVerdict,
  files: Files = diskFiles,
): Promise<void> {
  const { writer: _, ...record } = readStoredRecord(folder);
  if (!livingStates.includes(record.state) || writtenByOthers(folder)) return;
  await replaceFile(files, join(folder, 'run.json'), [showRecord({ ...record, state, reason })]);
}
