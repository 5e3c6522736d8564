/** Finds TensorFlow's library on this machine. It looks at files and loads none: loading the wrong one can kill. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { engineFolders, enginesHome } from '../home.node.ts';
import { readInstalled } from '../install/installed.node.ts';
import type { Located, Looked, TensorFlowLibrary } from './library.ts';
import { libraryIn } from './library-folder.node.ts';
import { pythonPlaces } from './python-places.node.ts';
import { whyItFailed } from './tried.node.ts';

export type { Located, Looked, TensorFlowLibrary } from './library.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Found = { readonly library: TensorFlowLibrary } | Looked | undefined;

/** Older ones are built otherwise, and nobody tried them. */
const OLDEST_PYTHON = [2, 16] as const;

/** What the person named: a variable of the environment, else `stemma engines use FOLDER`. */
export function namedFolder(env: Environment = process.env): { folder: string; by: string } | undefined {
  if (env.STEMMA_TENSORFLOW_DIR) return { folder: env.STEMMA_TENSORFLOW_DIR, by: '$STEMMA_TENSORFLOW_DIR' };
  const { named } = engineFolders(enginesHome(env));
  if (!existsSync(named)) return undefined;
  try {
    const { folder } = JSON.parse(readFileSync(named, 'utf8')) as { folder: unknown };
    if (typeof folder === 'string') return { folder, by: "'stemma engines use'" };
  } catch {
    // Damaged: told as a folder that is not there, with the file's name.
  }
  return { folder: named, by: "a damaged file; write it anew with 'stemma engines use'" };
}

function use(
  place: string,
  source: TensorFlowLibrary['source'],
  known: Partial<TensorFlowLibrary> = {},
  env: Environment = process.env,
): { readonly library: TensorFlowLibrary } | Looked {
  const found = libraryIn(place);
  if ('why' in found) return { place, why: found.why };
  const failed = whyItFailed(found.cc, env);
  if (failed) return { place, why: failed };
  const threads = Number(env.STEMMA_TENSORFLOW_THREADS) || known.threads;
  return { library: { ...found, source, ...known, ...(threads !== undefined && { threads }) } };
}

function fromInstalled(env: Environment): Found {
  const { current, folder } = engineFolders(enginesHome(env));
  const { installed, why } = readInstalled(current);
  if (!installed) return { place: folder, why: why ?? 'Stemma has installed none yet.' };
  const { version, gpu, threads, libraries } = installed;
  const place = dirname(join(folder, installed.folder, libraries.cc));
  return use(place, 'installed', { version, gpu, ...(threads !== null && { threads }) }, env);
}

function fromPython(env: Environment): Found {
  let passed: Looked | undefined;
  for (const packages of pythonPlaces(env)) {
    const place = join(packages, 'tensorflow');
    if (!existsSync(place)) continue;
    const found = use(place, 'python', {}, env);
    if (!('library' in found)) passed ??= found;
    else {
      const [major = 0, minor = 0] = found.library.version.split('.').map(Number);
      const [least, second] = OLDEST_PYTHON;
      if (major > least || (major === least && minor >= second)) return found;
      passed ??= {
        place,
        why: `It is TensorFlow ${found.library.version || 'of an unknown version'}; ${OLDEST_PYTHON.join('.')} or later is needed.`,
      };
    }
  }
  return passed ?? { place: 'Python packages', why: 'No Python here has TensorFlow installed.' };
}

const TFJS = '@tensorflow/tfjs-node-gpu';

/** Where tfjs-node-gpu's own install script puts an official library; undefined: the package is not there. */
export function tfjsNodeFolder(): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${TFJS}/package.json`));
  } catch {
    // Not finding it is the answer.
    return undefined;
  }
}

function fromTfjsNode(env: Environment): Found {
  const folder = tfjsNodeFolder();
  if (folder === undefined) return { place: TFJS, why: 'The package is not installed.' };
  const place = join(folder, 'deps', 'lib');
  return existsSync(place)
    ? use(place, 'tfjs-node', {}, env)
    : { place, why: "Its library was not downloaded; 'stemma engines install tfjs-node' does that." };
}

/**
 * The library to use, and the places passed over. A folder that the person named is used or nothing is: another one in
 * its stead would go unnoticed.
 */
export function locateTensorFlow(env: Environment = process.env): Located {
  const named = namedFolder(env);
  if (named) {
    const found = use(named.folder, 'named', {}, env);
    if ('library' in found) return { library: found.library, looked: [] };
    return { looked: [{ place: found.place, why: `${found.why} It was named by ${named.by}.` }] };
  }
  const looked: Looked[] = [];
  for (const look of [fromInstalled, fromPython, fromTfjsNode]) {
    const found = look(env);
    if (found === undefined) continue;
    if ('library' in found) return { library: found.library, looked };
    looked.push(found);
  }
  return { looked };
}
