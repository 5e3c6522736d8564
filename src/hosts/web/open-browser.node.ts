import { spawn } from 'node:child_process';

type Environment = Readonly<Record<string, string | undefined>>;

/** What opens an address on this system; undefined where there is no desktop to open it on. */
export function opener(platform: string, env: Environment): readonly [string, ...string[]] | undefined {
  if (env.CI) return undefined;
  if (platform === 'darwin') return ['open'];
  // `start` takes its first quoted word as a title.
  if (platform === 'win32') return ['cmd', '/c', 'start', '""'];
  return env.DISPLAY || env.WAYLAND_DISPLAY ? ['xdg-open'] : undefined;
}

/** Says false where no browser could be opened; the printed address serves then. */
export function openBrowser(
  url: string,
  platform = process.platform,
  env: Environment = process.env,
): boolean {
  const found = opener(platform, env);
  if (!found) return false;
  const [program, ...words] = found;
  const child = spawn(program, [...words, url], { stdio: 'ignore', detached: true });
  // No such program: the address was printed.
  child.on('error', () => {});
  child.unref();
  return true;
}
