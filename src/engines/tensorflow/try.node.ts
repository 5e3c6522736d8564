/** Loads a library in a process that may die of it, so that ours does not. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { AppError } from '../../base/errors.ts';
import type { TensorFlowLibrary } from './library.ts';
import { locateTensorFlow } from './locate.node.ts';
import { rememberTried, verdictOn } from './tried.node.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** In a program of its own, not a file: it is the same from sources, from a bundle and from a package. */
const program = `
const koffi = require(process.argv[1]);
const [framework, cc] = [process.argv[2], process.argv[3]];
koffi.load(framework, { lazy: true, global: process.platform === 'linux' });
const library = koffi.load(cc, { lazy: true, global: process.platform === 'linux' });
require('fs').writeSync(1, 'version ' + library.func('TF_Version', 'str', [])() + '\\n');
// At a natural end Node unloads it, and TensorFlow does not outlive that.
process.exit(0);
`;
const LIMIT_MS = 60_000;
const OLDEST = [2, 9] as const;

const signals: Readonly<Record<string, string>> = {
  SIGILL: 'the processor lacks instructions that it is built for (SIGILL)',
  SIGBUS: 'its file is cut off or cannot be read (SIGBUS)',
  SIGKILL: 'it was ended, or took too long (SIGKILL)',
};

/** Null: it works. */
function judge(said: string, error: string, code: number | null, signal: string | null): string | null {
  const version = /^version (\S+)/m.exec(said)?.[1];
  if (code === 0 && version !== undefined) {
    const [major = 0, minor = 0] = version.split('.').map(Number);
    if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return null;
    return `It is TensorFlow ${version}; ${OLDEST.join('.')} or later is needed.`;
  }
  if (signal) return `It crashed when it was loaded: ${signals[signal] ?? signal}.`;
  const reason =
    error.split('\n').find((line) => /^\w*Error: /.test(line)) ?? error.trim().split('\n').at(-1) ?? '';
  return `It cannot be loaded: ${reason.replace(/^\w*Error: /, '') || `code ${code}`}.`;
}

/** Why it does not work, in one sentence; null where it does. */
export function tryLoading(
  { framework, cc }: Pick<TensorFlowLibrary, 'framework' | 'cc'>,
  koffi = createRequire(import.meta.url).resolve('koffi'),
): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['-e', program, koffi, framework, cc], {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: LIMIT_MS,
      killSignal: 'SIGKILL',
    });
    let [said, error] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => {
      said = (said + chunk).slice(-2000);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      error = (error + chunk).slice(-4000);
    });
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(judge(said, error, code, signal)));
  });
}

/** What a verdict is kept for: the disk may refuse, and then it is tried again the next time. */
async function keepVerdict(file: string, why: string | null, env: Environment): Promise<void> {
  try {
    await rememberTried(file, why, env);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

/**
 * What `locateTensorFlow` finds, once no untried library is left before it. A packaged Electron does not run as Node,
 * so there the process that loads it is the throw-away one.
 */
export async function provenTensorFlow(env: Environment = process.env) {
  for (;;) {
    const located = locateTensorFlow(env);
    const { library } = located;
    if (!library || process.versions.electron || verdictOn(library.cc, env)) return located;
    const why = await tryLoading(library);
    // One that was ended may have been slow to read, or in the way of the system: another time it may work.
    if (!why?.includes(signals.SIGKILL as string)) await keepVerdict(library.cc, why, env);
    if (why === null) return located;
    // The next place is asked only where the verdict is kept.
    if (!verdictOn(library.cc, env)) return { looked: [...located.looked, { place: library.folder, why }] };
  }
}
