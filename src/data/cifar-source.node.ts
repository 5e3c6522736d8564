/** Krizhevsky 2009: 32 × 32 colour pictures in the binary form of https://www.cs.toronto.edu/~kriz/cifar.html */
import { existsSync, statSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../base/errors.ts';
import type { DatasetFacts, DatasetSource, ImageSet, Spread } from './dataset.ts';
import { downloadedFolders } from './home.node.ts';
import { sharedBytes } from './shared.ts';
import { unpackTarGz } from './tar.node.ts';

const SIDE = 32;
const PIXELS = SIDE * SIDE;
const CHANNELS = 3;

export interface CifarFacts
  extends Pick<DatasetFacts, 'id' | 'title' | 'classes' | 'trainCount' | 'testCount'>,
    Spread {
  readonly archive: { readonly name: string; readonly md5: string; readonly megabytes: number };
  /** The folder in the archive. */
  readonly inside: string;
  readonly train: readonly string[];
  readonly test: string;
  /** Bytes before the pixels of a picture; the last of them is its class. */
  readonly labelBytes: number;
  readonly folders?: () => readonly string[];
}

const URL = 'https://www.cs.toronto.edu/~kriz';

export function cifarSource(facts: CifarFacts): DatasetSource {
  const { id, title, classes, mean, std, trainCount, testCount, archive, inside, train, test } = facts;
  const record = facts.labelBytes + CHANNELS * PIXELS;
  const names = [...train, test];
  const sizeOf = (name: string) => record * (name === test ? testCount : trainCount / train.length);
  const folders = facts.folders ?? (() => downloadedFolders(id));
  const holds = (folder: string) => names.every((name) => existsSync(join(folder, name)));
  const within = (given: readonly string[]) =>
    given.flatMap((folder) => [join(folder, inside), folder]).find(holds);
  const hint = `'stemma data get ${id}' fetches it (${archive.megabytes} MB); or name with --data-dir a folder that has ${archive.name}'s files, or ${archive.name} itself for 'stemma data get'.`;

  async function readPart(folder: string, parts: readonly string[], count: number): Promise<ImageSet> {
    const images = sharedBytes(count * CHANNELS * PIXELS);
    const labels = sharedBytes(count);
    let at = 0;
    for (const name of parts) {
      const file = join(folder, name);
      const bytes = await readFile(file);
      if (bytes.length !== sizeOf(name))
        throw damaged(file, `expected ${sizeOf(name)} bytes, received ${bytes.length}`, hint);
      for (let from = 0; from < bytes.length; from += record, at++) {
        const label = bytes[from + facts.labelBytes - 1] as number;
        if (label >= classes.length)
          throw damaged(
            file,
            `picture ${from / record} is of class ${label}, there are ${classes.length}`,
            hint,
          );
        labels[at] = label;
        interleave(images, at * CHANNELS * PIXELS, bytes, from + facts.labelBytes);
      }
    }
    return { images, labels, count, height: SIDE, width: SIDE, channels: CHANNELS };
  }

  return {
    ...{ id, title, classes, mean, std, trainCount, testCount, hint },
    validationCount: 0,
    shape: [SIDE, SIDE, CHANNELS],
    licence: 'none stated; cite Krizhevsky 2009',
    homepage: 'https://www.cs.toronto.edu/~kriz/cifar.html',
    locate: (named) => within(named === undefined ? folders() : [join(named, id), named]),
    places: () => folders().join(', '),
    read: async (folder) => ({
      train: await readPart(folder, train, trainCount),
      test: await readPart(folder, [test], testCount),
    }),
    download: {
      url: URL,
      files: [
        {
          name: archive.name,
          sum: { kind: 'md5', hex: archive.md5 },
          have: (folder) => names.every((name) => sizeAt(join(folder, inside, name)) === sizeOf(name)),
        },
      ],
      async finish(folder) {
        const file = join(folder, archive.name);
        if (!existsSync(file)) return;
        const wanted = new Map(names.map((name) => [`${inside}/${name}`, sizeOf(name)]));
        await unpackTarGz(file, wanted, join(folder, inside));
        await rm(file, { force: true });
      },
    },
  };
}

const sizeAt = (file: string) => statSync(file, { throwIfNoEntry: false })?.size;

const damaged = (file: string, why: string, hint: string) =>
  new AppError('data/damaged', `${file} is damaged: ${why}.`, { hint: `Delete it. ${hint}` });

/** One channel after the other → one pixel after the other. */
function interleave(out: Uint8Array, to: number, planes: Uint8Array, from: number): void {
  for (let p = 0; p < PIXELS; p++)
    for (let c = 0; c < CHANNELS; c++) out[to + p * CHANNELS + c] = planes[from + c * PIXELS + p] as number;
}
