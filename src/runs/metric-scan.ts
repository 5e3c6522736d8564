/** metrics.jsonl from its bytes: JSON.parse of a million lines takes seconds. Lines of another make go to JSON.parse. */
import {
  LINES_A_PLACE,
  type MetricColumns,
  type MetricKind,
  metricFields,
  metricKinds,
} from './metric-table.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const code = (letter: string) => letter.charCodeAt(0);
const [QUOTE, COLON, COMMA, END, NEWLINE] = [code('"'), code(':'), code(','), code('}'), code('\n')];
const [MINUS, PLUS, POINT, ZERO] = [code('-'), code('+'), code('.'), code('0')];
const [SMALL_E, BIG_E, NINE] = [code('e'), code('E'), code('9')];
/** From here on another digit is left out. */
const FULL = 100_000_000;
const BEGIN = bytesOf('{"kind":"');
const NULL = bytesOf('null');
/** Beyond, a power of ten is no exact float64. */
const EXACT = 22;
const powers = Array.from({ length: EXACT + 1 }, (_, i) => 10 ** i);
const WIDEST = 9;

/** A column with its name as it stands in a line: `,"loss":`. */
interface Field {
  readonly column: number;
  readonly text: Uint8Array;
}

interface Kind {
  readonly kind: MetricKind;
  /** The name and its closing quote. */
  readonly text: Uint8Array;
  readonly fields: readonly Field[];
  /** As the last line had them: the next will hardly differ. */
  readonly seen: (Field | undefined)[];
}

const kindOf = (kind: MetricKind): Kind => ({
  kind,
  text: bytesOf(`${kind}"`),
  fields: metricFields[kind].map((field, column) => ({ column, text: bytesOf(`,"${field}":`) })),
  seen: [],
});

function matches(bytes: Uint8Array, at: number, text: Uint8Array): boolean {
  const { length } = text;
  for (let i = 0; i < length; i++) if (bytes[at + i] !== text[i]) return false;
  return true;
}

const scaled = (digits: number, exponent: number): number =>
  exponent < 0 && exponent >= -EXACT ? digits / (powers[-exponent] as number) : digits * 10 ** exponent;

/** Where the value of a name begins that is none of ours. */
function afterName(bytes: Uint8Array, comma: number): number {
  let at = comma + 2;
  while (at < bytes.length && bytes[at] !== QUOTE) at++;
  return bytes[at + 1] === COLON ? at + 2 : bytes.length;
}

/** Reads whole lines into columns. */
export class MetricScan {
  readonly #to: MetricColumns;
  readonly #kinds = metricKinds.map(kindOf);
  readonly #row = new Float64Array(WIDEST);
  #at = 0;

  constructor(to: MetricColumns) {
    this.#to = to;
  }

  /** Takes what is whole of `bytes`, which follow those that were taken before; returns how much. */
  take(bytes: Uint8Array): number {
    const to = this.#to;
    let begin = 0;
    for (;;) {
      let kind = this.#line(bytes, begin);
      if (!kind) {
        const end = bytes.indexOf(NEWLINE, begin);
        if (end < 0) return begin;
        kind = this.#parsed(bytes.subarray(begin, end));
        this.#at = end + 1;
      }
      if (to.lines % LINES_A_PLACE === 0) to.places.push(to.bytes);
      if (kind) to.tables[kind].add(this.#row);
      else to.damaged++;
      to.lines++;
      to.bytes += this.#at - begin;
      begin = this.#at;
    }
  }

  /** Undefined: not whole, or not as we write them. */
  #line(bytes: Uint8Array, begin: number): MetricKind | undefined {
    if (!matches(bytes, begin, BEGIN)) return undefined;
    let at = begin + BEGIN.length;
    const found = this.#kinds.find(({ text }) => matches(bytes, at, text));
    if (!found) return undefined;
    const { kind, fields, seen, text } = found;
    const row = this.#row;
    row.fill(Number.NaN);
    at += text.length;
    for (let i = 0; bytes[at] === COMMA; i++) {
      let field = seen[i];
      if (!field || !matches(bytes, at, field.text)) {
        field = fields.find((other) => matches(bytes, at, other.text));
        if (field) seen[i] = field;
      }
      const value = this.#number(bytes, field ? at + field.text.length : afterName(bytes, at));
      if (value === undefined) return undefined;
      if (field) row[field.column] = value;
      at = this.#at;
    }
    if (bytes[at] !== END || bytes[at + 1] !== NEWLINE) return undefined;
    this.#at = at + 2;
    return kind;
  }

  /** A number or null; undefined: something else. Of its digits the first nine count, more than a float32 holds. */
  #number(bytes: Uint8Array, from: number): number | undefined {
    let at = from;
    let byte = bytes[at] as number;
    const negative = byte === MINUS;
    if (negative) byte = bytes[++at] as number;
    if (!(byte >= ZERO && byte <= NINE)) {
      if (negative || !matches(bytes, at, NULL)) return undefined;
      this.#at = at + NULL.length;
      return Number.NaN;
    }
    let digits = 0;
    let exponent = 0;
    for (; byte >= ZERO && byte <= NINE; byte = bytes[++at] as number)
      if (digits < FULL) digits = (digits * 10 + (byte - ZERO)) | 0;
      else exponent++;
    if (byte === POINT) {
      byte = bytes[++at] as number;
      if (!(byte >= ZERO && byte <= NINE)) return undefined;
      for (; byte >= ZERO && byte <= NINE && digits < FULL; byte = bytes[++at] as number) {
        digits = (digits * 10 + (byte - ZERO)) | 0;
        exponent--;
      }
      while (byte >= ZERO && byte <= NINE) byte = bytes[++at] as number;
    }
    if (byte === SMALL_E || byte === BIG_E) {
      byte = bytes[++at] as number;
      const down = byte === MINUS;
      if (down || byte === PLUS) byte = bytes[++at] as number;
      if (!(byte >= ZERO && byte <= NINE)) return undefined;
      let given = 0;
      for (; byte >= ZERO && byte <= NINE; byte = bytes[++at] as number) given = given * 10 + (byte - ZERO);
      exponent += down ? -given : given;
    }
    this.#at = at;
    const value = exponent === 0 ? digits : scaled(digits, exponent);
    return negative ? -value : value;
  }

  #parsed(bytes: Uint8Array): MetricKind | undefined {
    let line: Partial<Record<string, unknown>> | null;
    try {
      line = JSON.parse(new TextDecoder().decode(bytes)) as Partial<Record<string, unknown>> | null;
    } catch {
      return undefined;
    }
    const kind = metricKinds.find((name) => name === line?.kind);
    if (!kind) return undefined;
    this.#row.fill(Number.NaN);
    for (const [column, field] of metricFields[kind].entries()) {
      const value = line?.[field];
      if (typeof value === 'number') this.#row[column] = value;
    }
    return kind;
  }
}
