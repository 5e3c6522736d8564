/** Takes named files out of a .tar.gz, and nothing else: no links, no folders, no other names, no other sizes. */
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { AppError, describeError } from '../base/errors.ts';

const BLOCK = 512;
/** What an archive may unpack to beside the files that are wanted: names, links, texts. */
const SPARE_BYTES = 16 * 2 ** 20;

interface Entry {
  readonly name: string;
  readonly isFile: boolean;
  readonly size: number;
}

const textAt = (block: Buffer, from: number, length: number) => {
  const field = block.subarray(from, from + length);
  const end = field.indexOf(0);
  return field.subarray(0, end < 0 ? length : end).toString('utf8');
};
const octalAt = (block: Buffer, from: number, length: number) =>
  Number.parseInt(textAt(block, from, length).trim() || '0', 8);

/** POSIX.1-1988 ustar. @throws Error for what is no header */
function readHeader(block: Buffer): Entry {
  let sum = 0;
  for (let i = 0; i < BLOCK; i++) sum += i >= 148 && i < 156 ? 32 : (block[i] as number);
  if (sum !== octalAt(block, 148, 8)) throw new Error('a header has another checksum than it says');
  const prefix = textAt(block, 257, 5) === 'ustar' ? textAt(block, 345, 155) : '';
  const name = `${prefix && `${prefix}/`}${textAt(block, 0, 100)}`;
  const size = octalAt(block, 124, 12);
  if (!Number.isSafeInteger(size) || size < 0) throw new Error(`'${name}' has no size that can be`);
  const kind = block[156] as number;
  return { name, isFile: kind === 0 || kind === 0x30, size };
}

/** A stream by so many bytes at a time. */
class Reader {
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #most: number;
  #rest: Buffer = Buffer.alloc(0);
  #seen = 0;

  constructor(stream: AsyncIterable<Buffer>, most: number) {
    this.#chunks = stream[Symbol.asyncIterator]();
    this.#most = most;
  }

  /** At most so many bytes, at least one; undefined at the end. */
  async some(most: number): Promise<Buffer | undefined> {
    while (this.#rest.length === 0) {
      const { value, done } = await this.#chunks.next();
      if (done) return undefined;
      this.#rest = value;
      this.#seen += value.length;
      if (this.#seen > this.#most) throw new Error(`it unpacks to more than ${this.#most} bytes`);
    }
    const taken = this.#rest.subarray(0, most);
    this.#rest = this.#rest.subarray(taken.length);
    return taken;
  }

  async pass(size: number, use: (bytes: Buffer) => Promise<unknown> | undefined): Promise<void> {
    for (let left = size; left > 0; ) {
      const bytes = await this.some(left);
      if (!bytes) throw new Error('it ends too early');
      await use(bytes);
      left -= bytes.length;
    }
  }
}

const climbs = (name: string) => /^([/\\]|[A-Za-z]:)/.test(name) || name.split(/[/\\]/).includes('..');

/**
 * Writes the wanted entries, by their base names, into `folder`; each is there whole or not at all.
 * @throws AppError('data/archive') for an archive that is damaged, climbs out of its folder, or holds something else
 */
export async function unpackTarGz(
  archive: string,
  /** Size of each by its name in the archive. */
  wanted: ReadonlyMap<string, number>,
  folder: string,
): Promise<void> {
  const total = [...wanted.values()].reduce((sum, size) => sum + size + 2 * BLOCK, 0);
  const source = createReadStream(archive);
  const unzipped = source.pipe(createGunzip());
  source.on('error', (error) => unzipped.destroy(error));
  const missing = new Set(wanted.keys());
  try {
    await mkdir(folder, { recursive: true });
    const reader = new Reader(unzipped, total + SPARE_BYTES);
    while (missing.size > 0) {
      const parts: Buffer[] = [];
      await reader.pass(BLOCK, async (bytes) => parts.push(bytes));
      const block = Buffer.concat(parts);
      if (block.every((byte) => byte === 0)) break;
      const { name, isFile, size } = readHeader(block);
      if (climbs(name)) throw new Error(`'${name}' would lie outside of its folder`);
      const expected = wanted.get(name);
      if (isFile && expected !== undefined) {
        if (size !== expected) throw new Error(`'${name}' has ${size} bytes, expected ${expected}`);
        await write(join(folder, basename(name)), (use) => reader.pass(size, use));
        missing.delete(name);
      } else await reader.pass(size, async () => {});
      await reader.pass((BLOCK - (size % BLOCK)) % BLOCK, async () => {});
    }
    if (missing.size > 0) throw new Error(`it has no ${[...missing].join(', ')}`);
  } catch (cause) {
    throw new AppError('data/archive', `${archive} cannot be unpacked: ${describeError(cause)}.`, {
      hint: 'Delete it and fetch it again.',
      cause,
    });
  } finally {
    source.destroy();
    unzipped.destroy();
  }
}

async function write(
  file: string,
  feed: (use: (bytes: Buffer) => Promise<unknown>) => Promise<void>,
): Promise<void> {
  const temporary = `${file}.part`;
  const handle = await open(temporary, 'w');
  try {
    await feed((bytes) => handle.writeFile(bytes));
    await handle.sync();
    await handle.close();
    await rename(temporary, file);
  } catch (error) {
    await handle.close().catch(() => {});
    await rm(temporary, { force: true });
    throw error;
  }
}
