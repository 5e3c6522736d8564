/** The person's own package client: pip, however it is called, or pip as uv runs it. */
import { spawn } from 'node:child_process';

export interface PackageClient {
  /** As 'pip 24.0'. */
  readonly name: string;
  readonly command: string;
  /** What comes before pip's own words. */
  readonly args: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** In the order in which they are asked. uv has no download of its own, but runs pip in an environment of its making. */
const candidates: readonly (readonly [command: string, ...args: string[]])[] = [
  ['python3', '-m', 'pip'],
  ['pip3'],
  ['pip'],
  ['python', '-m', 'pip'],
  ['py', '-m', 'pip'],
  ['uv', 'tool', 'run', 'pip'],
];
/** Starting a Python for the first time may take seconds; uv fetches pip. */
const LIMIT_MS = 20_000;

/** What it says to --version; undefined where it is not there or says something else. */
function ask(command: string, args: readonly string[], env: Environment): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(command, [...args, '--version'], {
      env: clientEnvironment(env),
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: LIMIT_MS,
      killSignal: 'SIGKILL',
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said = (said + chunk).slice(-2000);
    });
    // Not there: the next one is asked.
    child.once('error', () => resolve(undefined));
    child.once('close', (code) => resolve(code === 0 ? /^pip ([\d.]+)/m.exec(said)?.[1] : undefined));
  });
}

/** Its own settings (index, proxy, certificates) hold; those that would refuse or ask are overruled. */
export function clientEnvironment(env: Environment): NodeJS.ProcessEnv {
  return { ...env, PIP_REQUIRE_VIRTUALENV: '0', PIP_NO_INPUT: '1', PIP_DISABLE_PIP_VERSION_CHECK: '1' };
}

/** The first that answers. */
export async function findClient(env: Environment = process.env): Promise<PackageClient | undefined> {
  for (const [command, ...args] of candidates) {
    const version = await ask(command, args, env);
    if (version) return { name: `pip ${version}${command === 'uv' ? ' (through uv)' : ''}`, command, args };
  }
  return undefined;
}
