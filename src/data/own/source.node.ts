/** A person's own set as a data set like every other. */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../../base/errors.ts';
import type { DatasetSource, EncodedSet } from '../dataset.ts';
import { shareArray, shareTable } from '../shared.ts';
import { fingerprintOf, indexFile, type PictureIndex, readIndex } from './index-file.node.ts';
import { indexed } from './indexed.node.ts';
import { partOfIndex } from './part.ts';
import { type Damaged, isDamaged, type Registration, registrations } from './registration.node.ts';
import { parts } from './report.ts';

const changed = ({ title, place }: Registration) =>
  new AppError('data/changed', `The pictures of ${title} in ${place} are not those that were added.`, {
    hint: "Add them again ('stemma data add'), so that it is known what there is.",
  });

async function wholeIndex(of: Registration, place: string): Promise<PictureIndex> {
  const read = await readIndex(indexFile(of.id));
  if (read.state === 'whole' && fingerprintOf(read.index) === of.fingerprint) return read.index;
  // A cache may be lost: the pictures are looked at again.
  const { index } = await indexed({ ...of, place }, {});
  if (fingerprintOf(index) !== of.fingerprint) throw changed(of);
  return index;
}

export function ownSource(of: Registration): DatasetSource {
  const { id, title, classes, shape, counts, mean, std, place } = of;
  return {
    ...{ id, title, classes, shape, mean, std },
    ...{
      trainCount: counts.train,
      testCount: counts.test || counts.validation,
      validationCount: counts.validation,
    },
    ...{ licence: 'your own', homepage: '', fit: of.fit, revision: `${of.fingerprint} ${of.fit}` },
    hint: `It was at ${place}. Put it back there, or add it where it is now with 'stemma data add'.`,
    locate: (named) => [named ?? place].find((where) => existsSync(where)),
    places: () => place,
    async read(where) {
      const index = await wholeIndex(of, where);
      const root = of.columns ? dirname(where) : where;
      const shared = shareTable({ root, names: index.names, ends: index.ends, sizes: index.sizes });
      const part = (name: (typeof parts)[number]): EncodedSet => {
        const { places, labels, ...rest } = partOfIndex(index, name, { root, fit: of.fit, shape });
        return { ...rest, files: shared, places: shareArray(places), labels: shareArray(labels) };
      };
      const [train, validation, test] = parts.map(part) as [EncodedSet, EncodedSet, EncodedSet];
      return { train, test: test.count > 0 ? test : validation, ...(validation.count > 0 && { validation }) };
    },
  };
}

/** A registration that cannot be read is listed too, as a set that is not here. */
const damagedSource = ({ id, file, why }: Damaged): DatasetSource => ({
  ...{
    id,
    title: `${id.slice('own:'.length)} (damaged)`,
    classes: [],
    shape: [1, 1, 1],
    mean: [0],
    std: [1],
  },
  ...{ trainCount: 0, testCount: 0, validationCount: 0, licence: '', homepage: '' },
  hint: `Its registration ${file} is damaged: ${why}. Remove it ('stemma data remove ${id}') and add the pictures again.`,
  locate: () => undefined,
  places: () => file,
  read: () => Promise.reject(new AppError('data/damaged', `${file} is damaged: ${why}.`)),
});

export const ownSources = (): DatasetSource[] =>
  registrations().map((found) => (isDamaged(found) ? damagedSource(found) : ownSource(found)));
