/** What we ask of a disk, so that tests can let it fail; and the safe replacing of a file. */
import { AppError, describeError } from './errors.ts';

export interface WritableFile {
  write(bytes: Uint8Array): Promise<void>;
  /** To the disk itself. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

export interface Files {
  makeFolder(path: string, options: { recursive: boolean }): Promise<void>;
  /** Empties what is there. */
  create(path: string): Promise<WritableFile>;
  rename(from: string, to: string): Promise<void>;
  /** A file or a whole folder; nothing there is no error. */
  remove(path: string): Promise<void>;
  /** To the disk itself: a rename in a folder outlasts a power cut only after this. */
  syncFolder(path: string): Promise<void>;
  syncFile(path: string): Promise<void>;
  /** At once: metrics come between two steps, a few kilobytes at a time. */
  append(path: string, text: string): void;
  truncate(path: string, length: number): void;
  /** Length in bytes and whether the last is a line's end; undefined where there is no file. */
  tail(path: string): { readonly length: number; readonly ended: boolean } | undefined;
}

/** What a person can do about it; by the system's own word for it. */
function hintFor(cause: unknown): string {
  switch ((cause as { code?: unknown } | null)?.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'The disk is full: free some space. What was stored before is unchanged.';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'The folder may not be written to: change its rights, or name another.';
    default:
      return 'What was stored before is unchanged. Check the folder, its rights and the free space.';
  }
}

/** AppError('file/write') that names the file. */
export function writeError(path: string, cause: unknown, happened = 'could not be written'): AppError {
  return new AppError('file/write', `${path} ${happened}: ${describeError(cause)}.`, {
    hint: hintFor(cause),
    cause,
  });
}

const split = (path: string) => {
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
  return { folder: path.slice(0, at), name: path.slice(at) };
};

let temporaries = 0;

/** A name that nobody else uses, in the same folder, so that a rename is one step. */
export function temporaryBeside(path: string): string {
  const { folder, name } = split(path);
  return `${folder}.${name}.${process.pid}-${++temporaries}.tmp`;
}

/** A folder, and those above it. @throws AppError('file/write') */
export async function makeFolder(files: Files, path: string): Promise<void> {
  try {
    await files.makeFolder(path, { recursive: true });
  } catch (cause) {
    throw writeError(`The folder ${path}`, cause, 'cannot be made');
  }
}

/** Nothing there is no error. @throws AppError('file/write') */
export async function removeFile(files: Files, path: string): Promise<void> {
  try {
    await files.remove(path);
  } catch (cause) {
    throw writeError(path, cause, 'could not be removed');
  }
}

async function renameIfThere(files: Files, from: string, to: string): Promise<void> {
  try {
    await files.rename(from, to);
  } catch (error) {
    if ((error as { code?: unknown } | null)?.code !== 'ENOENT') throw error;
  }
}

/**
 * Temporary name, flush, rename, flush of the folder: a crash at any moment leaves the old file or the new one.
 * Two callers at once do not mix: the later rename wins. `before`: where the old one goes instead of away; a crash
 * between may leave it there alone.
 * @throws AppError('file/write') in words; the old file is then still there
 */
export async function replaceFile(
  files: Files,
  path: string,
  parts: readonly (string | Uint8Array)[],
  before?: string,
): Promise<void> {
  const { folder } = split(path);
  const temporary = temporaryBeside(path);
  try {
    const file = await files.create(temporary);
    try {
      for (const part of parts) await file.write(typeof part === 'string' ? Buffer.from(part) : part);
      await file.sync();
    } finally {
      await file.close();
    }
    if (before !== undefined) await renameIfThere(files, path, before);
    await files.rename(temporary, path);
    await files.syncFolder(folder || '.');
  } catch (cause) {
    // What failed first is what the person must hear, whether or not the remains can be removed.
    await files.remove(temporary).catch(() => {});
    throw writeError(path, cause);
  }
}
