/** A person's own sets: one JSON file each, that says where the pictures lie and what was found there. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError, describeError } from '../../base/errors.ts';
import { writeFileSafely } from '../../base/files.node.ts';
import { keptHome } from '../../base/home.node.ts';
import { fits } from '../dataset.ts';

const columns = z.strictObject({
  separator: z.enum([',', ';', '\t']),
  header: z.boolean(),
  path: z.int().min(0),
  label: z.int().min(0),
  part: z.int().min(0).nullable(),
});
const spread = z.array(z.number()).min(1).max(3);
const count = z.int().min(0);

const registration = z.strictObject({
  formatVersion: z.literal(1),
  id: z.string().regex(/^own:[a-z0-9-]{1,80}$/),
  title: z.string().min(1).max(200),
  /** The folder, or the CSV. */
  place: z.string().min(1).max(4096),
  /** Of a CSV; null: a folder. */
  columns: columns.nullable(),
  fit: z.enum(fits),
  /** Who said which pictures train: folders, a column, or a seed. */
  divided: z.enum(['folders', 'column', 'seed']),
  seed: z.int().min(0),
  classes: z.array(z.string().min(1).max(4096)).min(2).max(65_536),
  /** Pictures of each class, in all parts. */
  classCounts: z.array(count),
  shape: z.tuple([z.int().min(1), z.int().min(1), z.union([z.literal(1), z.literal(3)])]),
  counts: z.strictObject({ train: count, validation: count, test: count }),
  mean: spread,
  std: spread,
  /** sha256 of what a training on it depends on. */
  fingerprint: z.string().length(64),
  leftOut: z.strictObject({
    count,
    named: z.array(z.strictObject({ name: z.string().max(8192), why: z.string().max(2000) })),
  }),
  notes: z.array(z.string().max(2000)),
  /** ISO 8601. */
  addedAt: z.string().max(40),
});
export type Registration = z.infer<typeof registration>;

/** `$STEMMA_HOME/data`, else `data` where what must be kept lies. */
export const registrationsHome = () => join(keptHome(), 'data');

const fileOf = (id: string) => join(registrationsHome(), `${id.slice('own:'.length)}.json`);

export interface Damaged {
  readonly id: string;
  readonly file: string;
  readonly why: string;
}

function read(file: string, id: string): Registration | Damaged {
  try {
    const found = registration.parse(JSON.parse(readFileSync(file, 'utf8')));
    if (found.id !== id) throw new Error(`it is of '${found.id}'`);
    return found;
  } catch (error) {
    const why =
      error instanceof z.ZodError ? z.prettifyError(error).split('\n').join('; ') : describeError(error);
    return { id, file, why };
  }
}

export const isDamaged = (found: Registration | Damaged): found is Damaged => 'why' in found;

/** By name. What is damaged is told, not passed over. */
export function registrations(): (Registration | Damaged)[] {
  const home = registrationsHome();
  if (!existsSync(home)) return [];
  return readdirSync(home, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /^[a-z0-9-]{1,80}\.json$/.test(entry.name))
    .map(({ name }) => name)
    .sort()
    .map((name) => read(join(home, name), `own:${name.slice(0, -'.json'.length)}`));
}

/** @throws AppError('file/write') */
export async function keep(found: Registration): Promise<void> {
  mkdirSync(registrationsHome(), { recursive: true });
  await writeFileSafely(fileOf(found.id), `${JSON.stringify(registration.parse(found), null, 2)}\n`);
}

/** The registration only: no picture is touched. @throws AppError('data/unknown') */
export async function forget(id: string): Promise<void> {
  if (!registrations().some((found) => found.id === id))
    throw new AppError('data/unknown', `There is no set of your own '${id}'.`, {
      hint: `Your own: ${
        registrations()
          .map((found) => found.id)
          .join(', ') || 'none'
      }.`,
    });
  await rm(fileOf(id));
}

/** 'Meine Katzen' → 'meine-katzen'. */
function slugOf(title: string): string {
  const plain = title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return (
    plain
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 60)
      .replace(/-+$/, '') || 'pictures'
  );
}

/** The id of a set at this place: its own where it is registered already, else a new one after its title. */
export function idFor(title: string, place: string): string {
  const all = registrations();
  const same = all.find((found) => !isDamaged(found) && found.place === place);
  if (same) return same.id;
  const taken = new Set(all.map(({ id }) => id));
  const slug = slugOf(title);
  for (let number = 1; ; number++) {
    const id = `own:${number === 1 ? slug : `${slug}-${number}`}`;
    if (!taken.has(id)) return id;
  }
}
