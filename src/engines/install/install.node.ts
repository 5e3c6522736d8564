/**
 * Installs TensorFlow's library: fetched or given, verified, unpacked beside what is there, tried in a process of its
 * own, measured, and only then made current, by replacing one file. Killed at any moment it leaves what was before.
 */
import { dirname, join } from 'node:path';
import { diskFiles } from '../../base/disk.node.ts';
import { AppError, describeError } from '../../base/errors.ts';
import { type Files, replaceFile, writeError } from '../../base/files.ts';
import { engineFolders } from '../home.node.ts';
import { rememberTried } from '../tensorflow/tried.node.ts';
import { cancelled } from './cancelled.ts';
import { findClient, type PackageClient } from './client.node.ts';
import { tidyDownloads } from './fetch-wheel.node.ts';
import type { Installed } from './installed.node.ts';
import { takeLock } from './lock.node.ts';
import { type Measured, measure } from './measure.node.ts';
import { diskBytes, downloadBytes, type Plan } from './plan.ts';
import type { Watching } from './progress.ts';
import { freeBytes, requireRoom } from './room.node.ts';
import { tidyFolders } from './tidy.node.ts';
import type { RunTrial } from './trial.ts';
import { unpackWheel } from './unpack.node.ts';
import { fetchedWheels, givenWheels } from './wheels.node.ts';

export interface Installation extends Watching {
  /** `enginesHome()`. */
  readonly home: string;
  readonly plan: Plan;
  /** A wheel, or a folder of them, in place of fetching. */
  readonly wheel?: string;
  readonly runTrial: RunTrial;
  /** Asked when it is its turn; where it may not, threads and gain stay unknown. */
  mayMeasure?(): boolean;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Tests let it fail. */
  readonly files?: Files;
  readonly free?: (folder: string) => Promise<number>;
  readonly findClient?: typeof findClient;
}

/** The manifest, smaller things and some room to breathe. */
const MARGIN_BYTES = 50e6;
type Folders = ReturnType<typeof engineFolders>;

async function wheelsFor(it: Installation, folders: Folders): Promise<string[]> {
  const { plan, wheel, env = process.env, signal, onProgress } = it;
  const watching = { ...(signal && { signal }), ...(onProgress && { onProgress: onProgress.bind(it) }) };
  if (wheel !== undefined) return givenWheels(plan, wheel, watching);
  const total = downloadBytes(plan);
  onProgress?.({ phase: 'asking', done: 0, total, message: 'Looking for a package client …' });
  const client: PackageClient | undefined = await (it.findClient ?? findClient)(env);
  if (!client)
    throw new AppError('engine/no-client', 'Neither pip nor uv is here to fetch the engine with.', {
      hint: `Install Python with pip, or fetch ${plan.pins.map(({ file }) => file).join(', ')} elsewhere and give it with --wheel.`,
    });
  return fetchedWheels(plan, { client, env, folder: folders.downloads, ...watching });
}

async function unpack(
  it: Installation,
  wheels: readonly string[],
  staging: string,
  files: Files,
): Promise<void> {
  const { plan, signal, onProgress } = it;
  const total = diskBytes(plan);
  let done = 0;
  for (const [i, pin] of plan.pins.entries())
    await unpackWheel(wheels[i] as string, pin, staging, {
      ...(signal && { signal }),
      onBytes(count) {
        done += count;
        onProgress?.({ phase: 'unpacking', done, total, message: `Unpacking ${pin.name} ${pin.version} …` });
      },
    });
  const inner = new Set(
    plan.pins.flatMap((pin) => pin.files.map(({ path }) => dirname(join(staging, path)))),
  );
  for (const folder of [...inner, staging]) await files.syncFolder(folder);
}

