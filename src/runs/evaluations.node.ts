/** How a run was judged on other pictures: evaluations.json beside it, so that adding to it touches nothing that a writer holds. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileSafely } from '../base/files.node.ts';

/** So many are kept; the oldest goes. */
const MOST = 50;

/** Newest first. A file that is no list (edited by hand) begins anew: it is a note, not a result. */
export function listEvaluations(folder: string): readonly unknown[] {
  const file = join(folder, 'evaluations.json');
  if (!existsSync(file)) return [];
  try {
    const list: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

/** In place of one that `isSame`. @throws AppError('file/write') */
export async function addEvaluation(
  folder: string,
  entry: object,
  isSame: (other: unknown) => boolean,
): Promise<void> {
  const list = [entry, ...listEvaluations(folder).filter((other) => !isSame(other))].slice(0, MOST);
  await writeFileSafely(join(folder, 'evaluations.json'), `${JSON.stringify(list)}\n`);
}
