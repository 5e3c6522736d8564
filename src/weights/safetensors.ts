/** The safetensors format, float32: https://github.com/huggingface/safetensors#format */
import { AppError } from '../base/errors.ts';
import { elementsOf } from '../network/shape.ts';
import type { HostTensor, Weights } from './tensors.ts';

const MAX_HEADER = 100 * 2 ** 20;

/** Header (8-byte length, JSON padded with spaces) and then each tensor's bytes, in order. */
export function safetensorsParts(weights: Weights, metadata: Readonly<Record<string, string>>): Uint8Array[] {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let offset = 0;
  for (const [path, { shape, data }] of weights) {
    header[path] = { dtype: 'F32', shape, data_offsets: [offset, offset + data.byteLength] };
    offset += data.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const length = Math.ceil(json.length / 8) * 8;
  const head = new Uint8Array(8 + length).fill(0x20);
  new DataView(head.buffer).setBigUint64(0, BigInt(length), true);
  head.set(json, 8);
  return [
    head,
    ...[...weights.values()].map(({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  ];
}

function bad(file: string, message: string): never {
  throw new AppError('weights/damaged', `${file} is not a whole safetensors file: ${message}.`, {
    hint: 'It may have been cut short; use another copy.',
  });
}

/** @throws AppError('weights/damaged') naming the tensor, what was expected and received */
export function readSafetensors(
  bytes: Uint8Array,
  file: string,
): { weights: Weights; metadata: Readonly<Record<string, string>> } {
  if (bytes.length < 8) bad(file, `expected at least 8 bytes, received ${bytes.length}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  if (length > MAX_HEADER || 8 + length > bytes.length)
    bad(file, `its header would end at byte ${8 + length}, the file ends at ${bytes.length}`);
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, 8 + length)));
  } catch {
    bad(file, 'its header is not JSON');
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header))
    bad(file, 'its header is no object');
  const weights = new Map<string, HostTensor>();
  let metadata: Record<string, string> = {};
  const spans: [number, number, string][] = [];
  for (const [path, entry] of Object.entries(header)) {
    if (typeof entry !== 'object' || entry === null) bad(file, `"${path}" is no object`);
    if (path === '__metadata__') {
      if (!Object.values(entry).every((v) => typeof v === 'string'))
        bad(file, 'its metadata must be strings');
      metadata = entry as Record<string, string>;
      continue;
    }
    const { dtype, shape, data_offsets: span } = entry as Record<string, unknown>;
    if (dtype !== 'F32') bad(file, `"${path}" has dtype ${JSON.stringify(dtype)}; expected "F32"`);
    const whole = (v: unknown): v is number => typeof v === 'number' && Number.isSafeInteger(v) && v >= 0;
    if (!Array.isArray(shape) || !shape.every(whole)) bad(file, `"${path}" has no valid shape`);
    if (!Array.isArray(span) || span.length !== 2 || !span.every(whole))
      bad(file, `"${path}" has no valid offsets`);
    const [begin, end] = span as [number, number];
    const size = elementsOf(shape) * 4;
    if (end - begin !== size || 8 + length + end > bytes.length)
      bad(
        file,
        `"${path}" should lie at ${begin} to ${end} and hold ${size} bytes; ${bytes.length - 8 - length} bytes follow the header`,
      );
    spans.push([begin, end, path]);
    const start = 8 + length + begin;
    // Not bytes.slice: on a Node Buffer that is a view of the same memory.
    const copy = Uint8Array.from(bytes.subarray(start, start + size));
    weights.set(path, { shape: shape as number[], data: new Float32Array(copy.buffer, 0, size / 4) });
  }
  spans.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let at = 0;
  for (const [begin, end, path] of spans) {
    if (begin !== at)
      bad(file, `"${path}" begins at ${begin}; expected ${at}, where the tensor before it ends`);
    at = end;
  }
  if (8 + length + at !== bytes.length)
    bad(file, `${bytes.length - 8 - length - at} bytes belong to no tensor`);
  return { weights, metadata };
}
