/** The verified wheels of a plan: given by the person, or fetched. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../base/errors.ts';
import type { PackageClient } from './client.node.ts';
import { fetchWheel } from './fetch-wheel.node.ts';
import type { Pin } from './pin.ts';
import { downloadBytes, type Plan } from './plan.ts';
import type { Watching } from './progress.ts';
import { sumOf } from './sum.node.ts';

const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;

/** A file, or a folder of all of them. @throws AppError('engine/wheel' | 'engine/altered' | 'engine/cancelled') */
export async function givenWheels(plan: Plan, given: string, watching: Watching): Promise<string[]> {
  const stat = statSync(given, { throwIfNoEntry: false });
  if (!stat)
    throw new AppError('engine/wheel', `${given} is not there.`, { hint: 'Name a wheel file that is.' });
  const isFolder = stat.isDirectory();
  if (!isFolder && plan.pins.length > 1)
    throw new AppError(
      'engine/wheel',
      `${given} is one file; with a GPU ${plan.pins.length} wheels are needed.`,
      {
        hint: 'Name the folder that holds them; docs/engines.md lists them.',
      },
    );
  const wheels: string[] = [];
  let done = 0;
  for (const pin of plan.pins) {
    const wheel = isFolder ? join(given, pin.file) : given;
    const size = statSync(wheel, { throwIfNoEntry: false })?.size;
    if (size === undefined)
      throw new AppError('engine/wheel', `${given} holds no ${pin.file}.`, {
        hint: 'Fetch it into that folder.',
      });
    const wrong = (received: string, expected: string) =>
      new AppError(
        'engine/altered',
        `${wheel} is not the wheel that is needed: expected ${pin.file} with ${expected}, received ${received}.`,
        { hint: `Fetch ${pin.name} ${pin.version} as docs/engines.md says.` },
      );
    if (size !== pin.sizeBytes) throw wrong(`${size}`, `${pin.sizeBytes} bytes`);
    const sum = await sumOf(wheel, watching.signal, (count) => {
      done += count;
      const total = downloadBytes(plan);
      watching.onProgress?.({ phase: 'verifying', done, total, message: `Verifying ${pin.file} …` });
    });
    if (sum !== pin.sha256) throw wrong(`${sum.slice(0, 12)}…`, `sha256 ${pin.sha256.slice(0, 12)}…`);
    wheels.push(wheel);
  }
  return wheels;
}

export interface Fetching extends Watching {
  readonly client: PackageClient;
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** One after the other; those that are here already are not fetched again. @throws AppError as `fetchWheel` */
export async function fetchedWheels(plan: Plan, fetching: Fetching): Promise<string[]> {
  const { client, folder, env, signal, onProgress } = fetching;
  const total = downloadBytes(plan);
  const wheels: string[] = [];
  let before = 0;
  const name = ({ name, version, sizeBytes }: Pin) => `${name} ${version} (${megabytes(sizeBytes)})`;
  for (const pin of plan.pins) {
    const tell = (phase: 'fetching' | 'verifying', received: number, verb: string) =>
      onProgress?.({ phase, done: before + received, total, message: `${verb} ${name(pin)} …` });
    tell('fetching', 0, 'Fetching');
    wheels.push(
      await fetchWheel(pin, {
        ...{ client, folder, env },
        ...(signal && { signal }),
        onBytes: (received) => tell('fetching', Math.min(received, pin.sizeBytes), 'Fetching'),
        onVerify: () => tell('verifying', pin.sizeBytes, 'Verifying'),
      }),
    );
    before += pin.sizeBytes;
  }
  return wheels;
}
