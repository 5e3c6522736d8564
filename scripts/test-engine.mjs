// The native engine for the tests: installed once, into the person's cache, and used again from there.
import { spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';

const program = join('bin', 'stemma.mjs');

/** The last line that a command prints under --json. */
function ask(home, ...words) {
  const { status, stdout } = spawnSync(process.execPath, [program, ...words, '--json'], {
    env: { ...process.env, STEMMA_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  const line = stdout.trim().split('\n').at(-1) ?? '';
  return { ok: status === 0, answer: line.startsWith('{') ? JSON.parse(line) : {} };
}

/** What the tests' environment gets; `said` tells which engine they run on, or why they do without. */
export function engineForTests(env = process.env) {
  if (env.STEMMA_TENSORFLOW_DIR)
    return { env: {}, said: `TensorFlow in ${env.STEMMA_TENSORFLOW_DIR}, as the environment says` };
  const home = join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'stemma', 'test-home');
  let { answer } = ask(home, 'engines');
  if (!answer.installation?.installed) {
    const installed = ask(home, 'engines', 'install', 'tensorflow');
    if (!installed.ok) return { env: {}, said: `none; ${installed.answer.error?.message ?? 'it failed'}` };
    ({ answer } = ask(home, 'engines'));
  }
  const { found } = answer.installation;
  if (found?.source !== 'installed') return { env: {}, said: 'none; what was installed is not usable' };
  return {
    env: { STEMMA_TENSORFLOW_DIR: found.folder },
    said: `TensorFlow ${found.version} in ${found.folder}`,
  };
}
