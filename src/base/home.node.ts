/** Where what must be kept lies: runs, settings, installed engines. */
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `$STEMMA_HOME`, else the platform's folder for what must be kept: `~/Library/Application Support/Stemma` (macOS),
 * `%APPDATA%\Stemma` (Windows), `$XDG_DATA_HOME/stemma` or `~/.local/share/stemma`. An empty variable counts as
 * unset, and so does a relative XDG_DATA_HOME: https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function keptHome(
  env: Environment = process.env,
  platform: string = process.platform,
  home = homedir(),
): string {
  if (env.STEMMA_HOME) return env.STEMMA_HOME;
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Stemma');
  if (platform === 'win32') return join(env.APPDATA || join(home, 'AppData', 'Roaming'), 'Stemma');
  const xdg = env.XDG_DATA_HOME;
  return join(xdg && isAbsolute(xdg) ? xdg : join(home, '.local', 'share'), 'stemma');
}
