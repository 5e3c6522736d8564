/** What a person says of a run: notes.json beside it, so that a living writer is not touched. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { diskFiles } from '../base/disk.node.ts';
import { AppError } from '../base/errors.ts';
import { type Files, replaceFile } from '../base/files.ts';
import { inTurn } from '../base/in-turn.ts';
import { type LabelChange, labelChange, labelFields, type RunLabels } from './labels.ts';

const nothing: RunLabels = { note: '', tags: [] };

/** Undefined: it is no JSON object. */
function readFile(file: string): Record<string, unknown> | undefined {
  if (!existsSync(file)) return {};
  try {
    return z.record(z.string(), z.unknown()).safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

/** Field by field: one that was spoilt by hand is passed over. */
function labelsOf(stored: Record<string, unknown>): RunLabels {
  const title = labelFields.title.safeParse(stored.title).data;
  return {
    ...(title !== undefined && { title }),
    note: labelFields.note.safeParse(stored.note).data ?? '',
    tags: labelFields.tags.safeParse(stored.tags).data ?? [],
  };
}

export function readLabels(folder: string): RunLabels {
  const stored = readFile(join(folder, 'notes.json'));
  return stored ? labelsOf(stored) : nothing;
}

const oneByOne = inTurn();

/**
 * What is not named stays. A file that is no JSON is kept as notes-damaged.json.
 * @throws AppError 'runs/labels' for what is too long, 'file/write'
 */
export function editLabels(
  folder: string,
  change: LabelChange,
  files: Files = diskFiles,
): Promise<RunLabels> {
  const { data, error } = labelChange.safeParse(change);
  const issue = error?.issues[0];
  if (issue || !data)
    return Promise.reject(
      new AppError(
        'runs/labels',
        `The run's ${issue?.path.join(' ') ?? 'words'}: ${issue?.message ?? 'not understood'}.`,
      ),
    );
  return oneByOne(async () => {
    const file = join(folder, 'notes.json');
    const stored = readFile(file);
    const next = { ...stored, ...data, ...(data.tags && { tags: [...new Set(data.tags)] }) };
    const aside = stored ? undefined : join(folder, 'notes-damaged.json');
    await replaceFile(files, file, [`${JSON.stringify(next, null, 2)}\n`], aside);
    return labelsOf(next);
  });
}
