import { AppError } from '../base/errors.ts';
import type { Dataset, DatasetSource, Parts } from './dataset.ts';
import { shareSet } from './shared.ts';

/** The folder that holds a data set; undefined where none does. Where a folder is named no other is looked at. */
export const locate = (source: DatasetSource, named?: string): string | undefined => source.locate(named);

/**
 * Reads and verifies a data set.
 * @throws AppError: not found (with what to do), damaged, altered
 */
export async function loadDataset(source: DatasetSource, named?: string): Promise<Dataset> {
  const folder = source.locate(named);
  if (folder === undefined)
    throw new AppError('data/missing', `${source.title} was not found in ${named ?? source.places()}.`, {
      hint: source.hint,
    });
  return assemble(source, await source.read(folder), folder);
}

/** @internal Pictures with what is known of their source, in memory that threads share. */
export function assemble(
  { id, title, classes, mean, std, licence }: DatasetSource,
  { train, test, validation }: Parts,
  folder: string,
): Dataset {
  return {
    ...{ id, title, classes, mean, std, licence, folder },
    ...{ train: shareSet(train), test: shareSet(test) },
    ...(validation && { validation: shareSet(validation) }),
  };
}
