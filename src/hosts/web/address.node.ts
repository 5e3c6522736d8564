/** Port and token of the last start, so that a page that is open finds the host again after it was started anew. */
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const schema = z.object({ port: z.int().min(1).max(65_535), token: z.string().regex(/^[\w-]{43}$/) });
export type KnownAddress = z.infer<typeof schema>;

const fileIn = (stateHome: string) => join(stateHome, 'web.json');

/** Undefined where there was none, or it cannot be read: another is made then. */
export function knownAddress(stateHome: string): KnownAddress | undefined {
  const file = fileIn(stateHome);
  if (!existsSync(file)) return undefined;
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** For this person's eyes only: who reads it may use Stemma. */
export function keepAddress(stateHome: string, address: KnownAddress): void {
  mkdirSync(stateHome, { recursive: true });
  const file = fileIn(stateHome);
  writeFileSync(file, JSON.stringify(address), { mode: 0o600 });
  chmodSync(file, 0o600);
}
