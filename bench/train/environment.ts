/** The peers' Python. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../../src/base/errors.ts';
import { cacheHome } from '../../src/data/home.node.ts';

const pythonOf = (folder: string) =>
  process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');

function run(what: string, command: string, args: readonly string[], hint: string): void {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0)
    throw new AppError('bench/peers', `${what} failed: ${error?.message ?? `exit status ${status}`}.`, {
      hint,
    });
}

/**
 * The Python of `STEMMA_PEERS`, or that of an environment in the cache folder, made when it is not there (1.5 GB).
 * @throws AppError where there is none in the folder named, or it cannot be made
 */
export function peersPython(requirements: string, tell: (line: string) => void, env = process.env): string {
  const named = env.STEMMA_PEERS;
  if (named) {
    if (existsSync(pythonOf(named))) return pythonOf(named);
    throw new AppError('bench/peers', `STEMMA_PEERS: there is no Python environment in ${named}.`, {
      hint: `Expected ${pythonOf(named)}. Unset STEMMA_PEERS to have one made.`,
    });
  }
  const sum = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 8);
  const folder = join(cacheHome(env), `peers-${sum}`);
  const whole = join(folder, 'complete');
  if (existsSync(whole)) return pythonOf(folder);
  tell(`Makes the peers' Python environment in ${folder} (about 2 GB; once).`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  const python = process.platform === 'win32' ? 'python' : 'python3';
  const hint = 'Python 3.11 or newer with venv and pip is needed; or name an environment with STEMMA_PEERS.';
  run(`${python} -m venv`, python, ['-m', 'venv', folder], hint);
  run('pip install', pythonOf(folder), ['-m', 'pip', 'install', '--retries', '1', '-r', requirements], hint);
  writeFileSync(whole, '');
  return pythonOf(folder);
}
