/** What came of trying a library: one that crashed is not loaded again until it changes. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { diskFiles } from '../../base/disk.node.ts';
import { writeFileSafely } from '../../base/files.node.ts';
import { engineFolders, enginesHome } from '../home.node.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const entry = z.object({
  sizeBytes: z.number(),
  modifiedMs: z.number(),
  /** Null: it works. */
  why: z.string().nullable(),
});
const schema = z.record(z.string(), entry);
type Tried = z.infer<typeof schema>;

/** Nothing where there is nothing, or what is there cannot be read: then libraries are tried anew. */
function read(env: Environment): Tried {
  try {
    return schema.parse(JSON.parse(readFileSync(engineFolders(enginesHome(env)).tried, 'utf8')));
  } catch {
    return {};
  }
}

function stateOf(file: string) {
  const { size, mtimeMs } = statSync(file);
  return { sizeBytes: size, modifiedMs: mtimeMs };
}

/** What trying this very file said last; undefined: it was not tried, or has changed since. */
export function verdictOn(file: string, env: Environment = process.env): { why: string | null } | undefined {
  const found = read(env)[file];
  if (!found) return undefined;
  const { sizeBytes, modifiedMs } = stateOf(file);
  return found.sizeBytes === sizeBytes && found.modifiedMs === modifiedMs ? { why: found.why } : undefined;
}

/** The sentence for a library that was tried in vain; undefined where nothing is known against it. */
export function whyItFailed(file: string, env: Environment = process.env): string | undefined {
  const why = verdictOn(file, env)?.why;
  return why
    ? `${why} It is not loaded again until it changes; 'stemma engines install tensorflow' replaces it.`
    : undefined;
}

/** @param why null: it works. @throws AppError('file/write') */
export async function rememberTried(
  file: string,
  why: string | null,
  env: Environment = process.env,
): Promise<void> {
  const { folder, tried } = engineFolders(enginesHome(env));
  await diskFiles.makeFolder(folder, { recursive: true });
  // Those that are gone (an older version, a trial's) are forgotten.
  const there = Object.entries(read(env)).filter(([path]) => existsSync(path));
  const all = { ...Object.fromEntries(there), [file]: { ...stateOf(file), why } };
  await writeFileSafely(tried, `${JSON.stringify(all, null, 2)}\n`);
}
