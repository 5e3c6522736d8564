/** Reads a zip archive's table of contents and the one member that is asked for; PKWARE's APPNOTE 6.3. */
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { AppError } from '../../base/errors.ts';

export interface ZipMember {
  readonly path: string;
  readonly sizeBytes: number;
  readonly packedBytes: number;
  readonly method: 'stored' | 'deflated';
  /** Of its local header. */
  readonly offset: number;
}

const END = 0x0605_4b50;
const ENTRY = 0x0201_4b50;
const LOCAL = 0x0403_4b50;
const END_BYTES = 22;
/** A comment of 65,535 bytes may follow the end's record. */
const MAX_END = END_BYTES + 0xffff;
/** TensorFlow's wheel has a tenth of it. */
const MAX_DIRECTORY = 64 * 2 ** 20;

const damaged = (file: string, what: string) =>
  new AppError('engine/wheel', `${file} is no whole wheel: ${what}.`, {
    hint: 'Fetch it again, or name another file.',
  });

async function readAt(handle: FileHandle, file: string, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await handle.read(bytes, 0, length, offset);
  if (bytesRead < length) throw damaged(file, `it ends at ${offset + bytesRead}, inside of a record`);
  return bytes;
}

function parse(file: string, table: Buffer, entries: number): Map<string, ZipMember> {
  const members = new Map<string, ZipMember>();
  for (let [at, i] = [0, 0]; i < entries; i++) {
    if (at + 46 > table.length || table.readUInt32LE(at) !== ENTRY)
      throw damaged(file, `entry ${i} of its table of contents cannot be read`);
    const [flags, method] = [table.readUInt16LE(at + 8), table.readUInt16LE(at + 10)];
    const [packedBytes, sizeBytes] = [table.readUInt32LE(at + 20), table.readUInt32LE(at + 24)];
    const offset = table.readUInt32LE(at + 42);
    const nameBytes = table.readUInt16LE(at + 28);
    const path = table.toString('utf8', at + 46, at + 46 + nameBytes);
    at += 46 + nameBytes + table.readUInt16LE(at + 30) + table.readUInt16LE(at + 32);
    if (members.has(path)) throw damaged(file, `it holds ${path} twice`);
    // Encrypted, 64-bit or packed otherwise: no wheel that we take is, so such members are not offered at all.
    if (flags & 1 || (method !== 0 && method !== 8) || [packedBytes, sizeBytes, offset].includes(0xffff_ffff))
      continue;
    members.set(path, { path, sizeBytes, packedBytes, offset, method: method === 0 ? 'stored' : 'deflated' });
  }
  return members;
}

/** @throws AppError('engine/wheel') where it is no zip archive, or damaged */
export async function readZip(file: string): Promise<Map<string, ZipMember>> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const tail = await readAt(handle, file, Math.max(0, size - MAX_END), Math.min(size, MAX_END));
    let end = tail.length - END_BYTES;
    while (end >= 0 && tail.readUInt32LE(end) !== END) end--;
    if (end < 0) throw damaged(file, 'it is no zip archive, or cut off');
    const [entries, length, offset] = [
      tail.readUInt16LE(end + 10),
      tail.readUInt32LE(end + 12),
      tail.readUInt32LE(end + 16),
    ];
    if (length > MAX_DIRECTORY || offset + length > size)
      throw damaged(file, 'its table of contents does not lie in it');
    return parse(file, await readAt(handle, file, offset, length), entries);
  } finally {
    await handle.close();
  }
}

/** What a member unpacks to, piece by piece; the reader counts, and ends it where it is more than it should be. */
export async function openMember(file: string, member: ZipMember): Promise<Readable> {
  const handle = await open(file, 'r');
  let header: Buffer;
  try {
    header = await readAt(handle, file, member.offset, 30);
  } finally {
    await handle.close();
  }
  if (header.readUInt32LE(0) !== LOCAL) throw damaged(file, `${member.path} is not where it should be`);
  const start = member.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const packed = createReadStream(file, {
    start,
    end: start + member.packedBytes - 1,
    highWaterMark: 2 ** 20,
  });
  if (member.method === 'stored') return packed;
  const inflate = createInflateRaw({ chunkSize: 2 ** 18 });
  packed.once('error', (error) => inflate.destroy(error));
  inflate.once('close', () => packed.destroy());
  return packed.pipe(inflate);
}
