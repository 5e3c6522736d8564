/** A peer: a process that answers lines of JSON, and that is stopped while others have their turn. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { AppError } from '../../src/base/errors.ts';

export interface Hello {
  readonly peer: string;
  readonly version: string;
  readonly idleMb: number;
}
export interface Prepared {
  readonly losses: readonly (number | null)[];
  readonly warmupMs: readonly number[];
  readonly prepareMs: number;
}
export interface Turn {
  readonly ms: readonly number[];
  readonly peakMb: number;
}

/** Compiling ResNeXt-50 takes minutes for some; longer than this is a hang. */
const PATIENCE_MS = 600_000;
const running = new Set<PeerProcess>();

export class PeerProcess {
  readonly #title: string;
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #lines: AsyncIterator<string>;
  #said = '';

  constructor(title: string, command: readonly string[]) {
    this.#title = title;
    const [program = '', ...args] = command;
    // A group of its own, so that the compiler processes of a peer are stopped and ended with it.
    this.#child = spawn(program, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
    this.#child.stderr.on('data', (chunk: Buffer) => {
      this.#said = (this.#said + chunk.toString()).slice(-2000);
    });
    // That it did not start, or is gone, is told by the answer that does not come.
    this.#child.on('error', (error) => {
      this.#said += error.message;
    });
    this.#child.stdin.on('error', () => {});
    running.add(this);
  }

  /** @throws AppError where it ended, answers an error, or says nothing for ten minutes */
  async #answer<T>(): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new AppError('bench/peer', `${this.#title} did not answer for ten minutes.`)),
        PATIENCE_MS,
      );
    });
    try {
      const { value, done } = await Promise.race([this.#lines.next(), late]);
      if (done) {
        const words = this.#said.trim().split('\n').at(-1);
        throw new AppError('bench/peer', `${this.#title} ended: ${words || 'it said nothing'}`);
      }
      const answer = JSON.parse(value) as T & { error?: string };
      if (answer.error !== undefined) throw new AppError('bench/peer', answer.error);
      return answer;
    } finally {
      clearTimeout(timer);
    }
  }

  #ask<T>(message: object): Promise<T> {
    this.#child.stdin.write(`${JSON.stringify(message)}\n`);
    return this.#answer();
  }

  hello(): Promise<Hello> {
    return this.#answer();
  }

  prepare(work: object): Promise<Prepared> {
    return this.#ask({ work });
  }

  turn(steps: number): Promise<Turn> {
    return this.#ask({ steps });
  }

  /** Nothing of it runs until `resume`: no thread that waits in a loop disturbs another's turn. */
  pause(): void {
    this.#signal('SIGSTOP');
  }

  resume(): void {
    this.#signal('SIGCONT');
  }

  end(): void {
    running.delete(this);
    this.#signal('SIGKILL');
  }

  #signal(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void {
    const { pid } = this.#child;
    if (pid === undefined || this.#child.exitCode !== null) return;
    if (process.platform !== 'win32') process.kill(-pid, signal);
    else if (signal === 'SIGKILL') this.#child.kill(signal);
  }
}

/** Stopped processes would stay for ever. */
export function endAllAtExit(): void {
  process.on('exit', () => {
    for (const peer of [...running]) peer.end();
  });
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    process.on(signal, () => process.exit(code));
}
