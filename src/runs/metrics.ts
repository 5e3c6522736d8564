/** metrics.jsonl: one JSON object a line. A line counts once its end is written. */
import { type Files, writeError } from '../base/files.ts';
import type { Metric } from '../training/metric.ts';

/** Characters; about 25 steps. What a crash of the process may lose. */
const BUFFER = 4096;

/** Appends lines, a few at a time. A write that fails leaves whole lines only, and its own for the next try. */
export class MetricsFile {
  readonly #files: Files;
  readonly #path: string;
  #pending = '';
  /** Bytes of whole lines; undefined until the file was looked at. */
  #length: number | undefined;
  /** Remains of a torn line stand at the end: a crash of the writer before us, or a failed truncation. */
  #torn = false;
  /** All that the file holds is on the disk itself; of a writer before us that is not known. */
  #synced = false;

  constructor(files: Files, path: string) {
    this.#files = files;
    this.#path = path;
  }

  /** @throws AppError('file/write') where the buffer was full and cannot be stored */
  add(metric: object): void {
    this.#pending += `${JSON.stringify(metric)}\n`;
    if (this.#pending.length >= BUFFER) this.write();
  }

  /** To the system, not yet to the disk. @throws AppError('file/write') */
  write(): void {
    if (this.#pending === '') return;
    try {
      const length = this.#look();
      const text = this.#torn ? `\n${this.#pending}` : this.#pending;
      this.#files.append(this.#path, text);
      this.#length = length + Buffer.byteLength(text);
      this.#pending = '';
      this.#torn = false;
      this.#synced = false;
    } catch (cause) {
      this.#repair();
      throw writeError(this.#path, cause);
    }
  }

  /** A full disk may have taken half of the text. */
  #repair(): void {
    if (this.#length === undefined) return;
    try {
      this.#files.truncate(this.#path, this.#length);
    } catch {
      this.#length = undefined;
    }
  }

  /** What the file holds of whole lines once what waits was given to the system. @throws AppError('file/write') */
  writtenBytes(): number {
    this.write();
    try {
      return this.#look();
    } catch (cause) {
      throw writeError(this.#path, cause);
    }
  }

  #look(): number {
    if (this.#length === undefined) {
      const tail = this.#files.tail(this.#path);
      this.#length = tail?.length ?? 0;
      this.#torn = tail?.ended === false;
    }
    return this.#length;
  }

  /** To the disk. @throws AppError('file/write') */
  async flush(): Promise<void> {
    this.write();
    if (this.#synced || !this.#length) return;
    try {
      // Set before: what is written while the disk works is not covered.
      this.#synced = true;
      await this.#files.syncFile(this.#path);
    } catch (cause) {
      this.#synced = false;
      throw writeError(this.#path, cause);
    }
  }
}

const kinds: readonly unknown[] = ['step', 'epoch', 'validation'] satisfies Metric['kind'][];

export interface StoredMetrics {
  readonly metrics: readonly Metric[];
  /** Numbers, from 1, of lines that are no metric: remains of a crash that a later writer went on after. */
  readonly damagedLines: readonly number[];
}

export interface MetricsPage {
  readonly metrics: readonly Metric[];
  /** The line, from 0, after the last that was looked at. */
  readonly next: number;
}

/** Of the whole lines from `from` on at most `count`; damaged ones are passed over, and counted in `next`. */
export function metricsPage(text: string, from: number, count: number): MetricsPage {
  const lines = text.split('\n').slice(from, -1).slice(0, count);
  const { metrics } = parseMetrics(lines.map((line) => `${line}\n`).join(''));
  return { metrics, next: from + lines.length };
}

/** Never throws: what can be read is given, what cannot is told. A torn last line is no damage. */
export function parseMetrics(text: string): StoredMetrics {
  const lines = text.split('\n');
  lines.pop();
  const metrics: Metric[] = [];
  const damagedLines: number[] = [];
  for (const [i, line] of lines.entries()) {
    try {
      const value = JSON.parse(line) as Partial<Metric> | null;
      if (kinds.includes(value?.kind)) metrics.push(value as Metric);
      else damagedLines.push(i + 1);
    } catch {
      damagedLines.push(i + 1);
    }
  }
  return { metrics, damagedLines };
}
