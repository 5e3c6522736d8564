/** Errors of the world (disk, network, a bad file), and of ourselves. Problems of a drawing are data, not errors. */

export interface AppErrorOptions {
  /** What the person can do about it; one sentence. */
  hint?: string;
  cause?: unknown;
}

/** An error to be shown to a person: what happened, where, what was expected; `hint` says what to do. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: string;
  readonly hint: string | undefined;

  constructor(code: string, message: string, { hint, cause }: AppErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = hint;
  }
}

/** A condition that only a bug of ours can break. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Stemma's own mistake: ${message}`);
}

/** The sentence of an error, with its hint, whatever was thrown. */
export function describeError(error: unknown): string {
  if (error instanceof AppError) return error.hint ? `${error.message} ${error.hint}` : error.message;
  return error instanceof Error ? error.message : String(error);
}
