import type { OptionName, Options } from './arguments.ts';

export interface Answer {
  /** For people. */
  readonly text: string;
  /** For programs: one object, printed as the last line under --json. */
  readonly json: object;
  readonly exitCode?: number;
}

/** `words` are as many as its entry in the table of commands says. */
export type Command = (words: readonly string[], options: Options) => Promise<Answer>;

export interface CommandDef {
  /** What may follow the name, as 'FILE|TEMPLATE'. */
  readonly words: string;
  /** How many words at least and at most. */
  readonly count: readonly [number, number];
  readonly help: string;
  /** Those it heeds; any other is refused, never ignored. */
  readonly options: readonly OptionName[];
  readonly run: Command;
}
