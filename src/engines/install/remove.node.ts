/** Takes away what Stemma installed; a folder that the person named, or Python's, is not touched. */
import { existsSync } from 'node:fs';
import { diskFiles } from '../../base/disk.node.ts';
import { engineFolders } from '../home.node.ts';
import { takeLock } from './lock.node.ts';
import { tidyFolders } from './tidy.node.ts';

/** Whether there was anything. @throws AppError('engine/busy') */
export async function removeTensorFlow(home: string): Promise<boolean> {
  const folders = engineFolders(home);
  if (!existsSync(folders.folder)) return false;
  const letGo = takeLock(folders.lock);
  try {
    const was = existsSync(folders.current);
    // First what says that it is there: killed in between, the rest is nobody's and goes with the next installation.
    await diskFiles.remove(folders.current);
    await tidyFolders(folders, false);
    await diskFiles.remove(folders.downloads);
    await diskFiles.remove(folders.tried);
    return was;
  } finally {
    letGo();
  }
}
