/** Another program's answer; however it fails, told in a sentence. */
import { execFile } from 'node:child_process';

export interface Ran {
  readonly out: string;
  /** What it wrote to its error stream. */
  readonly said: string;
  /** Why it has no answer. */
  readonly problem?: string;
}

export function runProgram(program: string, words: readonly string[], limitMs: number): Promise<Ran> {
  return new Promise((resolve) => {
    const options = { timeout: limitMs, killSignal: 'SIGKILL', windowsHide: true } as const;
    execFile(program, [...words], options, (error, out, said) => {
      if (!error) return resolve({ out, said });
      const words = said.trim() || out.trim();
      resolve({ out, said, problem: problemOf(program, error, words, limitMs) });
    });
  });
}

interface Failure extends Error {
  readonly code?: string | number | null | undefined;
  readonly signal?: string | null | undefined;
  readonly killed?: boolean | undefined;
}

function problemOf(
  program: string,
  { code, signal, killed, message }: Failure,
  said: string,
  limitMs: number,
): string {
  const name = program.split(/[\\/]/).at(-1);
  if (code === 'ENOENT') return `${name} is not installed.`;
  if (killed) return `${name} did not answer within ${limitMs / 1000} seconds.`;
  const first = said.split('\n').find((line) => line.trim() !== '');
  const words = first ? `: ${first.trim().replace(/[.:]?$/, '.')}` : '';
  if (signal) return `${name} was ended by ${signal}${words || '.'}`;
  return typeof code === 'number' ? `${name} ended with code ${code}${words || '.'}` : `${name}: ${message}.`;
}
