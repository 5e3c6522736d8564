import { AppError } from '../base/errors.ts';
import type { DatasetSource } from './dataset.ts';
import { fashionMnist } from './fashion-mnist.node.ts';
import { mnist } from './mnist.node.ts';

/** Every data set. A new one is its file and one line here. */
export const datasets: readonly DatasetSource[] = [mnist, fashionMnist];

export function findDataset(id: string): DatasetSource {
  const found = datasets.find((d) => d.id === id);
  if (!found)
    throw new AppError('data/unknown', `There is no data set '${id}'.`, {
      hint: `Data sets: ${datasets.map((d) => d.id).join(', ')}.`,
    });
  return found;
}
