/** The JSON header of a safetensors file, read with suspicion: https://github.com/huggingface/safetensors#format */
import { AppError } from '../base/errors.ts';

/** Bytes of one element. */
export const DTYPES = { F64: 8, F32: 4, F16: 2, BF16: 2 } as const;
export type DType = keyof typeof DTYPES;

export interface Entry {
  readonly path: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly elements: number;
  /** Bytes, from the end of the header. */
  readonly begin: number;
  readonly end: number;
}

export interface Header {
  /** In the header's order. */
  readonly entries: readonly Entry[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** As the reference implementation: longer headers are refused before anything is read. */
export const MAX_HEADER_BYTES = 100_000_000;

/** @throws AppError('weights/damaged') */
export function damaged(file: string, message: string): never {
  throw new AppError('weights/damaged', `${file} is not a whole safetensors file: ${message}.`, {
    hint: 'It may have been cut short or altered; use another copy.',
  });
}

/** The header's length in bytes, from the file's first 8. */
export function headerLength(start: Uint8Array, fileBytes: number, file: string): number {
  if (start.length < 8) damaged(file, `expected at least 8 bytes, received ${start.length}`);
  const length = Number(new DataView(start.buffer, start.byteOffset, 8).getBigUint64(0, true));
  if (length > MAX_HEADER_BYTES)
    damaged(file, `its header would be ${length} bytes long; expected at most ${MAX_HEADER_BYTES}`);
  if (8 + length > fileBytes)
    damaged(file, `its header would end at byte ${8 + length}, the file ends at ${fileBytes}`);
  return length;
}

const INSIDE = /["{}[\]]/g;
const AFTER_KEY = /\s*:/y;

/**
 * Names of the outermost object, in the text's order, which JSON.parse changes for names like "7".
 * JSON.parse also keeps the last of two equal names without a word; here they are an error, at every depth.
 * `text` must have been parsed as JSON before.
 */
function namesIn(text: string, file: string): string[] {
  const names: string[] = [];
  const open: Set<string>[] = [];
  INSIDE.lastIndex = 0;
  for (let match = INSIDE.exec(text); match; match = INSIDE.exec(text)) {
    const [sign] = match;
    if (sign === '{' || sign === '[') {
      // Header, tensor, shape: nothing true is deeper, and a megabyte of brackets must not cost a gigabyte.
      if (open.push(new Set()) > 8) damaged(file, 'its header is nested too deeply');
    } else if (sign !== '"') open.pop();
    else {
      let end = match.index + 1;
      while (text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
      INSIDE.lastIndex = end + 1;
      AFTER_KEY.lastIndex = end + 1;
      if (!AFTER_KEY.test(text)) continue;
      const name = JSON.parse(text.slice(match.index, end + 1)) as string;
      const seen = open.at(-1);
      if (seen?.has(name)) damaged(file, `its header names ${JSON.stringify(name)} twice`);
      seen?.add(name);
      if (open.length === 1) names.push(name);
    }
  }
  return names;
}

const isWhole = (v: unknown): v is number => typeof v === 'number' && Number.isSafeInteger(v) && v >= 0;
const isObject = (v: unknown): v is Record<string, unknown> =>
  typeof v === 'object' && v !== null && !Array.isArray(v);

/** Elements of a shape, or undefined where they cannot be counted; a 0 further on must not hide an overflow. */
function count(shape: readonly number[]): number | undefined {
  let product = 1;
  for (const extent of shape) {
    product *= extent;
    if (!Number.isSafeInteger(product)) return undefined;
  }
  return product;
}

function readEntry(path: string, value: unknown, dataBytes: number, file: string): Entry {
  const name = `tensor ${JSON.stringify(path)}`;
  if (!isObject(value)) damaged(file, `${name} has no description`);
  const { dtype, shape, data_offsets: offsets } = value;
  if (typeof dtype !== 'string' || !Object.hasOwn(DTYPES, dtype))
    damaged(
      file,
      `${name} has dtype ${JSON.stringify(dtype)}; expected one of ${Object.keys(DTYPES).join(', ')}`,
    );
  if (!Array.isArray(shape) || !shape.every(isWhole))
    damaged(file, `${name} has no valid shape; expected a list of whole numbers`);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isWhole))
    damaged(file, `${name} has no valid data_offsets; expected two whole numbers`);
  const [begin, end] = offsets as [number, number];
  const elements = count(shape);
  const bytes = (elements ?? Number.NaN) * DTYPES[dtype as DType];
  if (end - begin !== bytes)
    damaged(
      file,
      `${name} of shape [${shape.join(', ')}] and dtype ${dtype} needs ${bytes} bytes, received ${end - begin} (${begin} to ${end})`,
    );
  if (end > dataBytes)
    damaged(file, `${name} should lie at ${begin} to ${end}, but only ${dataBytes} bytes follow the header`);
  return { path, dtype: dtype as DType, shape: shape as number[], elements: elements as number, begin, end };
}

/**
 * `bytes`: the header alone, without its length; `dataBytes`: what follows it in the file.
 * @throws AppError('weights/damaged') with the file, the tensor, what was expected and received
 */
export function readHeader(bytes: Uint8Array, dataBytes: number, file: string): Header {
  let text: string;
  let parsed: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    parsed = JSON.parse(text);
  } catch {
    damaged(file, 'its header is not JSON');
  }
  if (!isObject(parsed)) damaged(file, 'its header is no object');
  if (!text.startsWith('{')) damaged(file, "its header does not begin with '{'");
  const entries: Entry[] = [];
  let metadata: Record<string, string> = {};
  for (const path of namesIn(text, file)) {
    // Own properties only: JSON.parse makes '__proto__' one, and nothing here assigns it.
    const value = Object.getOwnPropertyDescriptor(parsed, path)?.value as unknown;
    if (path === '__metadata__') {
      if (!isObject(value) || !Object.values(value).every((v) => typeof v === 'string'))
        damaged(file, 'its metadata must be strings by name');
      metadata = value as Record<string, string>;
    } else entries.push(readEntry(path, value, dataBytes, file));
  }
  let at = 0;
  for (const { path, begin, end } of entries.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== at)
      damaged(
        file,
        `tensor ${JSON.stringify(path)} begins at ${begin}; expected ${at}, where the tensor before it ends`,
      );
    at = end;
  }
  if (at !== dataBytes) damaged(file, `${dataBytes - at} bytes at its end belong to no tensor`);
  return { entries, metadata };
}
