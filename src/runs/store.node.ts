/** A run is a folder that any tool can read; see docs/runs.md. Every file but the metrics is replaced by rename. */
import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError, describeError } from '../base/errors.ts';
import { writeFileSafely } from '../base/files.node.ts';
import { readSafetensors, safetensorsParts } from '../weights/safetensors.ts';
import type { Weights } from '../weights/tensors.ts';

const RUN_VERSION = 1;
const state = z.enum(['running', 'finished', 'stopped', 'failed']);
const schema = z.object({
  formatVersion: z.literal(RUN_VERSION),
  id: z.string(),
  title: z.string(),
  createdAt: z.string(),
  state,
  /** In words, where it did not simply finish. */
  reason: z.string(),
  /** Process that writes; a run that says 'running' without it was interrupted. */
  writer: z.number(),
  recipe: z.record(z.string(), z.unknown()),
  environment: z.record(z.string(), z.unknown()),
  summary: z.record(z.string(), z.unknown()),
});
export type RunRecord = z.infer<typeof schema>;

export function runsHome(): string {
  return (
    process.env.STEMMA_RUNS ??
    join(
      process.env.STEMMA_HOME ?? join(process.env.XDG_DATA_HOME ?? join(homedir(), '.local/share'), 'stemma'),
      'runs',
    )
  );
}

const slugOf = (title: string) =>
  title
    .toLowerCase()
    .match(/[a-z0-9]+/g)
    ?.join('-') ?? 'run';

export class RunFolder {
  readonly folder: string;
  #record: RunRecord;

  private constructor(folder: string, record: RunRecord) {
    this.folder = folder;
    this.#record = record;
  }

  get record(): RunRecord {
    return this.#record;
  }

  static async create(
    home: string,
    given: Pick<RunRecord, 'title' | 'recipe' | 'environment'> & { document: string },
  ): Promise<RunFolder> {
    const now = new Date();
    const stamp = now.toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '');
    const id = `${stamp}-${slugOf(given.title)}-${process.pid.toString(36)}`;
    const folder = join(home, id);
    try {
      await mkdir(folder, { recursive: true });
    } catch (cause) {
      throw new AppError('runs/write', `The folder ${folder} cannot be made: ${describeError(cause)}.`, {
        hint: 'Name another with --runs or STEMMA_RUNS.',
        cause,
      });
    }
    const { title, recipe, environment, document } = given;
    const run = new RunFolder(folder, {
      formatVersion: RUN_VERSION,
      id,
      title,
      createdAt: now.toISOString(),
      state: 'running',
      reason: '',
      writer: process.pid,
      recipe,
      environment,
      summary: {},
    });
    await writeFileSafely(join(folder, 'document.stemma'), [document]);
    await run.update({});
    return run;
  }

  /** @throws AppError where the folder holds no run that this Stemma can read */
  static async open(folder: string): Promise<RunFolder> {
    return new RunFolder(folder, readRecord(folder));
  }

  async update(change: Partial<RunRecord>): Promise<void> {
    this.#record = { ...this.#record, ...change };
    await writeFileSafely(join(this.folder, 'run.json'), [`${JSON.stringify(this.#record, null, 2)}\n`]);
  }

  appendMetrics(lines: readonly object[]): void {
    if (lines.length === 0) return;
    const file = join(this.folder, 'metrics.jsonl');
    try {
      appendFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    } catch (cause) {
      throw new AppError('runs/write', `${file} could not be written: ${describeError(cause)}.`, { cause });
    }
  }

  /** Whole lines only: a line torn by a crash is dropped. */
  metrics(): unknown[] {
    const file = join(this.folder, 'metrics.jsonl');
    if (!existsSync(file)) return [];
    const lines = readFileSync(file, 'utf8').split('\n');
    lines.pop();
    return lines.map((line) => JSON.parse(line) as unknown);
  }

  saveWeights(weights: Weights): Promise<void> {
    return writeFileSafely(
      join(this.folder, 'weights.safetensors'),
      safetensorsParts(weights, { format: 'stemma' }),
    );
  }

  /** @throws AppError where there are none, or they are damaged */
  async weights(): Promise<Weights> {
    const file = join(this.folder, 'weights.safetensors');
    if (!existsSync(file))
      throw new AppError(
        'runs/no-weights',
        `Run ${this.record.id} has no weights: it ended before they were saved.`,
      );
    return readSafetensors(await readFile(file), file).weights;
  }

  document(): Promise<string> {
    return readFile(join(this.folder, 'document.stemma'), 'utf8');
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function readRecord(folder: string): RunRecord {
  const file = join(folder, 'run.json');
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new AppError('runs/damaged', `${file} cannot be read: ${describeError(cause)}.`, { cause });
  }
  const version = (raw as { formatVersion?: unknown } | null)?.formatVersion;
  if (typeof version === 'number' && version > RUN_VERSION)
    throw new AppError('runs/newer', `${file} was written by a newer Stemma (format ${version}).`, {
      hint: 'Update Stemma to open it.',
    });
  const parsed = schema.safeParse(raw);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new AppError('runs/damaged', `${file}: ${issue?.path.join('.')}: ${issue?.message}.`);
  }
  const record = parsed.data;
  if (record.state === 'running' && !isAlive(record.writer))
    return { ...record, state: 'failed', reason: 'It was interrupted: its trainer is gone.' };
  return record;
}

export type Listed = { readonly record: RunRecord } | { readonly id: string; readonly damaged: string };

/** Newest first; damaged runs stand among them with the reason. */
export function listRuns(home: string): Listed[] {
  if (!existsSync(home)) return [];
  return readdirSync(home, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .reverse()
    .map((id) => {
      try {
        return { record: readRecord(join(home, id)) };
      } catch (error) {
        return { id, damaged: describeError(error) };
      }
    });
}

/** By folder, id, beginning of an id, or 'last'. */
export async function findRun(home: string, name: string): Promise<RunFolder> {
  if (existsSync(join(name, 'run.json'))) return RunFolder.open(name);
  const ids = existsSync(home) ? readdirSync(home).sort() : [];
  const matching = name === 'last' ? ids.slice(-1) : ids.filter((id) => id === name || id.startsWith(name));
  const exact = matching.find((id) => id === name) ?? (matching.length === 1 ? matching[0] : undefined);
  if (exact !== undefined) return RunFolder.open(join(home, exact));
  throw new AppError(
    'runs/unknown',
    matching.length > 1
      ? `'${name}' begins ${matching.length} runs: ${matching.join(', ')}.`
      : `There is no run '${name}'.`,
    { hint: "'stemma runs' lists them." },
  );
}
