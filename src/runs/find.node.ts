/** The runs of a folder. */
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AppError, describeError } from '../base/errors.ts';
import { type Indexed, readIndexed } from './list-index.node.ts';
import { RunReader, readRecord } from './reader.node.ts';
import type { RunRecord } from './record.ts';

export type Listed =
  | { readonly record: RunRecord; readonly note?: string; readonly tags?: readonly string[] }
  | { readonly id: string; readonly damaged: string };

/** Beside the runs that they make. */
export const EXPERIMENTS_FOLDER = 'experiments';

/** When a run was made, in milliseconds; of a damaged one, as far as its folder's name tells. */
function timeOf(id: string, record?: RunRecord): number {
  const stamp = id.replace(/^(\d{4}-\d\d-\d\d)-(\d\d)(\d\d)(\d\d).*/s, '$1T$2:$3:$4Z');
  return Date.parse(record?.createdAt ?? stamp) || 0;
}

function listedOf(folder: string, id: string, read: Indexed | undefined): Listed {
  try {
    if (!read) throw new Error('It is gone.');
    if ('error' in read) throw read.error;
    const { title, note, tags } = read.labels;
    const record = readRecord(folder, title === undefined ? {} : { title }, read.stored);
    return { record, ...(note && { note }), ...(tags.length > 0 && { tags }) };
  } catch (error) {
    return { id, damaged: describeError(error) };
  }
}

/** A run of a folder, or why it is none. */
export function listed(dir: string, id: string): Listed {
  try {
    return { record: readRecord(join(dir, id)) };
  } catch (error) {
    return { id, damaged: describeError(error) };
  }
}

function listFolders(dir: string): { id: string; listed: Listed }[] {
  const ids = readdirSync(dir, { withFileTypes: true })
    .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .filter((name) => name !== EXPERIMENTS_FOLDER);
  const read = readIndexed(dir, ids);
  return ids
    .map((id): { id: string; time: number; listed: Listed } => {
      const item = listedOf(join(dir, id), id, read.get(id));
      return { id, time: timeOf(id, 'record' in item ? item.record : undefined), listed: item };
    })
    .sort((a, b) => b.time - a.time || (a.id < b.id ? 1 : -1));
}

/** Newest first; never throws: damaged runs, and a folder that cannot be read, stand there with the reason. */
export function listRuns(dir: string): Listed[] {
  if (!existsSync(dir)) return [];
  try {
    return listFolders(dir).map(({ listed }) => listed);
  } catch (error) {
    return [{ id: basename(dir), damaged: `${dir} cannot be read: ${describeError(error)}.` }];
  }
}

/** Newest first. @throws AppError('runs/read') */
function idsIn(dir: string): string[] {
  if (!existsSync(dir)) return [];
  try {
    return listFolders(dir).map(({ id }) => id);
  } catch (cause) {
    throw new AppError('runs/read', `${dir} cannot be read: ${describeError(cause)}.`, { cause });
  }
}

/**
 * The folder of an id, whole or damaged. An id is one name that no file system hides: nothing else is reached by it.
 * @throws AppError('runs/unknown')
 */
export function runFolder(dir: string, id: string): string {
  if (id === '' || id.startsWith('.') || /[\\/:\0]/.test(id) || !existsSync(join(dir, id)))
    throw new AppError('runs/unknown', `There is no run '${id}' in ${dir}.`, {
      hint: "'stemma runs' lists them.",
    });
  return join(dir, id);
}

/** @throws AppError 'runs/unknown' where there is none of this id, 'runs/damaged', 'runs/newer' */
export function openRun(dir: string, id: string): RunReader {
  return new RunReader(runFolder(dir, id));
}

/**
 * The folder of the run that a person means: a path, an id, the beginning of one, or 'last'.
 * @throws AppError 'runs/unknown'; an ambiguous beginning lists its candidates, newest first
 */
export function findRunFolder(dir: string, name: string): string {
  if (name !== '' && existsSync(join(name, 'run.json'))) return name;
  const ids = idsIn(dir);
  const matching = name === 'last' ? ids.slice(0, 1) : ids.filter((id) => name !== '' && id.startsWith(name));
  const exact = matching.find((id) => id === name) ?? (matching.length === 1 ? matching[0] : undefined);
  if (exact !== undefined) return join(dir, exact);
  const shown = matching.slice(0, 10).join(', ') + (matching.length > 10 ? ', …' : '');
  const words =
    matching.length > 1
      ? `'${name}' begins ${matching.length} runs: ${shown}.`
      : ids.length === 0
        ? `There is no run '${name}': there are none in ${dir} yet.`
        : `There is no run '${name}'.`;
  throw new AppError('runs/unknown', words, { hint: "'stemma runs' lists them." });
}
