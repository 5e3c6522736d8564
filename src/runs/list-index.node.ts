/**
 * index.json in the runs' home: what the records of its folders said, so that a thousand of them need not be read and
 * checked one by one. An entry counts only for the very files that it was made of; the index can be removed at any time.
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { diskFiles } from '../base/disk.node.ts';
import { replaceFile } from '../base/files.ts';
import { readLabels } from './labels.node.ts';
import type { RunLabels } from './labels.ts';
import { readStoredRecord } from './reader.node.ts';
import type { RunRecord } from './record.ts';

const VERSION = 1;
/** So many folders that it does not know make it worth writing anew. */
const WORTH_WRITING = 20;

interface Entry {
  /** Of run.json and notes.json. */
  readonly key: string;
  readonly stored: RunRecord;
  readonly labels: RunLabels;
}
type Entries = Readonly<Record<string, Entry>>;

const known = new Map<string, Entries>();

const sumOf = (text: string) => crc32(text).toString(16);

/** The first line tells the sum of the second. */
function read(home: string): Entries {
  try {
    const [head = '', body = ''] = readFileSync(join(home, 'index.json'), 'utf8').split('\n');
    const { version, sum } = JSON.parse(head) as { version?: unknown; sum?: unknown };
    return version === VERSION && sum === sumOf(body) ? (JSON.parse(body) as Entries) : {};
  } catch {
    return {}; // None, or not one of ours: it is made again of the folders.
  }
}

async function write(home: string, entries: Entries): Promise<void> {
  const body = JSON.stringify(entries);
  const head = JSON.stringify({ version: VERSION, sum: sumOf(body) });
  await replaceFile(diskFiles, join(home, 'index.json'), [`${head}\n${body}\n`]);
}

/** Every way of changing a file changes one of these; a file that took another's place has another number. */
function keyOf(folder: string): string {
  const parts = ['run.json', 'notes.json'].map((name) => {
    const stat = statSync(join(folder, name), { throwIfNoEntry: false });
    return stat ? `${stat.mtimeMs} ${stat.ctimeMs} ${stat.size} ${stat.ino}` : '';
  });
  return parts.join(', ');
}

export type Indexed = Omit<Entry, 'key'> | { readonly error: unknown };

/** Of each folder what its files say, or why they cannot be read. */
export function readIndexed(home: string, ids: readonly string[]): Map<string, Indexed> {
  const before = known.get(home) ?? read(home);
  const entries: Record<string, Entry> = Object.create(null) as Record<string, Entry>;
  const found = new Map<string, Indexed>();
  let unknown = 0;
  for (const id of ids) {
    const folder = join(home, id);
    try {
      const key = keyOf(folder);
      const old = Object.hasOwn(before, id) ? before[id] : undefined;
      if (old?.key !== key) unknown++;
      const entry =
        old?.key === key ? old : { key, stored: readStoredRecord(folder), labels: readLabels(folder) };
      entries[id] = entry;
      found.set(id, entry);
    } catch (error) {
      found.set(id, { error });
    }
  }
  known.set(home, entries);
  // A home that may not be written to is read folder by folder every time.
  if (unknown >= WORTH_WRITING) write(home, entries).catch(() => {});
  return found;
}
