/** A web host of its own for a test: a process, with all that it keeps in a temporary folder. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Host {
  readonly url: string;
  readonly home: string;
  /** As a crash would: at once. */
  kill(): Promise<void>;
  /** As Ctrl+C would. */
  stop(): Promise<void>;
}

/** npm runs its scripts there; bundled, this file lies elsewhere. */
const root = process.cwd();

async function firstLine(child: ChildProcess): Promise<string> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      const url = /http:\/\/\S+#token=\S+/.exec(line)?.[0];
      if (url) resolve(url);
    });
    child.once('exit', (code) => reject(new Error(`The host ended with ${code}: ${said}`)));
  });
}

export async function startHost(
  home = mkdtempSync(join(tmpdir(), 'stemma-e2e-')),
  env: Readonly<Record<string, string>> = {},
): Promise<Host> {
  const child = spawn(process.execPath, [join(root, 'bin', 'stemma.mjs'), 'web', '--no-open'], {
    env: { ...process.env, ...env, STEMMA_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const url = await firstLine(child);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  };
  return { url, home, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}

export const removeHome = (home: string) => rmSync(home, { recursive: true, force: true, maxRetries: 5 });
