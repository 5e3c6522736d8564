/** What runs take on the disk. */
import type { Dirent } from 'node:fs';
import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunsUsage } from './usage.ts';

/** What goes while one looks counts nothing; links are not followed. */
async function bytesOf(folder: string): Promise<number> {
  const entries: Dirent[] = await readdir(folder, { withFileTypes: true }).catch(() => []);
  let sum = 0;
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) sum += await bytesOf(path);
    else if (entry.isFile())
      sum += await stat(path).then(
        ({ size }) => size,
        () => 0,
      );
  }
  return sum;
}

export async function runsUsage(home: string): Promise<RunsUsage> {
  const entries = await readdir(home, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  const runs: { run: string; bytes: number }[] = [];
  for (const { name } of names) runs.push({ run: name, bytes: await bytesOf(join(home, name)) });
  runs.sort((a, b) => b.bytes - a.bytes);
  return {
    runs,
    bytes: runs.reduce((sum, { bytes }) => sum + bytes, 0),
    trashBytes: await bytesOf(join(home, '.trash')),
    freeBytes: await statfs(home).then(
      ({ bavail, bsize }) => bavail * bsize,
      () => null,
    ),
  };
}
