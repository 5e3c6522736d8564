/** Fetches the files of a data set: progress, cancel, resume; nothing is used before it is verified. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { AppError, describeError } from '../base/errors.ts';
import { fetchPart } from '../base/fetch-part.node.ts';
import type { DatasetSource, DownloadFile } from './dataset.ts';

export interface DownloadProgress {
  readonly file: string;
  readonly received: number;
  /** 0 where the server does not say. */
  readonly total: number;
}

export interface DownloadOptions {
  /** Where the files lie, for each name. */
  readonly baseUrl: string;
  readonly folder: string;
  readonly signal?: AbortSignal;
  onProgress?(progress: DownloadProgress): void;
}

type Sum = DownloadFile['sum'];

async function sumOf(file: string, { kind }: Sum): Promise<string> {
  const hash = createHash(kind === 'md5' ? 'md5' : 'sha256');
  if (kind === 'md5') await pipeline(createReadStream(file), hash);
  else await pipeline(createReadStream(file), createGunzip(), hash);
  return hash.digest('hex');
}

async function fetchOne(
  source: DatasetSource,
  { name, sum, have }: DownloadFile,
  options: DownloadOptions,
): Promise<void> {
  if (have?.(options.folder)) return;
  const file = join(options.folder, name);
  if (existsSync(file) && (await sumOf(file, sum).catch(() => 'damaged')) === sum.hex) return;
  const part = `${file}.part`;
  const url = `${options.baseUrl}/${name}`;
  try {
    await fetchPart(url, part, {
      ...(options.signal && { signal: options.signal }),
      onBytes: (received, total) => options.onProgress?.({ file: name, received, total }),
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
  const found = await sumOf(part, sum).catch((error: unknown) => describeError(error));
  if (found !== sum.hex) {
    await rm(part, { force: true });
    const kind = sum.kind === 'md5' ? 'md5' : 'sha256';
    throw new AppError(
      'data/altered',
      `${url} did not send the official file: expected ${kind} ${sum.hex.slice(0, 12)}…, received ${found.slice(0, 60)}.`,
      { hint: `It was deleted. ${source.hint}` },
    );
  }
  await rename(part, file);
}

/**
 * Brings all its files into the folder; those that are there and whole are left as they are.
 * @throws AppError: cancelled, not to be had, altered on the way
 */
export async function downloadDataset(source: DatasetSource, options: DownloadOptions): Promise<void> {
  const { download } = source;
  if (!download)
    throw new AppError('data/not-fetchable', `${source.title} cannot be fetched.`, { hint: source.hint });
  await mkdir(options.folder, { recursive: true });
  for (const file of download.files) await fetchOne(source, file, options);
  await download.finish?.(options.folder);
}
