/** What a crash leaves: files and folders under the temporary names of a process that is gone. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Files } from '../base/files.ts';
import { isAlive } from '../base/process.node.ts';

const TEMPORARY = /^\..*\.(\d+)-\d+\.tmp$/s;

/** Those of living processes stay. Nothing is told: nobody looks at them, and the next time tries again. */
export async function removeLeftovers(files: Files, folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const pid = Number(TEMPORARY.exec(name)?.[1]);
    if (pid > 0 && !isAlive(pid)) await files.remove(join(folder, name)).catch(() => {});
  }
}
