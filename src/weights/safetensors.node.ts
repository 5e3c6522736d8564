/** safetensors files on disk, one tensor at a time: no second copy of the weights in memory. */
import { type FileHandle, open } from 'node:fs/promises';
import { AppError, describeError } from '../base/errors.ts';
import { writeFileSafely } from '../base/files.node.ts';
import { damaged, headerLength, readHeader } from './header.ts';
import { decodeTensor, type Metadata, type SafetensorsContent, safetensorsParts } from './safetensors.ts';
import type { HostTensor, Weights } from './tensors.ts';

/**
 * Under a temporary name, flushed, renamed: whoever reads `path` finds the old file or the new one.
 * @throws AppError('file/write') in words: a full disk, a read-only folder
 */
export function writeSafetensors(path: string, weights: Weights, metadata: Metadata = {}): Promise<void> {
  return writeFileSafely(path, safetensorsParts(weights, metadata));
}

/** Node's read may give less than asked for, and never more than 2 GB. */
async function readFully(
  handle: FileHandle,
  bytes: Uint8Array,
  position: number,
  file: string,
): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const length = Math.min(bytes.length - at, 2 ** 30);
    const { bytesRead } = await handle.read(bytes, at, length, position + at);
    if (bytesRead === 0)
      damaged(file, `it ends at byte ${position + at}; expected ${position + bytes.length}`);
    at += bytesRead;
  }
}

async function withFile<T>(path: string, read: (handle: FileHandle) => Promise<T>): Promise<T> {
  try {
    const handle = await open(path, 'r');
    try {
      return await read(handle);
    } finally {
      await handle.close();
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('file/read', `${path} could not be read: ${describeError(cause)}.`, {
      hint: 'Check that the file is there and may be read.',
      cause,
    });
  }
}

async function headerOf(handle: FileHandle, path: string) {
  const { size } = await handle.stat();
  const start = new Uint8Array(Math.min(8, size));
  await readFully(handle, start, 0, path);
  const length = headerLength(start, size, path);
  const head = new Uint8Array(length);
  await readFully(handle, head, 8, path);
  return { ...readHeader(head, size - 8 - length, path), dataStart: 8 + length };
}

/** What stands in the header beside the tensors; none of them is read. @throws as `readSafetensors` */
export function readSafetensorsMetadata(path: string): Promise<Metadata> {
  return withFile(path, async (handle) => (await headerOf(handle, path)).metadata);
}

/**
 * @throws AppError('weights/damaged') with the tensor, what was expected and received; 'file/read' where the file
 *   cannot be read at all
 */
export function readSafetensors(path: string): Promise<SafetensorsContent> {
  return withFile(path, async (handle) => {
    const { entries, metadata, dataStart } = await headerOf(handle, path);
    const weights = new Map<string, HostTensor>();
    for (const entry of entries) {
      const bytes = new Uint8Array(entry.end - entry.begin);
      await readFully(handle, bytes, dataStart + entry.begin, path);
      weights.set(entry.path, decodeTensor(entry, bytes));
    }
    return { weights, metadata };
  });
}
