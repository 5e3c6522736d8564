/** Whether there is room on the disk, asked before anything is written. */
import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '../../base/errors.ts';

const megabytes = (bytes: number) => `${Math.ceil(bytes / 1e6)} MB`;

/** The disk of a folder that may not be there yet. */
export async function freeBytes(folder: string): Promise<number> {
  const there = existsSync(folder) || dirname(folder) === folder;
  if (!there) return freeBytes(dirname(folder));
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** @throws AppError('engine/space') */
export async function requireRoom(folder: string, bytes: number, free = freeBytes): Promise<void> {
  const there = await free(folder);
  if (there < bytes)
    throw new AppError(
      'engine/space',
      `There is too little room for the engine in ${folder}: expected ${megabytes(bytes)} free, received ${megabytes(there)}.`,
      { hint: 'Free some space, or let $STEMMA_HOME name a folder on another disk.' },
    );
}
