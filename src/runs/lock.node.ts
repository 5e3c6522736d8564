/**
 * One writer a run. Whoever wants to write puts a mark of a name that nobody else ever has, then looks whether another
 * living process has one: of two that come at once at least the later sees the other. Names are never used again, so a
 * dead one's mark can be removed at any time; a lock of one fixed name cannot, a slow process may take away its
 * successor's.
 */
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../base/errors.ts';
import { type Files, removeFile, replaceFile } from '../base/files.ts';
import { isAlive, type ProcessId, thisProcess } from '../base/process.node.ts';

const MARK = /^\.writer-(\d+)-[0-9a-f]+$/;
/** Two that meet both step back and try again after a while by chance. */
const TRIES = 60;
const PAUSE_MS = 25;

export interface RunLock {
  /** @throws AppError('file/write'); once this process has ended, the mark counts for nothing */
  release(): Promise<void>;
}

interface Mark {
  readonly file: string;
  readonly owner: ProcessId;
}

function readMark(file: string): Mark | undefined {
  const pid = Number(MARK.exec(basename(file))?.[1]);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined; // Its owner took it away just now.
  }
  try {
    const { started } = JSON.parse(text) as { started?: unknown };
    return { file, owner: { pid, started: typeof started === 'string' ? started : null } };
  } catch {
    return { file, owner: pid };
  }
}

function marksOf(folder: string): Mark[] {
  return readdirSync(folder)
    .filter((name) => MARK.test(name))
    .map((name) => readMark(join(folder, name)))
    .filter((mark) => mark !== undefined);
}

/** Who writes a run, where somebody does. */
export function writersOf(folder: string): ProcessId[] {
  return marksOf(folder)
    .map(({ owner }) => owner)
    .filter(isAlive);
}

export async function removeDeadMarks(files: Files, folder: string): Promise<void> {
  for (const { file, owner } of marksOf(folder)) if (!isAlive(owner)) await removeFile(files, file);
}

const pidOf = (owner: ProcessId) => (typeof owner === 'number' ? owner : owner.pid);

function taken({ file, owner }: Mark): AppError {
  return new AppError(
    'runs/active',
    `Run ${basename(join(file, '..'))} is being written by process ${pidOf(owner)}.`,
    { hint: `Stop it there first. If that process is no Stemma, remove ${file}.` },
  );
}

/** Puts the mark without looking: for a folder that nobody else knows yet. @throws AppError('file/write') */
export async function markRun(
  files: Files,
  folder: string,
  owner: ProcessId = thisProcess(),
): Promise<{ readonly name: string }> {
  const name = `.writer-${pidOf(owner)}-${randomBytes(8).toString('hex')}`;
  await replaceFile(files, join(folder, name), [JSON.stringify(owner)]);
  return { name };
}

export const heldLock = (files: Files, folder: string, name: string): RunLock => ({
  release: () => removeFile(files, join(folder, name)),
});

/** @throws AppError 'runs/active' where another living process has it, 'file/write' */
export async function lockRun(files: Files, folder: string, owner?: ProcessId): Promise<RunLock> {
  for (let attempt = 1; ; attempt++) {
    const [holder] = marksOf(folder).filter((mark) => isAlive(mark.owner));
    if (holder) throw taken(holder);
    const { name } = await markRun(files, folder, owner);
    const lock = heldLock(files, folder, name);
    const [other] = marksOf(folder).filter((mark) => basename(mark.file) !== name && isAlive(mark.owner));
    if (!other) return lock;
    await lock.release();
    if (attempt === TRIES) throw taken(other);
    await pause(Math.random() * PAUSE_MS);
  }
}
