/** telemetry.jsonl of a run, a part at a time. */
import { close, open, read } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AppError, describeError } from '../base/errors.ts';
import { type Look, parseLook } from '../training/telemetry.ts';

const CHUNK = 2 ** 21;
const NEWLINE = 10;
const [openFile, closeFile, readFile] = [promisify(open), promisify(close), promisify(read)];

export interface TelemetryPage {
  readonly looks: readonly Look[];
  /** Where the next part begins; null: there was no whole line more. */
  readonly next: number | null;
}

/** Bytes from `from` on up to the last whole line of a part; a line longer than a part makes it longer. */
async function wholeLines(file: number, from: number): Promise<Buffer> {
  for (let size = CHUNK; ; size *= 2) {
    const buffer = Buffer.alloc(size);
    const { bytesRead } = await readFile(file, buffer, 0, size, from);
    const end = buffer.subarray(0, bytesRead).lastIndexOf(NEWLINE);
    if (end >= 0 || bytesRead < size) return buffer.subarray(0, end + 1);
  }
}

/** Lines that are none are passed over. @param from a byte: 0, or `next` of the part before. @throws AppError('runs/read') */
export async function telemetryPage(folder: string, from: number): Promise<TelemetryPage> {
  const path = join(folder, 'telemetry.jsonl');
  try {
    const file = await openFile(path, 'r');
    try {
      const lines = await wholeLines(file, from);
      const looks = lines
        .toString('utf8')
        .split('\n')
        .flatMap((line) => parseLook(line) ?? []);
      return { looks, next: lines.length > 0 ? from + lines.length : null };
    } finally {
      await closeFile(file);
    }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return { looks: [], next: null };
    throw new AppError('runs/read', `${path} cannot be read: ${describeError(cause)}.`, { cause });
  }
}
