import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { cancelled } from './cancelled.ts';

/** sha256 of a file, in pieces between which others have their turn. */
export async function sumOf(
  file: string,
  signal?: AbortSignal,
  onBytes?: (count: number) => void,
): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 2 ** 20 }) as AsyncIterable<Buffer>) {
    if (signal?.aborted) throw cancelled();
    hash.update(chunk);
    onBytes?.(chunk.length);
  }
  return hash.digest('hex');
}
