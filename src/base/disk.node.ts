/** The real disk. */
import { appendFileSync, closeSync, existsSync, fstatSync, openSync, readSync, truncateSync } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Files } from './files.ts';

async function sync(path: string, flags: string): Promise<void> {
  const handle = await open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function tail(path: string) {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const { size } = fstatSync(file);
    const last = Buffer.alloc(1);
    if (size > 0) readSync(file, last, 0, 1, size - 1);
    return { length: size, ended: size === 0 || last[0] === 0x0a };
  } finally {
    closeSync(file);
  }
}

/** Step by step: Node's own recursive mkdir never returns below /proc and its like. */
async function makeFolders(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const above = dirname(path);
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return;
    if (code !== 'ENOENT' || above === path || existsSync(above)) throw error;
    await makeFolders(above);
    await mkdir(path);
  }
}

export const diskFiles: Files = {
  async makeFolder(path, options) {
    if (options.recursive) await makeFolders(path);
    else await mkdir(path);
  },
  async create(path) {
    const handle = await open(path, 'w');
    return {
      // writeFile goes on where the last one ended, and until all is written.
      write: (bytes) => handle.writeFile(bytes),
      sync: () => handle.sync(),
      close: () => handle.close(),
    };
  },
  rename,
  remove: (path) => rm(path, { recursive: true, force: true }),
  async syncFolder(path) {
    // Windows cannot open a folder; NTFS logs renames itself.
    if (process.platform !== 'win32') await sync(path, 'r');
  },
  syncFile: (path) => sync(path, 'r+'),
  append: (path, text) => appendFileSync(path, text),
  truncate: truncateSync,
  tail,
};
