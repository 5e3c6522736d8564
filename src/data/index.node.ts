import { AppError } from '../base/errors.ts';
import { cifar10, cifar100 } from './cifar.node.ts';
import type { DatasetSource } from './dataset.ts';
import { fashionMnist } from './fashion-mnist.node.ts';
import { mnist } from './mnist.node.ts';
import { ownSources } from './own/source.node.ts';

/** Every data set that Stemma knows by itself. A new one is its file and one line here. */
export const builtIn: readonly DatasetSource[] = [mnist, fashionMnist, cifar10, cifar100];

/** Every data set there is. */
export const listDatasets = (): readonly DatasetSource[] => [...builtIn, ...ownSources()];

/** @throws AppError('data/unknown') with those there are */
export function findDataset(id: string): DatasetSource {
  const found = builtIn.find((d) => d.id === id) ?? ownSources().find((d) => d.id === id);
  if (!found)
    throw new AppError('data/unknown', `There is no data set '${id}'.`, {
      hint: `Data sets: ${listDatasets()
        .map((d) => d.id)
        .join(', ')}.`,
    });
  return found;
}
