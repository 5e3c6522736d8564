/** Where a program of JavaScript has no memory left, it says so in its own words. */
import { AppError } from '../base/errors.ts';

const SMALLER = 'Use a smaller batch, smaller pictures or a smaller network.';

/** What was thrown, in words for a person where we know what it means. */
export function inWords(error: unknown): unknown {
  if (error instanceof RangeError && /allocation failed|invalid .*length/i.test(error.message))
    return new AppError('trainer/out-of-memory', `There is not enough memory (${error.message}).`, {
      hint: SMALLER,
      cause: error,
    });
  return error;
}

/** TensorFlow's own log, which tells of no cause. */
const isNoise = (line: string) => /^(I\d{4} |WARNING: All log messages before absl)/.test(line);

/** What is known of the end of a process from the end of what it wrote: V8's own last lines are addresses. */
export function lastWords(said: string): string | undefined {
  const lines = said
    .trim()
    .split('\n')
    .filter((line) => !isNoise(line));
  return lines.findLast((line) => /out of memory/i.test(line)) ?? lines.at(-1);
}
