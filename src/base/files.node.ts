import { diskFiles } from './disk.node.ts';
import { replaceFile } from './files.ts';

type Data = string | Uint8Array | readonly (string | Uint8Array)[];

/**
 * Written under a temporary name, flushed, renamed: a crash leaves the old file or the new one, never a part.
 * @throws AppError('file/write') in words: a full disk, a read-only folder
 */
export async function writeFileSafely(file: string, data: Data): Promise<void> {
  await replaceFile(diskFiles, file, typeof data === 'string' || data instanceof Uint8Array ? [data] : data);
}
