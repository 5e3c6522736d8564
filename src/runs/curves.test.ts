import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { runs } from '../../scripts/property.ts';
import type { Metric } from '../training/metric.ts';
import { curvesOf, thin } from './curves.ts';
import { readMetricCache } from './metric-cache.node.ts';
import { readColumns, readMetricsPage } from './metric-file.node.ts';
import { MetricScan } from './metric-scan.ts';
import { emptyColumns, LINES_A_PLACE, metricFields, metricKinds } from './metric-table.ts';
import { parseMetrics } from './metrics.ts';

const root = mkdtempSync(join(tmpdir(), 'stemma-curves-'));
afterAll(() => rmSync(root, { recursive: true }));
let folders = 0;
function folderOf(text: string): string {
  const folder = join(root, `${folders++}`);
  mkdirSync(folder);
  writeFileSync(join(folder, 'metrics.jsonl'), text);
  return folder;
}
const lineOf = (value: unknown) => `${JSON.stringify(value)}\n`;
const step = (n: number, loss: number | null = 1 / (n + 1)) => ({
  ...{ kind: 'step', step: n, epoch: Math.floor(n / 100), loss, accuracy: 0.5, learningRate: 0.1 },
  ...{ durationMs: 250 },
});

function columnsOf(text: string, pieces: readonly number[] = []) {
  const columns = emptyColumns();
  const scan = new MetricScan(columns);
  const bytes = new TextEncoder().encode(text);
  for (const end of [...pieces, bytes.length].sort((a, b) => a - b))
    if (end <= bytes.length && end > columns.bytes) scan.take(bytes.subarray(columns.bytes, end));
  return columns;
}

/** As near as a float32 is; a number beyond its range may be infinite. */
function isNear(received: number, expected: unknown): boolean {
  if (typeof expected !== 'number') return Number.isNaN(received);
  if (Math.abs(expected) > 3e38) return Math.abs(received) > 2.9e38;
  return Math.abs(received - expected) <= 1e-44 + 1.3e-7 * Math.abs(expected);
}

/** What JSON.parse makes of it, as the columns have it. */
function expectAsParsed(text: string, columns: ReturnType<typeof columnsOf>): void {
  const { metrics, damagedLines } = parseMetrics(text);
  expect(columns.damaged).toBe(damagedLines.length);
  expect(columns.lines).toBe(metrics.length + damagedLines.length);
  for (const kind of metricKinds) {
    const rows = metrics.filter((metric) => metric.kind === kind) as unknown as Record<string, unknown>[];
    const table = columns.tables[kind];
    expect(table.rows).toBe(rows.length);
    for (const [c, field] of metricFields[kind].entries()) {
      const column = c === 0 ? table.steps : table.figures(c);
      const wrong = rows.filter((row, r) => !isNear(column[r] as number, row[field]));
      expect(wrong, field).toEqual([]);
    }
  }
}

const sameBytes = (a: Float32Array | Float64Array | undefined, b: Float32Array | Float64Array) =>
  a !== undefined && Buffer.from(a.slice().buffer).equals(Buffer.from(b.slice().buffer));

test('lines in whatever order, with null, other fields, damage and a torn end, are read as JSON.parse reads them', () => {
  const text = [
    lineOf(step(0)),
    lineOf(step(1, null)),
    lineOf({ ...step(2), waitMs: 0.25, rssBytes: 5e8, count: 7, later: -1.5e-7 }),
    lineOf({ kind: 'epoch', epoch: 0, step: 2, loss: 2.5, accuracy: 1e-9, validationLoss: 12345678901 }),
    lineOf({ loss: 3, kind: 'validation', step: 2, epoch: 0, accuracy: 0 }),
    lineOf({ ...step(3), note: { 'a"}': [1] } }),
    '{"kind":"step","step":4,\n',
    '{"kind":"step","step":4.,"loss":1}\n',
    '{"kind":"step","step":--4}\n',
    '\n',
    'null\n',
    '{"kind":"other"}\n',
    '{"kind":"step","step":5,"epoch":0,"loss":1E+2,"accuracy":-0}\n',
    '{"kind":"step","step":6,"ep',
  ].join('');
  const columns = columnsOf(text);
  expectAsParsed(text, columns);
  expect(columns.bytes).toBe(text.lastIndexOf('\n') + 1);
  expect(columns.tables.step.rows).toBe(5);
});

test('any figures, in any pieces', () => {
  const figure = fc.oneof(fc.double(), fc.float(), fc.integer(), fc.constant(null));
  const line = fc.record({
    kind: fc.constantFrom('step', 'epoch', 'validation', 'x'),
    step: fc.nat(),
    epoch: fc.nat(1000),
    loss: figure,
    validationLoss: figure,
    other: fc.oneof(figure, fc.string(), fc.boolean()),
  });
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.nat(2000)), (lines, pieces) => {
      const text = lines.map(lineOf).join('');
      expectAsParsed(text, columnsOf(text, pieces));
    }),
    { numRuns: runs(200) },
  );
});

