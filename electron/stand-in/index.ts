/** Starts a built main process on the stand-in, in a process of its own that a test may also kill. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { findBrowser } from '../../scripts/browser.mjs';
import type { Control, StandInOptions, Told } from './protocol.ts';

export interface StartOptions {
  /** A built `main.mjs`, with `../renderer` and `../trainer.mjs` where main looks for them. */
  readonly main: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Kept by who gives it; otherwise a new one, removed at the end. */
  readonly home?: string;
  /** False: another instance of Stemma is there already. */
  readonly lock?: boolean;
}

/** Asked from outside, every answer is awaited. */
type Remote = {
  [K in keyof Control]: (...words: Parameters<Control[K]>) => Promise<ReturnType<Control[K]>>;
};

export interface StandIn extends Remote {
  readonly home: string;
  readonly pid: number | undefined;
  /** The middle of the first element that fits the selector, with the mouse. */
  click(window: number, selector: string): Promise<void>;
  /** A key by its name, as 'Enter' or 'a'. */
  press(window: number, key: string): Promise<void>;
  /** How it ended: by itself, by a test's `kill`, or by `close`. */
  readonly exited: Promise<number | null>;
  /** What it wrote to its error stream. */
  said(): string;
  kill(): void;
  close(): Promise<void>;
}

async function buildStandIn(outdir: string): Promise<void> {
  await build({
    absWorkingDir: import.meta.dirname,
    entryPoints: ['electron.ts', 'register.ts', 'parent-port.ts'],
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'warning',
  });
}

function remoteOf(child: ChildProcess, gone: Promise<number | null>): Remote {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let count = 0;
  child.on('message', (message: Told) => {
    if (message.type === 'ready') return;
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.type === 'answer') asked?.resolve(message.value);
    else asked?.reject(new Error(message.message));
  });
  void gone.then((code) => {
    for (const { reject } of waiting.values()) reject(new Error(`The stand-in ended with code ${code}.`));
    waiting.clear();
  });
  const ask = (method: string, words: unknown[]) =>
    new Promise((resolve, reject) => {
      const id = ++count;
      waiting.set(id, { resolve, reject });
      child.send({ id, method, words }, (error) => error && reject(error));
    });
  return new Proxy({} as Remote, {
    // `then` would make it look like a promise.
    get: (_target, method) =>
      typeof method === 'string' && method !== 'then'
        ? (...words: unknown[]) => ask(method, words)
        : undefined,
  });
}

/** It ends with the pipe to the process that started it. */
async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
      throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function clickOn(remote: Remote, window: number, selector: string): Promise<void> {
  const middle = `(() => {
    const { x, y, width, height } = document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  })()`;
  const place = (await remote.evaluate(window, middle)) as { x: number; y: number };
  for (const type of ['mousePressed', 'mouseReleased'])
    await remote.cdp(window, 'Input.dispatchMouseEvent', { ...place, type, button: 'left', clickCount: 1 });
}

async function pressKey(remote: Remote, window: number, key: string): Promise<void> {
  const text = key.length === 1 ? { text: key } : {};
  await remote.cdp(window, 'Input.dispatchKeyEvent', { type: 'keyDown', key, ...text });
  await remote.cdp(window, 'Input.dispatchKeyEvent', { type: 'keyUp', key });
}

export async function startStandIn(options: StartOptions): Promise<StandIn> {
  const temporary = mkdtempSync(join(tmpdir(), 'stemma-stand-in-'));
  await buildStandIn(join(temporary, 'module'));
  const home = options.home ?? join(temporary, 'home');
  const settings: StandInOptions = {
    home,
    chromium: await findBrowser(),
    lock: options.lock ?? true,
  };
  const register = join(temporary, 'module', 'register.mjs');
  const child = spawn(process.execPath, ['--import', register, options.main, ...(options.args ?? [])], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, STEMMA_STAND_IN: JSON.stringify(settings), ...options.env },
  });
  let said = '';
  child.stdout?.resume();
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  let chromium: number | undefined;
  const ready = new Promise<void>((resolve) => {
    child.on('message', (message: Told) => {
      if (message.type !== 'ready') return;
      chromium = message.chromium;
      resolve();
    });
  });
  const remote = remoteOf(child, exited);
  await Promise.race([ready, exited]);
  const extras: Omit<StandIn, keyof Control> = {
    home,
    pid: child.pid,
    click: (window, selector) => clickOn(remote, window, selector),
    press: (window, key) => pressKey(remote, window, key),
    exited,
    said: () => said,
    kill: () => void child.kill('SIGKILL'),
    async close() {
      child.kill('SIGKILL');
      await exited;
      if (chromium !== undefined) await gone(chromium);
      // Processes of Chromium's own may still write for a moment.
      await rm(temporary, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
    },
  };
  return new Proxy(extras as StandIn, {
    get: (own, name) => (name in own ? Reflect.get(own, name) : Reflect.get(remote, name)),
  });
}
