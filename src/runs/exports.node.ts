/** What was made of a run: exports.json beside it, so that adding to it touches nothing that a writer holds. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diskFiles } from '../base/disk.node.ts';
import { type Files, replaceFile } from '../base/files.ts';

/** Newest last. A file that is no list (edited by hand) begins anew: it is a note, not a result. */
export function listExports(folder: string): readonly unknown[] {
  const file = join(folder, 'exports.json');
  if (!existsSync(file)) return [];
  try {
    const list: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

/** @throws AppError('file/write') */
export async function addExport(folder: string, entry: object, files: Files = diskFiles): Promise<void> {
  const list = [...listExports(folder), entry];
  await replaceFile(files, join(folder, 'exports.json'), [`${JSON.stringify(list, null, 2)}\n`]);
}
