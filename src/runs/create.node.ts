/** A run that begins. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { diskFiles } from '../base/disk.node.ts';
import { AppError } from '../base/errors.ts';
import { type Files, replaceFile, temporaryBeside, writeError } from '../base/files.ts';
import { type ProcessId, thisProcess } from '../base/process.node.ts';
import { removeLeftovers } from './leftovers.node.ts';
import { heldLock, markRun } from './lock.node.ts';
import { RUN_VERSION, type RunEnvironment, type RunRecord, type RunState, showRecord } from './record.ts';
import { newRunId } from './run-id.node.ts';
import { RunWriter } from './writer.node.ts';

export interface RunInit {
  readonly title: string;
  readonly recipe: Record<string, unknown>;
  readonly environment: RunEnvironment;
  /** The `.stemma` file; stored byte for byte. */
  readonly document: string | Uint8Array;
  readonly parent?: string;
  readonly state?: RunState;
}

export interface StoreOptions {
  readonly files?: Files;
  readonly now?: Date;
  /** Who writes; this process where it is not told. */
  readonly writer?: Exclude<ProcessId, number>;
}

function unusedId(dir: string, title: string, now: Date): string {
  for (;;) {
    const id = newRunId(title, now);
    if (!existsSync(join(dir, id))) return id;
  }
}

/**
 * A new folder in `dir`, which is made where it is missing. It is filled under another name, so that whoever lists the
 * runs sees a whole one or none.
 * @throws AppError('file/write') in words: a full disk, a read-only folder; nothing is left behind
 */
export async function createRun(
  dir: string,
  init: RunInit,
  { files = diskFiles, now = new Date(), writer = thisProcess() }: StoreOptions = {},
): Promise<RunWriter> {
  const { title, recipe, environment, document, parent, state = 'created' } = init;
  const id = unusedId(dir, title, now);
  const folder = join(dir, id);
  const unfinished = temporaryBeside(folder);
  let place = unfinished;
  try {
    await files.makeFolder(dir, { recursive: true });
    await removeLeftovers(files, dir);
    await files.makeFolder(unfinished, { recursive: false });
  } catch (cause) {
    throw writeError(`The folder ${folder}`, cause, 'cannot be made');
  }
  const record: RunRecord = {
    ...{ formatVersion: RUN_VERSION, id, title, createdAt: now.toISOString() },
    ...(parent !== undefined && { parent }),
    ...{ state, reason: '', writer, recipe, environment, summary: {} },
  };
  try {
    const { name } = await markRun(files, unfinished, writer);
    await replaceFile(files, join(unfinished, 'document.stemma'), [document]);
    await replaceFile(files, join(unfinished, 'run.json'), [showRecord(record)]);
    await files.rename(unfinished, folder);
    place = folder;
    await files.syncFolder(dir);
    return new RunWriter(folder, record, files, heldLock(files, folder, name));
  } catch (cause) {
    // What failed first is what the person must hear, whether or not the remains can be removed.
    await files.remove(place).catch(() => {});
    throw cause instanceof AppError ? cause : writeError(folder, cause, 'cannot be made');
  }
}
