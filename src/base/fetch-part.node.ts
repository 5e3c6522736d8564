/** Fetches a file over http(s); what lies here of it already is not fetched again. */
import { createWriteStream, existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface FetchPart {
  readonly signal?: AbortSignal;
  /** `total` 0: the server does not say. */
  onBytes?(received: number, total: number): void;
  /** What to throw where the server refuses. */
  refused(response: Response): Error;
}

/** Goes on where `part` ends, where the server can; what it holds afterwards is for the caller to verify. */
export async function fetchPart(
  url: string,
  part: string,
  { signal, onBytes, refused }: FetchPart,
): Promise<void> {
  const have = existsSync(part) ? (await stat(part)).size : 0;
  const response = await fetch(url, {
    // A server that calls .gz an encoding would have it unpacked on the way; offsets and checks are of the file itself.
    headers: { 'accept-encoding': 'identity', ...(have > 0 && { range: `bytes=${have}-` }) },
    ...(signal && { signal }),
  });
  // What lies here is already whole: 416 says that nothing follows.
  if (response.status === 416) return;
  if (!response.ok || !response.body) throw refused(response);
  const resumed = response.status === 206;
  let received = resumed ? have : 0;
  const length = Number(response.headers.get('content-length') ?? 0);
  const total = length > 0 ? received + length : 0;
  const counted = async function* (source: AsyncIterable<Uint8Array>) {
    for await (const chunk of source) {
      received += chunk.length;
      onBytes?.(received, total);
      yield chunk;
    }
  };
  await pipeline(
    Readable.fromWeb(response.body as never),
    counted,
    createWriteStream(part, { flags: resumed ? 'a' : 'w' }),
    signal ? { signal } : {},
  );
}
