/** Where what can be had again is kept: downloads and caches. */
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `$STEMMA_HOME`; else the platform's cache folder: `~/Library/Caches/stemma` (macOS), `%LOCALAPPDATA%\stemma`
 * (Windows), `$XDG_CACHE_HOME/stemma` or `~/.cache/stemma`. An empty variable counts as unset, and so does a
 * relative XDG_CACHE_HOME: https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function cacheHome(
  env: Environment = process.env,
  platform: string = process.platform,
  home = homedir(),
): string {
  if (env.STEMMA_HOME) return env.STEMMA_HOME;
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'stemma');
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'stemma');
  const xdg = env.XDG_CACHE_HOME;
  return join(xdg && isAbsolute(xdg) ? xdg : join(home, '.cache'), 'stemma');
}

/** Where downloads go: `$STEMMA_DATA`, else `data` in the cache folder. */
export function dataHome(env: Environment = process.env): string {
  return env.STEMMA_DATA || join(cacheHome(env), 'data');
}

/** Folders that may hold a data set, in order: `$STEMMA_DATA`, then our own downloads. */
export function downloadedFolders(id: string, env: Environment = process.env): string[] {
  const own = join(cacheHome(env), 'data', id);
  // Data sets share file names, so the folder of this one comes before the folder that may hold any.
  return env.STEMMA_DATA ? [join(env.STEMMA_DATA, id), env.STEMMA_DATA, own] : [own];
}
