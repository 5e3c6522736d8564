/** The checkpoints of a run: which there are, which one a name means, which are kept. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AppError, describeError } from '../base/errors.ts';
import { type Files, makeFolder, removeFile, replaceFile } from '../base/files.ts';
import {
  type CheckpointMeta,
  type CheckpointState,
  checkpointParts,
  readCheckpoint,
  readCheckpointMeta,
} from './checkpoint.node.ts';

const EXTENSION = '.safetensors';
const NAME = /^(last|last-1|best-\d+|step-\d+)$/;

/** What may be saved; files are called 'last', 'best-STEP' and 'step-STEP'. */
export type CheckpointKind = 'last' | 'best' | 'step';

export interface CheckpointEntry {
  /** 'last', 'last-1' (the one before), 'best-120', 'step-100'. */
  readonly name: string;
  readonly bytes: number;
  /** Undefined: damaged. */
  readonly meta: CheckpointMeta | undefined;
  /** Why, in words; empty where its header is whole. */
  readonly damaged: string;
}

export interface Checkpoint {
  readonly name: string;
  readonly meta: CheckpointMeta;
  readonly state: CheckpointState;
}

export const checkpointFolder = (run: string) => join(run, 'checkpoints');
const fileOf = (run: string, name: string) => join(checkpointFolder(run), `${name}${EXTENSION}`);

async function entryOf(run: string, name: string): Promise<CheckpointEntry | undefined> {
  const file = fileOf(run, name);
  const bytes = statSync(file, { throwIfNoEntry: false })?.size;
  if (bytes === undefined) return undefined;
  try {
    return { name, bytes, meta: await readCheckpointMeta(file), damaged: '' };
  } catch (error) {
    return { name, bytes, meta: undefined, damaged: describeError(error) };
  }
}

/** In the order of their steps, the newest first; damaged ones at the end. Only headers are read. */
export async function listCheckpoints(run: string): Promise<CheckpointEntry[]> {
  const folder = checkpointFolder(run);
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder)
    .filter((file) => file.endsWith(EXTENSION))
    .map((file) => file.slice(0, -EXTENSION.length))
    .filter((name) => NAME.test(name));
  const entries = await Promise.all(names.map((name) => entryOf(run, name)));
  const order = (e: CheckpointEntry) => e.meta?.step ?? -1;
  return entries
    .filter((entry) => entry !== undefined)
    .sort((a, b) => order(b) - order(a) || (a.name < b.name ? -1 : 1));
}

/** The best first; of equals the earlier. */
function byScore(entries: readonly CheckpointEntry[]): CheckpointEntry[] {
  const score = (e: CheckpointEntry) => e.meta?.score ?? Number.NEGATIVE_INFINITY;
  const step = (e: CheckpointEntry) => e.meta?.step ?? 0;
  return entries
    .filter(({ name, meta }) => name.startsWith('best-') && meta !== undefined)
    .sort((a, b) => score(b) - score(a) || step(a) - step(b));
}

/** Name of the file that a person's word means; 'last' is 'last-1' where a crash came between two renames. */
async function resolve(run: string, name: string): Promise<string | undefined> {
  if (name === 'best') return byScore(await listCheckpoints(run))[0]?.name;
  if (name === 'last' && !existsSync(fileOf(run, 'last'))) name = 'last-1';
  return NAME.test(name) && existsSync(fileOf(run, name)) ? name : undefined;
}

/** @throws AppError 'runs/no-checkpoint'; 'runs/damaged-checkpoint', whose hint names the one to go on from */
export async function openCheckpoint(run: string, wanted: string): Promise<Checkpoint> {
  const name = await resolve(run, wanted);
  if (name === undefined)
    throw new AppError('runs/no-checkpoint', `Run ${basename(run)} has no checkpoint '${wanted}'.`);
  try {
    return { name, ...(await readCheckpoint(fileOf(run, name))) };
  } catch (cause) {
    const other = (await listCheckpoints(run)).find((entry) => entry.meta && entry.name !== name);
    if (!(cause instanceof AppError) || !other?.meta) throw cause;
    throw new AppError(cause.code, cause.message, {
      hint: `Checkpoint '${other.name}', after step ${other.meta.step}, may be whole.`,
      cause,
    });
  }
}

/**
 * The newest that can be read to its last byte, and in words which were passed over.
 * @throws AppError 'runs/no-checkpoint', which names the damaged ones
 */
export async function newestCheckpoint(
  run: string,
): Promise<Checkpoint & { readonly passedOver: readonly string[] }> {
  const entries = await listCheckpoints(run);
  // Of a damaged header nobody knows the step: it may have been the newest.
  const passedOver = entries.map(({ damaged }) => damaged).filter(Boolean);
  for (const { name, meta } of entries) {
    if (!meta) continue;
    try {
      return { name, ...(await readCheckpoint(fileOf(run, name))), passedOver };
    } catch (error) {
      passedOver.push(describeError(error));
    }
  }
  throw new AppError(
    'runs/no-checkpoint',
    ['It cannot go on: there is no whole checkpoint.', ...passedOver].join(' '),
    { hint: 'Train its drawing anew; a new run can begin with the weights of this one, where it has any.' },
  );
}

/** Whether a checkpoint of this score would be one of the `keep` best; never one that is no number. */
export async function isAmongBest(run: string, score: number, keep: number): Promise<boolean> {
  const best = byScore(await listCheckpoints(run)).slice(0, keep);
  return (
    keep > 0 && (best.length < keep ? !Number.isNaN(score) : score > (best.at(-1)?.meta?.score ?? score))
  );
}

/** Of 'last' the one before stays, as 'last-1'. @throws AppError('file/write'); what was stored is still there */
export async function storeCheckpoint(
  files: Files,
  run: string,
  kind: CheckpointKind,
  state: CheckpointState,
  meta: CheckpointMeta,
): Promise<void> {
  await makeFolder(files, checkpointFolder(run));
  const name = kind === 'last' ? 'last' : `${kind}-${meta.step}`;
  const before = kind === 'last' ? fileOf(run, 'last-1') : undefined;
  await replaceFile(files, fileOf(run, name), checkpointParts(state, meta), before);
}

/**
 * Removes all but the `keep` best. Those that were among them when 'last-1' was stored stay too: a run that goes on
 * from there finds the best that it had.
 */
export async function pruneBest(files: Files, run: string, keep: number): Promise<void> {
  const entries = await listCheckpoints(run);
  const best = byScore(entries);
  const step = entries.find(({ name }) => name === 'last-1')?.meta?.step ?? 0;
  const then = best.filter(({ meta }) => meta !== undefined && meta.step <= step);
  const kept = new Set([...best.slice(0, keep), ...then.slice(0, keep)]);
  for (const entry of best) if (!kept.has(entry)) await removeFile(files, fileOf(run, entry.name));
}

/** What a run that goes on from `from` takes back: everything after its step, and what is damaged. */
export async function removeCheckpointsAfter(
  files: Files,
  run: string,
  from: { readonly name: string; readonly step: number },
): Promise<void> {
  for (const { name, meta } of await listCheckpoints(run)) {
    const spoilt = meta === undefined || (name === 'last' && from.name === 'last-1');
    if (spoilt || meta.step > from.step) await removeFile(files, fileOf(run, name));
  }
}
