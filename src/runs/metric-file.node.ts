/** metrics.jsonl for looking at: as columns that are kept and follow the file as it grows, and page by page. */
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { diskFiles } from '../base/disk.node.ts';
import { AppError, describeError } from '../base/errors.ts';
import type { Files } from '../base/files.ts';
import { inTurn } from '../base/in-turn.ts';
import { readMetricCache, writeMetricCache } from './metric-cache.node.ts';
import { MetricScan } from './metric-scan.ts';
import { emptyColumns, LINES_A_PLACE, type MetricColumns } from './metric-table.ts';
import { type MetricsPage, metricsPage } from './metrics.ts';

const CHUNK = 4 << 20;
/** A shorter file is read faster than its cache is written. */
const WORTH_A_CACHE = 4 << 20;
/** Runs whose columns stay in memory. */
const KEPT = 4;
const PIECES = 32;
const PIECE = 256;

/** Of a file that was cut and has grown again, some piece of the last lines differs: they tell how long a step took. */
async function fingerprint(handle: FileHandle, bytes: number): Promise<string> {
  const piece = new Uint8Array(PIECE);
  let sum = crc32(`${bytes}`);
  for (let i = 1; i <= PIECES; i++) {
    const at = Math.max(0, Math.floor((bytes * i) / PIECES) - PIECE);
    const { bytesRead } = await handle.read(piece, 0, Math.min(PIECE, bytes - at), at);
    sum = crc32(piece.subarray(0, bytesRead), sum);
  }
  return sum.toString(16);
}

interface Kept {
  columns: MetricColumns;
  of: string;
  readonly turn: ReturnType<typeof inTurn>;
}

const kept = new Map<string, Kept>();

function keptOf(folder: string): Kept {
  const known = kept.get(folder) ?? { columns: emptyColumns(), of: '', turn: inTurn() };
  kept.delete(folder);
  kept.set(folder, known);
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  return known;
}

async function scanFrom(handle: FileHandle, columns: MetricColumns): Promise<void> {
  const scan = new MetricScan(columns);
  let bytes = new Uint8Array(CHUNK);
  let held = 0;
  for (let at = columns.bytes; ; ) {
    const { bytesRead } = await handle.read(bytes, held, bytes.length - held, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    const length = held + bytesRead;
    const taken = scan.take(bytes.subarray(0, length));
    bytes.copyWithin(0, taken, length);
    held = length - taken;
    if (held === bytes.length) {
      const larger = new Uint8Array(2 * bytes.length);
      larger.set(bytes);
      bytes = larger;
    }
  }
}

async function follow(handle: FileHandle, folder: string, it: Kept, files: Files): Promise<void> {
  const { size } = await handle.stat();
  const fits = async (columns: MetricColumns, of: string) =>
    columns.bytes > 0 && columns.bytes <= size && (await fingerprint(handle, columns.bytes)) === of;
  let cached = 0;
  if (!(await fits(it.columns, it.of))) {
    const stored = size < WORTH_A_CACHE ? undefined : await readMetricCache(folder);
    const whole = stored !== undefined && (await fits(stored.columns, stored.of));
    it.columns = whole ? stored.columns : emptyColumns();
    cached = it.columns.bytes;
  } else cached = it.columns.bytes;
  if (it.columns.bytes === size) {
    it.of = await fingerprint(handle, size);
    return;
  }
  await scanFrom(handle, it.columns);
  it.of = await fingerprint(handle, it.columns.bytes);
  // A folder that may not be written to: the next who looks scans it again.
  if (it.columns.bytes - cached >= WORTH_A_CACHE)
    await writeMetricCache(files, folder, it.columns, it.of).catch(() => {});
}

async function reading<T>(folder: string, read: (handle: FileHandle | undefined) => Promise<T>): Promise<T> {
  const file = join(folder, 'metrics.jsonl');
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    return await read(handle);
  } catch (cause) {
    throw new AppError('runs/read', `${file} cannot be read: ${describeError(cause)}.`, { cause });
  } finally {
    await handle?.close();
  }
}

/** As the file is now; nothing where none were stored. @throws AppError('runs/read') */
export function readColumns(folder: string, files: Files = diskFiles): Promise<MetricColumns> {
  const it = keptOf(folder);
  return it.turn(() =>
    reading(folder, async (handle) => {
      if (!handle) return emptyColumns();
      await follow(handle, folder, it, files);
      return it.columns;
    }),
  );
}

/** Lines from `from` on; only their part of the file is read. @throws AppError('runs/read') */
export async function readMetricsPage(folder: string, from: number, count: number): Promise<MetricsPage> {
  const { places, bytes, lines } = await readColumns(folder);
  if (from >= lines) return { metrics: [], next: from };
  const place = Math.floor(from / LINES_A_PLACE);
  const begin = places[place] ?? 0;
  const end = places[Math.ceil((from + count) / LINES_A_PLACE)] ?? bytes;
  return reading(folder, async (handle) => {
    const part = Buffer.alloc(end - begin);
    const { bytesRead } = (await handle?.read(part, 0, part.length, begin)) ?? { bytesRead: 0 };
    const before = place * LINES_A_PLACE;
    const page = metricsPage(part.toString('utf8', 0, bytesRead), from - before, count);
    return { ...page, next: page.next + before };
  });
}
