import { join } from 'node:path';
import type { DatasetSource } from '../data/dataset.ts';
import { type DownloadOptions, downloadDataset } from '../data/download.node.ts';
import { dataHome } from '../data/home.node.ts';

/** Into the folder where it will be looked for. @throws AppError as `downloadDataset`, and where it cannot be fetched */
export async function fetchDataset(
  source: DatasetSource,
  options: Omit<DownloadOptions, 'baseUrl' | 'folder'> & { readonly folder?: string },
): Promise<void> {
  const named = `STEMMA_${source.id.toUpperCase().replaceAll('-', '_')}_URL`;
  const baseUrl = process.env[named] || (source.download?.url ?? '');
  await downloadDataset(source, { folder: join(dataHome(), source.id), ...options, baseUrl });
}
