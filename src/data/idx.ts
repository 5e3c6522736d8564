import { AppError } from '../base/errors.ts';

export interface IdxArray {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

function damaged(file: string, message: string): never {
  throw new AppError('data/damaged', `${file} is damaged: ${message}.`, {
    hint: 'Delete it and fetch it again.',
  });
}

/**
 * LeCun's IDX format, unsigned bytes only. http://yann.lecun.com/exdb/mnist/
 * @throws AppError('data/damaged') with what was expected and received
 */
export function readIdx(bytes: Uint8Array, rank: number, file: string): IdxArray {
  const header = 4 + 4 * rank;
  if (bytes.length < header)
    damaged(file, `expected a header of ${header} bytes, received ${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = view.getUint32(0);
  const expected = 0x0800 + rank;
  if (magic !== expected) damaged(file, `expected magic number ${expected}, received ${magic}`);
  const shape = Array.from({ length: rank }, (_, i) => view.getUint32(4 + 4 * i));
  const size = shape.reduce((a, b) => a * b, 1);
  if (bytes.length !== header + size)
    damaged(file, `its header promises ${header + size} bytes, it has ${bytes.length}`);
  return { shape, data: bytes.subarray(header) };
}