async function tryIt({ plan, runTrial, signal, onProgress }: Installation, folder: string): Promise<void> {
  if (signal?.aborted) throw cancelled();
  onProgress?.({ phase: 'trying', done: 0, total: 1, message: 'Training a small network on it …' });
  try {
    await runTrial({
      work: 'tiny',
      on: { engine: 'tensorflow', folder, threads: null },
      ...(signal && { signal }),
    });
  } catch (error) {
    if (signal?.aborted) throw cancelled();
    throw new AppError(
      'engine/try',
      `TensorFlow ${plan.version} was unpacked, but does not work here: ${error instanceof AppError ? error.message : describeError(error)}`,
      { hint: 'It was taken away again; what was installed before is unchanged.', cause: error },
    );
  }
}

/** What cannot be measured is told, and no reason not to install what works. */
async function measureIt(it: Installation, folder: string): Promise<Measured | undefined> {
  const { signal, onProgress, runTrial } = it;
  if (it.mayMeasure?.() === false) return undefined;
  const watching = { ...(signal && { signal }), ...(onProgress && { onProgress: onProgress.bind(it) }) };
  try {
    return await measure(folder, runTrial, watching);
  } catch (error) {
    if (signal?.aborted) throw cancelled();
    const message = `It works, but could not be measured: ${describeError(error)}`;
    onProgress?.({ phase: 'measuring', done: 0, total: null, message });
    return undefined;
  }
}

async function perform(it: Installation, folders: Folders, files: Files): Promise<Installed> {
  const { plan, wheel, free = freeBytes } = it;
  await tidyFolders(folders);
  await tidyDownloads(folders.downloads, plan.pins);
  const toFetch = wheel === undefined ? downloadBytes(plan) : 0;
  await requireRoom(folders.folder, toFetch + diskBytes(plan) + MARGIN_BYTES, free);
  const staging = join(folders.folder, `${folders.stagingPrefix}${process.pid}`);
  try {
    const wheels = await wheelsFor(it, folders);
    await unpack(it, wheels, staging, files);
    const tried = dirname(join(staging, plan.libraries.cc));
    await tryIt(it, tried);
    const measured = await measureIt(it, tried);
    // The last moment for a change of mind.
    if (it.signal?.aborted) throw cancelled();
    const at = new Date();
    const kind = plan.gpu ? 'gpu' : 'cpu';
    const installed: Installed = {
      schema: 1,
      folder: `${folders.versionPrefix}${plan.version}-${kind}-${at.getTime().toString(36)}`,
      libraries: plan.libraries,
      ...{ version: plan.version, gpu: plan.gpu, diskBytes: diskBytes(plan), at: at.toISOString() },
      threads: measured?.threads ?? null,
      measured: measured?.gain ?? null,
    };
    await files.rename(staging, join(folders.folder, installed.folder));
    await files.syncFolder(folders.folder);
    await replaceFile(files, folders.current, [`${JSON.stringify(installed, null, 2)}\n`]);
    return installed;
  } finally {
    await files.remove(staging);
  }
}

/** What a next try would go on with. */
const isWorthKeeping = (error: unknown) =>
  error instanceof AppError && ['engine/cancelled', 'engine/fetch', 'engine/space'].includes(error.code);

/**
 * @throws AppError('engine/busy' | 'engine/space' | 'engine/no-client' | 'engine/fetch' | 'engine/wheel' |
 * 'engine/altered' | 'engine/try' | 'engine/cancelled' | 'file/write'); what was installed before is then unchanged
 */
export async function installTensorFlow(it: Installation): Promise<Installed> {
  const { home, files = diskFiles, env = process.env } = it;
  const folders = engineFolders(home);
  await files.makeFolder(folders.folder, { recursive: true });
  const letGo = takeLock(folders.lock);
  try {
    const installed = await perform(it, folders, files).catch(async (error: unknown) => {
      if (!isWorthKeeping(error)) await files.remove(folders.downloads);
      // The disk's own word: full, read-only.
      throw typeof (error as { errno?: unknown }).errno === 'number'
        ? writeError(folders.folder, error)
        : error;
    });
    await tidyFolders(folders);
    await files.remove(folders.downloads);
    await rememberTried(join(folders.folder, installed.folder, installed.libraries.cc), null, env);
    return installed;
  } finally {
    letGo();
  }
}
