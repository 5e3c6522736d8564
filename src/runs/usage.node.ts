/** What a run takes on the disk. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { checkpointFolder } from './checkpoints.node.ts';
import type { RunUsage } from './record.ts';

/** A file that is gone by the time it is asked takes nothing. */
function sizesIn(folder: string): { files: number; bytes: number } {
  let [files, bytes] = [0, 0];
  for (const name of readdirSync(folder, { recursive: true }) as string[]) {
    const stat = statSync(join(folder, name), { throwIfNoEntry: false });
    if (!stat?.isFile()) continue;
    files++;
    bytes += stat.size;
  }
  return { files, bytes };
}

export function runUsage(folder: string): RunUsage {
  const checkpoints = checkpointFolder(folder);
  const isThere = statSync(checkpoints, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const { files, bytes } = isThere ? sizesIn(checkpoints) : { files: 0, bytes: 0 };
  return { totalBytes: sizesIn(folder).bytes, checkpointBytes: bytes, checkpoints: files };
}
