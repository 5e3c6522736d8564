/** A real Chromium, spoken to over the pipe of its DevTools protocol; it ends when the pipe does. */
import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { Program } from './protocol.ts';

type Params = Record<string, unknown>;
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Params;
  readonly sessionId?: string;
  readonly result?: Params;
  readonly error?: { readonly message: string };
}

const switches = ['--headless', '--remote-debugging-pipe', '--disable-dev-shm-usage'];

export interface Session {
  send(method: string, params?: Params): Promise<Params>;
  on(method: string, listener: (params: Params) => void): void;
}

export interface Chromium {
  readonly pid: number | undefined;
  readonly browser: Session;
  /** A new page, with a session of its own. */
  openPage(width: number, height: number): Promise<Session & { readonly targetId: string }>;
  end(): void;
}

export function startChromium({ executablePath, args }: Program, profile: string): Chromium {
  const child = spawn(executablePath, [...args, ...switches, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const [to, from] = [child.stdio[3] as Writable, child.stdio[4] as Readable];
  const waiting = new Map<number, { resolve(result: Params): void; reject(error: Error): void }>();
  const events = new EventEmitter().setMaxListeners(0);
  let count = 0;

  function hear(message: Message): void {
    if (message.id === undefined) {
      events.emit(`${message.sessionId ?? ''} ${message.method}`, message.params);
      return;
    }
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error) asked?.reject(new Error(message.error.message));
    else asked?.resolve(message.result ?? {});
  }

  let rest = '';
  from.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\0');
    rest = parts.pop() ?? '';
    for (const part of parts) hear(JSON.parse(part) as Message);
  });
  // Chromium may end before we do.
  to.on('error', () => {});

  const sessionOf = (sessionId?: string): Session => ({
    send: (method, params = {}) =>
      new Promise((resolve, reject) => {
        const id = ++count;
        waiting.set(id, { resolve, reject });
        to.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
      }),
    on: (method, listener) => void events.on(`${sessionId ?? ''} ${method}`, listener),
  });

  const browser = sessionOf();
  return {
    pid: child.pid,
    browser,
    async openPage(width, height) {
      const { targetId } = await browser.send('Target.createTarget', {
        url: 'about:blank',
        width,
        height,
        newWindow: true, // Only then Chromium heeds a size.
      });
      const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true });
      return { ...sessionOf(sessionId as string), targetId: targetId as string };
    },
    end: () => void child.kill('SIGKILL'),
  };
}
