import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError, describeError } from './errors.ts';

type Data = string | Uint8Array | readonly (string | Uint8Array)[];

/**
 * Written under a temporary name, flushed, renamed: a crash leaves the old file or the new one, never a part.
 * @throws AppError('file/write') in words: a full disk, a read-only folder
 */
export async function writeFileSafely(file: string, data: Data): Promise<void> {
  const temporary = join(dirname(file), `.${basename(file)}.${process.pid}.tmp`);
  try {
    const handle = await open(temporary, 'w');
    try {
      const parts = typeof data === 'string' || data instanceof Uint8Array ? [data] : data;
      for (const part of parts) await handle.writeFile(part);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (cause) {
    // What failed first is what the person must hear, whether or not the remains can be removed.
    await rm(temporary, { force: true }).catch(() => {});
    throw new AppError('file/write', `${file} could not be written: ${describeError(cause)}.`, {
      hint: 'What stood there before is unchanged. Check the folder, its rights and the free space.',
      cause,
    });
  }
}
