/** Brings a wheel: the package client fetches it; what a cut-off try left is gone on with. */
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { diskFiles } from '../../base/disk.node.ts';
import { AppError, describeError } from '../../base/errors.ts';
import { fetchPart } from '../../base/fetch-part.node.ts';
import { cancelled } from './cancelled.ts';
import type { PackageClient } from './client.node.ts';
import type { Pin } from './pin.ts';
import { filesNamed, runClient } from './run-client.node.ts';
import { sumOf } from './sum.node.ts';

export interface WheelFetch {
  readonly client: PackageClient;
  /** Kept from one try to the next. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
  onBytes?(received: number): void;
  /** It is here, and its sum is made. */
  onVerify?(): void;
}

const TRY_PREFIX = 'try-';
const sizeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
const places = (folder: string, { file }: Pin) => ({
  whole: join(folder, file),
  part: join(folder, `${file}.part`),
  url: join(folder, `${file}.url`),
});

/** What a try that was ended left in its folder becomes the part that the next one goes on with. */
async function takeOver(pin: Pin, folder: string, attempt: string): Promise<void> {
  const { part, url } = places(folder, pin);
  // Without the address nobody can go on with it.
  for (const file of filesNamed(attempt, pin.file))
    if (existsSync(url) && sizeOf(file) > sizeOf(part)) await rename(file, part);
}

/** Whatever died in between left it. */
export async function tidyDownloads(folder: string, pins: readonly Pin[]): Promise<void> {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder).filter((entry) => entry.startsWith(TRY_PREFIX))) {
    const attempt = join(folder, name);
    for (const pin of pins) await takeOver(pin, folder, attempt);
    await rm(attempt, { recursive: true, force: true });
  }
  const ours = new Set(
    pins.flatMap((pin) => Object.values(places(folder, pin)).map((file) => basename(file))),
  );
  // Of another version: nobody will ask for it again.
  for (const name of readdirSync(folder).filter((entry) => !ours.has(entry)))
    rmSync(join(folder, name), { recursive: true, force: true });
}

/** Where the address is known and the server lets us; else undefined, and the client begins anew. */
async function goOn(pin: Pin, fetch: WheelFetch): Promise<string | undefined> {
  const { folder, signal, onBytes } = fetch;
  const { whole, part, url } = places(folder, pin);
  if (sizeOf(part) === 0 || !existsSync(url)) return undefined;
  try {
    await fetchPart(readFileSync(url, 'utf8'), part, {
      ...(signal && { signal }),
      ...(onBytes && { onBytes }),
      refused: ({ status }) => new Error(`the server answered ${status}`),
    });
  } catch {
    if (signal?.aborted) throw cancelled();
    // No way for us (a proxy, a password); the client may know one. What arrived stays until it has.
    return undefined;
  }
  fetch.onVerify?.();
  if ((await sumOf(part, signal)) !== pin.sha256) {
    await rm(part, { force: true });
    return undefined;
  }
  await rename(part, whole);
  return whole;
}

async function askClient(pin: Pin, fetch: WheelFetch): Promise<string> {
  const { folder, client, env, signal, onBytes } = fetch;
  const { whole, part, url } = places(folder, pin);
  const attempt = join(folder, `${TRY_PREFIX}${process.pid}-${pin.name}`);
  await rm(attempt, { recursive: true, force: true });
  await diskFiles.makeFolder(attempt, { recursive: true });
  try {
    const { wheel, said } = await runClient(pin, {
      ...{ client, folder: attempt, env },
      ...(signal && { signal }),
      ...(onBytes && { onBytes }),
      onUrl: (found) => writeFileSync(url, found),
    });
    if (wheel === undefined) {
      await takeOver(pin, folder, attempt);
      if (signal?.aborted) throw cancelled();
      throw new AppError(
        'engine/fetch',
        `${client.name} could not fetch ${pin.name} ${pin.version}: ${said || 'it said nothing'}.`,
        {
          hint: `Check the network and pip's settings (index, proxy), or fetch ${pin.file} elsewhere and give it with --wheel.`,
        },
      );
    }
    fetch.onVerify?.();
    const sum = await sumOf(wheel, signal);
    if (sum !== pin.sha256)
      throw new AppError(
        'engine/altered',
        `${client.name} brought another ${pin.file} than the official one: expected sha256 ${pin.sha256.slice(0, 12)}…, received ${sum.slice(0, 12)}….`,
        { hint: "It was deleted. Look at pip's index: it must be a copy of the official one." },
      );
    await rename(wheel, whole);
  } finally {
    await rm(attempt, { recursive: true, force: true });
  }
  for (const file of [part, url]) await rm(file, { force: true });
  return whole;
}

/**
 * The path of the verified wheel.
 * @throws AppError('engine/fetch' | 'engine/altered' | 'engine/cancelled')
 */
export async function fetchWheel(pin: Pin, fetch: WheelFetch): Promise<string> {
  const { whole } = places(fetch.folder, pin);
  try {
    await diskFiles.makeFolder(fetch.folder, { recursive: true });
    if (sizeOf(whole) === pin.sizeBytes && (await sumOf(whole, fetch.signal)) === pin.sha256) return whole;
    return (await goOn(pin, fetch)) ?? (await askClient(pin, fetch));
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError(
      'engine/fetch',
      `${pin.file} could not be stored in ${fetch.folder}: ${describeError(error)}.`,
      {
        hint: 'Check the folder, its rights and the free space.',
        cause: error,
      },
    );
  }
}
