/** metrics.cache: the columns of a long metrics.jsonl. It counts only where it fits the file, and can be removed. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { type Files, replaceFile } from '../base/files.ts';
import {
  type MetricColumns,
  type MetricKind,
  MetricTable,
  metricFields,
  metricKinds,
} from './metric-table.ts';

const VERSION = 1;
const count = z.int().min(0);
const headSchema = z.object({
  version: z.literal(VERSION),
  fields: z.record(z.string(), z.array(z.string())),
  rows: z.record(z.string(), count),
  places: count,
  bytes: count,
  lines: count,
  damaged: count,
  /** Of pieces of metrics.jsonl; see `fingerprint`. */
  of: z.string(),
  /** Of what follows this line. */
  crc32: z.number(),
});

export const metricCacheFile = (folder: string) => join(folder, 'metrics.cache');

const view = (column: Float64Array | Float32Array) =>
  new Uint8Array(column.buffer, column.byteOffset, column.byteLength);

function partsOf({ tables, places }: MetricColumns): Uint8Array[] {
  const doubles = [Float64Array.from(places), ...metricKinds.map((kind) => tables[kind].steps)];
  const singles = metricKinds.flatMap((kind) =>
    metricFields[kind].slice(1).map((_, i) => tables[kind].figures(i + 1)),
  );
  // zlib begins its sum anew at an empty one.
  return [...doubles, ...singles].filter(({ length }) => length > 0).map(view);
}

/** `of`: what tells this metrics.jsonl from another of the same length. @throws AppError('file/write') */
export async function writeMetricCache(
  files: Files,
  folder: string,
  columns: MetricColumns,
  of: string,
): Promise<void> {
  const parts = partsOf(columns);
  const { bytes, lines, damaged, places, tables } = columns;
  const head = {
    ...{ version: VERSION, fields: metricFields, bytes, lines, damaged, of, places: places.length },
    rows: Object.fromEntries(metricKinds.map((kind) => [kind, tables[kind].rows])),
    crc32: parts.reduce((sum, part) => crc32(part, sum), 0),
  };
  await replaceFile(files, metricCacheFile(folder), [`${JSON.stringify(head)}\n`, ...parts]);
}

/** Undefined: none, or not one of ours. Whether it fits metrics.jsonl is for the caller to ask, with `of`. */
export async function readMetricCache(
  folder: string,
): Promise<{ readonly columns: MetricColumns; readonly of: string } | undefined> {
  let file: Buffer;
  try {
    file = await readFile(metricCacheFile(folder));
  } catch {
    return undefined;
  }
  const end = file.indexOf('\n') + 1;
  let json: unknown;
  try {
    json = JSON.parse(file.subarray(0, end).toString());
  } catch {
    return undefined;
  }
  const head = headSchema.safeParse(json).data;
  const body = file.subarray(end);
  if (!head || JSON.stringify(head.fields) !== JSON.stringify(metricFields)) return undefined;
  if (crc32(body) !== head.crc32) return undefined;
  const { buffer } = new Uint8Array(body);
  let at = 0;
  const doubles = (length: number) => {
    at += 8 * length;
    return new Float64Array(buffer, at - 8 * length, length);
  };
  const singles = (length: number) => {
    at += 4 * length;
    return new Float32Array(buffer, at - 4 * length, length);
  };
  const rows = (kind: MetricKind) => head.rows[kind] ?? 0;
  const expected = metricKinds.reduce(
    (sum, kind) => sum + rows(kind) * (8 + 4 * (metricFields[kind].length - 1)),
    8 * head.places,
  );
  if (body.length !== expected) return undefined;
  const places = [...doubles(head.places)];
  const steps = metricKinds.map((kind) => doubles(rows(kind)));
  const tables = Object.fromEntries(
    metricKinds.map((kind, k) => [
      kind,
      new MetricTable(
        kind,
        steps[k],
        metricFields[kind].slice(1).map(() => singles(rows(kind))),
      ),
    ]),
  ) as Record<MetricKind, MetricTable>;
  const { bytes, lines, damaged, of } = head;
  return { columns: { tables, bytes, lines, damaged, places }, of };
}
