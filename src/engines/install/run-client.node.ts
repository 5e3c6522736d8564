/** Lets the package client download one wheel, watches the file grow, and ends the client when it is told to. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { clientEnvironment, type PackageClient } from './client.node.ts';
import type { Pin } from './pin.ts';

export interface ClientRun {
  readonly client: PackageClient;
  /** Its temporary files and the wheel; nobody else's. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
  onBytes?(received: number): void;
  /** Where the client found the wheel, as soon as it says so. */
  onUrl?(url: string): void;
}

export interface ClientEnd {
  /** The wheel; undefined: it did not come. */
  readonly wheel?: string;
  /** The client's own last words on what went wrong. */
  readonly said: string;
}

const WATCH_MS = 200;
const SAID_CHARACTERS = 4000;

/** Every file of this name, whichever temporary folder the client chose. */
export function filesNamed(folder: string, name: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name === name)
    .map((entry) => join(entry.parentPath, entry.name));
}

/** With all that it started: uv runs pip as a child of its own. */
function end(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') spawn('taskkill', ['/pid', `${child.pid}`, '/t', '/f']);
  else {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // Gone already is what we want.
    }
  }
}

/** As for `pin.file`, whatever Python the client itself runs on. */
function words(pin: Pin, folder: string): string[] {
  const python = ['--python-version', '311', '--implementation', 'cp', '--abi', 'cp311', '--abi', 'none'];
  return [
    'download',
    // It tells where it found the file only so.
    '-vv',
    ...['--no-deps', '--only-binary=:all:', '--no-cache-dir', '--progress-bar', 'off'],
    ...pin.platforms.flatMap((platform) => ['--platform', platform]),
    ...python,
    ...['--dest', folder, `${pin.name}==${pin.version}`],
  ];
}

/** The lines that pip marks as errors; else its last ones. */
function lastWords(said: string): string {
  const lines = said.split('\n').map((line) => line.trim());
  const errors = lines.filter((line) => line.startsWith('ERROR:')).map((line) => line.slice(6).trim());
  return (errors.length > 0 ? errors : lines.filter(Boolean).slice(-2)).join(' ').slice(0, 500);
}

export function runClient(pin: Pin, run: ClientRun): Promise<ClientEnd> {
  const { client, folder, signal } = run;
  const link = new RegExp(`Found link (https?://\\S*/${pin.file.replaceAll('.', '\\.')})`);
  return new Promise((resolve) => {
    const child = spawn(client.command, [...client.args, ...words(pin, folder)], {
      // What it writes on its way lies where we can see it, and take it over.
      env: { ...clientEnvironment(run.env), TMPDIR: folder, TEMP: folder, TMP: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: Ctrl+C is for us to hear, and the whole group is ended together.
      detached: process.platform !== 'win32',
    });
    let said = '';
    let line = '';
    let isUrlTold = false;
    child.stdout.on('data', (chunk: Buffer) => {
      line = (line + chunk).slice(-100_000);
      const url = isUrlTold ? undefined : link.exec(line)?.[1];
      if (url === undefined) line = line.slice(line.lastIndexOf('\n') + 1);
      else {
        isUrlTold = true;
        run.onUrl?.(url);
      }
    });
    child.stderr.on('data', (chunk: Buffer) => {
      said = (said + chunk).slice(-SAID_CHARACTERS);
    });
    const watch = setInterval(() => {
      const sizes = filesNamed(folder, pin.file).map(
        (file) => statSync(file, { throwIfNoEntry: false })?.size ?? 0,
      );
      run.onBytes?.(Math.max(0, ...sizes));
    }, WATCH_MS);
    const stop = () => end(child);
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted) stop();
    const finish = (words: string) => {
      clearInterval(watch);
      signal?.removeEventListener('abort', stop);
      const wheel = join(folder, pin.file);
      resolve({ said: words, ...(existsSync(wheel) && { wheel }) });
    };
    child.once('error', (error) => finish(error.message));
    child.once('close', () => finish(lastWords(said)));
  });
}
