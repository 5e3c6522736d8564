/** The safetensors format, between bytes and tensors: https://github.com/huggingface/safetensors#format */
import { AppError } from '../base/errors.ts';
import { elementsOf } from '../network/shape.ts';
import { type Entry, headerLength, MAX_HEADER_BYTES, readHeader } from './header.ts';
import type { HostTensor, Weights } from './tensors.ts';

/** Text by name; 'format' tells other tools who wrote the file. */
export type Metadata = Readonly<Record<string, string>>;
export interface SafetensorsContent {
  readonly weights: Weights;
  readonly metadata: Metadata;
}

/**
 * Header (8-byte length, JSON padded with spaces to a multiple of 8) and then each tensor's bytes, in order, as F32.
 * The parts are views of the weights: nothing is copied, so write them before the weights change.
 * @throws AppError('weights/shape') for data that is not as long as its shape says; 'weights/name' for '__metadata__'
 */
export function safetensorsParts(weights: Weights, metadata: Metadata): Uint8Array[] {
  // Text and not an object: an object loses '__proto__' and moves names like "7" to the front.
  const lines = [`"__metadata__":${JSON.stringify(metadata)}`];
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const [path, { shape, data }] of weights) {
    if (path === '__metadata__')
      throw new AppError(
        'weights/name',
        "A weight cannot be called '__metadata__': safetensors keeps that name.",
      );
    if (elementsOf(shape) !== data.length)
      throw new AppError(
        'weights/shape',
        `Weight "${path}" of shape [${shape.join(', ')}] holds ${elementsOf(shape)} numbers; received ${data.length}.`,
      );
    const end = offset + data.byteLength;
    const description = { dtype: 'F32', shape, data_offsets: [offset, end] };
    lines.push(`${JSON.stringify(path)}:${JSON.stringify(description)}`);
    parts.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    offset = end;
  }
  const json = new TextEncoder().encode(`{${lines.join(',')}}`);
  const length = Math.ceil(json.length / 8) * 8;
  if (length > MAX_HEADER_BYTES)
    throw new AppError(
      'weights/header',
      `The names and metadata of these weights need ${length} bytes; safetensors allows ${MAX_HEADER_BYTES}.`,
    );
  const head = new Uint8Array(8 + length).fill(0x20);
  new DataView(head.buffer).setBigUint64(0, BigInt(length), true);
  head.set(json, 8);
  return [head, ...parts];
}

/** IEEE 754 half precision: 1 sign, 5 exponent (bias 15), 10 fraction bits. Every one is a float32. */
function halfToNumber(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/**
 * A tensor from its own bytes, which must begin at a multiple of 8 in memory and not be used afterwards.
 * F64 is rounded to float32; what is too large for one becomes infinite.
 */
export function decodeTensor({ dtype, shape, elements }: Entry, bytes: Uint8Array): HostTensor {
  const { buffer, byteOffset } = bytes;
  switch (dtype) {
    case 'F32':
      return { shape, data: new Float32Array(buffer, byteOffset, elements) };
    case 'F64':
      return { shape, data: Float32Array.from(new Float64Array(buffer, byteOffset, elements)) };
    case 'BF16': {
      // The upper half of a float32.
      const words = Uint32Array.from(new Uint16Array(buffer, byteOffset, elements), (half) => half << 16);
      return { shape, data: new Float32Array(words.buffer) };
    }
    case 'F16':
      return { shape, data: Float32Array.from(new Uint16Array(buffer, byteOffset, elements), halfToNumber) };
  }
}

/**
 * All of a file that is in memory; `file` is its name, for errors.
 * @throws AppError('weights/damaged') with the file, the tensor, what was expected and received
 */
export function readSafetensors(bytes: Uint8Array, file: string): SafetensorsContent {
  const length = headerLength(bytes.subarray(0, 8), bytes.length, file);
  const start = 8 + length;
  const { entries, metadata } = readHeader(bytes.subarray(8, start), bytes.length - start, file);
  const weights = new Map<string, HostTensor>();
  for (const entry of entries) {
    // Uint8Array.from, and not bytes.slice: on a Node Buffer that is a view of the same memory.
    const own = Uint8Array.from(bytes.subarray(start + entry.begin, start + entry.end));
    weights.set(entry.path, decodeTensor(entry, own));
  }
  return { weights, metadata };
}
