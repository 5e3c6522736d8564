/** Away, but not gone: a removed run lies in `.trash` beside the others, where no list looks. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { diskFiles } from '../base/disk.node.ts';
import { AppError } from '../base/errors.ts';
import { writeError } from '../base/files.ts';
import { type Listed, listed, runFolder } from './find.node.ts';
import { livingStates } from './record.ts';

const isWritten = (item: Listed) =>
  'record' in item && item.record.writer !== undefined && livingStates.includes(item.record.state);

/**
 * Damaged runs too. Returns where it lies now.
 * @throws AppError 'runs/unknown', 'runs/active' where a living process writes it, 'file/write'
 */
export async function removeRun(dir: string, id: string): Promise<string> {
  const folder = runFolder(dir, id);
  if (isWritten(listed(dir, id)))
    throw new AppError('runs/active', `Run ${id} is being trained.`, { hint: 'Stop it first.' });
  const trash = join(dir, '.trash');
  let place = join(trash, id);
  for (let n = 2; existsSync(place); n++) place = join(trash, `${id}-${n}`);
  try {
    await diskFiles.makeFolder(trash, { recursive: true });
    await diskFiles.rename(folder, place);
    await diskFiles.syncFolder(dir);
  } catch (cause) {
    throw writeError(folder, cause, 'could not be moved to .trash');
  }
  return place;
}