test('thinned values are at most so many, in order, with both ends, every extreme and what is no number', () => {
  const value = fc.oneof(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), fc.constant(Number.NaN));
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1, maxLength: 400 }),
      fc.integer({ min: 5, max: 50 }),
      (values, points) => {
        const chosen = thin(values, 0, values.length, points);
        expect(chosen.length).toBeLessThanOrEqual(Math.max(points, 1));
        expect(chosen).toEqual([...new Set(chosen)].sort((a, b) => a - b));
        expect([chosen[0], chosen.at(-1)]).toEqual([0, values.length - 1]);
        const some = values.filter((v) => !Number.isNaN(v));
        const kept = chosen.map((i) => values[i] as number);
        if (some.length > 0) {
          const seen = kept.filter((v) => !Number.isNaN(v));
          expect([Math.min(...seen), Math.max(...seen)]).toEqual([Math.min(...some), Math.max(...some)]);
        }
        if (some.length < values.length) expect(kept.some(Number.isNaN)).toBe(true);
      },
    ),
    { numRuns: runs(300) },
  );
});

test('curves by steps, with epoch and seconds; a neighbour on each side of a range; nothing that was never told', () => {
  const text = Array.from({ length: 1000 }, (_, n) => lineOf(step(n, n === 500 ? null : n))).join('');
  const columns = columnsOf(
    `${text}${lineOf({ kind: 'validation', step: 399, epoch: 3, loss: 7, accuracy: 0.5 })}`,
  );
  const [loss, wait, validation] = curvesOf(columns, ['step.loss', 'step.waitMs', 'validation.loss'], {
    points: 50,
  });
  expect(loss?.count).toBe(1000);
  expect(loss?.values).toContain(null);
  expect([loss?.values[0], loss?.values.at(-1), loss?.seconds.at(-1), loss?.epochs.at(-1)]).toEqual([
    0, 999, 250, 9,
  ]);
  expect(wait).toEqual({ name: 'step.waitMs', count: 0, steps: [], epochs: [], seconds: [], values: [] });
  expect(validation).toEqual({
    ...{ name: 'validation.loss', count: 1, steps: [399], epochs: [3], seconds: [100], values: [7] },
  });
  const [part] = curvesOf(columns, ['step.loss'], { points: 50, from: 10, to: 12 });
  expect(part?.steps).toEqual([9, 10, 11, 12, 13]);
  expect(curvesOf(emptyColumns(), ['step.loss'], { points: 50 })[0]?.count).toBe(0);
});

test('columns follow a file that grows, is cut and grows otherwise', async () => {
  const folder = folderOf('');
  const file = join(folder, 'metrics.jsonl');
  const check = async () => {
    const text = readFileSync(file, 'utf8');
    expectAsParsed(text, await readColumns(folder));
  };
  await check();
  for (let n = 0; n < 3000; n++) appendFileSync(file, lineOf(step(n)));
  await check();
  appendFileSync(file, '{"kind":"st');
  await check();
  appendFileSync(file, 'ep","step":3000}\n');
  await check();
  truncateSync(file, 1000);
  appendFileSync(
    file,
    `\n${Array.from({ length: 4000 }, (_, n) => lineOf({ ...step(n), durationMs: 7 })).join('')}`,
  );
  await check();
  rmSync(file);
  expect((await readColumns(folder)).lines).toBe(0);
});

test('a page reads only its part, and is the one of the whole text', async () => {
  const lines = Array.from({ length: 3 * LINES_A_PLACE + 5 }, (_, n) =>
    n % 7 === 3 ? 'rubbish\n' : lineOf(step(n)),
  );
  const folder = folderOf(`${lines.join('')}{"torn`);
  for (const [from, count] of [
    [0, 10],
    [LINES_A_PLACE - 1, 3],
    [LINES_A_PLACE, 2 * LINES_A_PLACE],
    [3 * LINES_A_PLACE, 100],
    [lines.length, 5],
    [99_999, 5],
  ] as const) {
    const expected = parseMetrics(lines.slice(from, from + count).join('')).metrics as Metric[];
    expect(await readMetricsPage(folder, from, count)).toEqual({
      metrics: expected,
      next: Math.max(from, Math.min(lines.length, from + count)),
    });
  }
});

test('a long file leaves a cache, which counts only where it is whole and fits', async () => {
  const text = Array.from({ length: 50_000 }, (_, n) => lineOf(step(n))).join('');
  const folder = folderOf(text);
  const cache = join(folder, 'metrics.cache');
  const columns = await readColumns(folder);
  const isSame = (other?: typeof columns) =>
    sameBytes(other?.tables.step.figures(2), columns.tables.step.figures(2));
  const stored = await readMetricCache(folder);
  expect(sameBytes(stored?.columns.tables.step.steps, columns.tables.step.steps)).toBe(true);
  expect(isSame(stored?.columns)).toBe(true);
  expect(stored?.columns.places).toEqual(columns.places);

  /** As a process that has not read it yet; what its cache says of the file of another folder. */
  const elsewhere = async (metrics: string, bytes: Buffer) => {
    const other = folderOf(metrics);
    writeFileSync(join(other, 'metrics.cache'), bytes);
    return readColumns(other);
  };
  const whole = readFileSync(cache);
  const marked = Buffer.from(whole);
  expect(isSame(await elsewhere(text, whole))).toBe(true);
  expect((await elsewhere(`${text}${lineOf(step(50_000))}`, whole)).lines).toBe(50_001);
  const faster = text.replaceAll('"durationMs":250', '"durationMs":125');
  expect((await elsewhere(faster, whole)).tables.step.figures(5)[9]).toBe(125);
  marked[marked.length - 3] = 77;
  for (const bytes of [marked, whole.subarray(0, -8), Buffer.from('{}\n'), Buffer.alloc(0)])
    expect(isSame(await elsewhere(text, bytes))).toBe(true);
  const short = folderOf(lineOf(step(0)));
  await readColumns(short);
  expect(existsSync(join(short, 'metrics.cache'))).toBe(false);
});
