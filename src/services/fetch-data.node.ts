import { join } from 'node:path';
import { AppError } from '../base/errors.ts';
import type { DatasetSource } from '../data/dataset.ts';
import { type DownloadOptions, downloadDataset } from '../data/download.node.ts';
import { dataHome } from '../data/home.node.ts';

/** Into the folder where it will be looked for. @throws AppError as `downloadDataset`, and where it cannot be fetched */
export async function fetchDataset(
  source: DatasetSource,
  options: Omit<DownloadOptions, 'baseUrl' | 'folder'> & { readonly folder?: string },
): Promise<void> {
  if (source.url === undefined)
    throw new AppError('data/not-fetchable', `${source.title} cannot be fetched.`, { hint: source.hint });
  const baseUrl = process.env.STEMMA_FASHION_MNIST_URL ?? source.url;
  await downloadDataset(source, { folder: join(dataHome(), source.id), ...options, baseUrl });
}
