import type { Options } from './arguments.ts';

export interface Answer {
  /** For people. */
  readonly text: string;
  /** For programs: one object, printed as the last line under --json. */
  readonly json: object;
  readonly exitCode?: number;
}

export type Command = (words: readonly string[], options: Options) => Promise<Answer>;
