/** Fetches the files of a data set: progress, cancel, resume; nothing is used before it is verified. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { AppError, describeError } from '../base/errors.ts';
import { fetchPart } from '../base/fetch-part.node.ts';
import { type DatasetSource, type IdxName, idxNames } from './dataset.ts';

export interface DownloadProgress {
  readonly file: string;
  readonly received: number;
  /** 0 where the server does not say. */
  readonly total: number;
}

export interface DownloadOptions {
  /** Where NAME.gz lies, for each name. */
  readonly baseUrl: string;
  readonly folder: string;
  readonly signal?: AbortSignal;
  onProgress?(progress: DownloadProgress): void;
}

/** sha256 of what a .gz file unpacks to. */
async function sumOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), createGunzip(), hash);
  return hash.digest('hex');
}

async function fetchOne(source: DatasetSource, name: IdxName, options: DownloadOptions): Promise<void> {
  const file = join(options.folder, `${name}.gz`);
  if (existsSync(file) && (await sumOf(file).catch(() => 'damaged')) === source.sha256[name]) return;
  const part = `${file}.part`;
  const url = `${options.baseUrl}/${name}.gz`;
  try {
    await fetchPart(url, part, {
      ...(options.signal && { signal: options.signal }),
      onBytes: (received, total) => options.onProgress?.({ file: `${name}.gz`, received, total }),
      refused: ({ status, statusText }) =>
        new AppError('data/download', `${url} answered ${status} ${statusText}.`.trim()),
    });
  } catch (cause) {
    if (options.signal?.aborted)
      throw new AppError('data/cancelled', `The download of ${source.title} was cancelled.`, {
        hint: 'What arrived is kept; the next try goes on from there.',
        cause,
      });
    if (cause instanceof AppError) throw cause;
    const why = cause instanceof Error && cause.cause ? describeError(cause.cause) : describeError(cause);
    throw new AppError('data/download', `${url} could not be fetched: ${why}.`, {
      hint: `What arrived is kept; try again. ${source.hint}`,
      cause,
    });
  }
  const sum = await sumOf(part).catch((error: unknown) => describeError(error));
  if (sum !== source.sha256[name]) {
    await rm(part, { force: true });
    throw new AppError(
      'data/altered',
      `${url} did not send the official file: expected sha256 ${source.sha256[name].slice(0, 12)}…, received ${sum.slice(0, 60)}.`,
      { hint: `It was deleted. ${source.hint}` },
    );
  }
  await rename(part, file);
}

/**
 * Brings all four files into the folder; those that are there and whole are left as they are.
 * @throws AppError: cancelled, not to be had, altered on the way
 */
export async function downloadDataset(source: DatasetSource, options: DownloadOptions): Promise<void> {
  await mkdir(options.folder, { recursive: true });
  for (const name of idxNames) await fetchOne(source, name, options);
}
