/** Where runs lie. */
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `option`, else `$STEMMA_RUNS`, else `runs` in `$STEMMA_HOME` or in the platform's folder for what must be kept:
 * `~/Library/Application Support/Stemma` (macOS), `%APPDATA%\Stemma` (Windows), `$XDG_DATA_HOME/stemma` or
 * `~/.local/share/stemma`. An empty variable counts as unset, and so does a relative XDG_DATA_HOME:
 * https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function runsHome(
  option?: string,
  env: Environment = process.env,
  platform: string = process.platform,
  home = homedir(),
): string {
  if (option) return option;
  if (env.STEMMA_RUNS) return env.STEMMA_RUNS;
  if (env.STEMMA_HOME) return join(env.STEMMA_HOME, 'runs');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Stemma', 'runs');
  if (platform === 'win32') return join(env.APPDATA || join(home, 'AppData', 'Roaming'), 'Stemma', 'runs');
  const xdg = env.XDG_DATA_HOME;
  return join(xdg && isAbsolute(xdg) ? xdg : join(home, '.local', 'share'), 'stemma', 'runs');
}
