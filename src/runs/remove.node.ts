/** Away, but not gone: in the system's bin where the host has one, else in `.trash` beside the others. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { diskFiles } from '../base/disk.node.ts';
import { AppError } from '../base/errors.ts';
import { type Files, writeError } from '../base/files.ts';
import { type Listed, listed, runFolder } from './find.node.ts';
import { writersOf } from './lock.node.ts';
import { livingStates } from './record.ts';

const isWritten = (folder: string, item: Listed) =>
  writersOf(folder).length > 0 ||
  ('record' in item && item.record.writer !== undefined && livingStates.includes(item.record.state));

export interface RemoveOptions {
  readonly files?: Files;
  /** Moves a folder to the system's bin; one that cannot is no hindrance. */
  readonly trash?: (folder: string) => Promise<void>;
}

/**
 * Damaged runs too. Returns where it lies now; undefined: in the system's bin.
 * @throws AppError 'runs/unknown', 'runs/active' where a living process writes it, 'file/write'
 */
export async function removeRun(
  dir: string,
  id: string,
  { files = diskFiles, trash: toBin }: RemoveOptions = {},
): Promise<string | undefined> {
  const folder = runFolder(dir, id);
  if (isWritten(folder, listed(dir, id)))
    throw new AppError('runs/active', `Run ${id} is being trained.`, { hint: 'Stop it first.' });
  if (toBin) {
    try {
      await toBin(folder);
      if (!existsSync(folder)) return undefined;
    } catch {
      // A disk without a bin (a network, a stick): the folder is still here, and goes to ours.
    }
  }
  const trash = join(dir, '.trash');
  let place = join(trash, id);
  for (let n = 2; existsSync(place); n++) place = join(trash, `${id}-${n}`);
  try {
    await files.makeFolder(trash, { recursive: true });
    await files.rename(folder, place);
    await files.syncFolder(trash);
    await files.syncFolder(dir);
  } catch (cause) {
    throw writeError(folder, cause, 'could not be moved to .trash');
  }
  return place;
}
