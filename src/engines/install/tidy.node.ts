/** Takes away what earlier installations left: killed ones, and versions that are not the current one. */
import { existsSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { engineFolders } from '../home.node.ts';
import { readInstalled } from './installed.node.ts';

type Folders = ReturnType<typeof engineFolders>;

/** Only while the lock is held. @param keepCurrent false: nothing is installed any more */
export async function tidyFolders(folders: Folders, keepCurrent = true): Promise<void> {
  const { folder, current, stagingPrefix, versionPrefix } = folders;
  if (!existsSync(folder)) return;
  const { installed, why } = readInstalled(current);
  const isLeft = (name: string) => {
    if (name.startsWith(stagingPrefix) || name.endsWith('.tmp')) return true;
    // Where current.json cannot be read, which version is in use is not known.
    if (!name.startsWith(versionPrefix) || (keepCurrent && why)) return false;
    return !keepCurrent || name !== installed?.folder;
  };
  // Windows keeps a library that a process has loaded: the next one takes it away.
  for (const name of readdirSync(folder).filter(isLeft))
    await rm(join(folder, name), { recursive: true, force: true }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPERM' && error.code !== 'EBUSY') throw error;
    });
}
