/** One installation at a time, among all Stemmas of this person. */
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { AppError } from '../../base/errors.ts';
import { isAlive, thisProcess } from '../../base/process.node.ts';

/** Between making a lock and writing into it passes a moment, in which its owner may be killed. */
const UNWRITTEN_MS = 5000;

/** Undefined: nobody any more. */
function ownerOf(lock: string): { pid: number; started: string | null } | undefined {
  try {
    const owner = JSON.parse(readFileSync(lock, 'utf8')) as { pid: number; started: string | null };
    return isAlive(owner) ? owner : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    if (!(error instanceof SyntaxError)) throw error;
    const isFresh = Date.now() - statSync(lock).mtimeMs < UNWRITTEN_MS;
    return isFresh ? { pid: 0, started: null } : undefined;
  }
}

/** Of two that find it stale at once, one may have taken over by now: a lock with a living owner is put back. */
function putAway(lock: string): void {
  const away = `${lock}.${process.pid}`;
  try {
    renameSync(lock, away);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (ownerOf(away)) renameSync(away, lock);
  else rmSync(away, { force: true });
}

/**
 * Returns what lets go. A lock whose owner is gone is taken over.
 * @throws AppError('engine/busy') where another process installs or removes
 */
export function takeLock(lock: string): () => void {
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(lock, JSON.stringify(thisProcess()), { flag: 'wx' });
      return () => rmSync(lock, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = ownerOf(lock);
    if (owner || attempt >= 3)
      throw new AppError(
        'engine/busy',
        `An engine is being installed or removed already${owner?.pid ? `, by process ${owner.pid}` : ''}.`,
        { hint: 'Wait until that has ended.' },
      );
    putAway(lock);
  }
}
