/** Where Python packages may lie. No Python is started for it: that takes a while, and this is asked at every start. */
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

const entries = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);

/** `lib/python3.N/site-packages` and Debian's dist-packages under a prefix; the newest Python first. */
function packagesUnder(prefix: string): string[] {
  return entries(join(prefix, 'lib'))
    .filter((name) => /^python3(\.\d+)?$/.test(name))
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    .flatMap((name) => ['site-packages', 'dist-packages'].map((kind) => join(prefix, 'lib', name, kind)));
}

/** The environment of this shell, then the Pythons of PATH, then where systems and users put packages. */
export function pythonPlaces(env: Environment = process.env, home = homedir()): string[] {
  const active = [env.VIRTUAL_ENV, env.CONDA_PREFIX].filter(
    (prefix) => prefix !== undefined && prefix !== '',
  );
  const onPath = (env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'python3'))
    .filter((file) => existsSync(file))
    // A virtual environment's Python is a link out of it: its own packages count as well.
    .flatMap((file) => [dirname(dirname(file)), dirname(dirname(realpathSync(file)))]);
  const pyenv = join(env.PYENV_ROOT || join(home, '.pyenv'), 'versions');
  const prefixes = [
    ...active,
    ...onPath,
    join(home, '.local'),
    ...entries(pyenv).map((version) => join(pyenv, version)),
    ...['/opt/homebrew', '/usr/local', '/usr'],
  ];
  return [...new Set(prefixes.flatMap((prefix) => packagesUnder(prefix as string)))].filter((place) =>
    existsSync(place),
  );
}
