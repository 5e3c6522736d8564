/** Where an export may be written, and where it is where nobody says. */
import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { AppError } from '../base/errors.ts';
import type { FormatInfo } from './contract.ts';

/** A title as a file's name. */
const nameOf = (title: string) =>
  title
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 60) || 'network';

/** A place in the folder where nothing stands. */
export function freePlace(folder: string, title: string, { id, extension }: FormatInfo): string {
  const ending = extension === '' ? '' : `.${extension}`;
  const stem = join(folder, `${nameOf(title)}-${id}`);
  let place = `${stem}${ending}`;
  for (let n = 2; existsSync(place); n++) place = `${stem}-${n}${ending}`;
  return place;
}

/** @throws AppError 'export/place' where it is no place of ours, 'export/exists' */
export function checkPlace(place: string, isAllowed: (place: string) => boolean, overwrite: boolean): void {
  if (!isAbsolute(place) || !isAllowed(place))
    throw new AppError('export/place', `Nothing may be written to ${place}.`, {
      hint: 'Choose a place in the dialog, or one in the folder of your drawings.',
    });
  if (!overwrite && existsSync(place))
    throw new AppError('export/exists', `${place} exists already.`, {
      hint: 'Name another, or let it be replaced.',
    });
}
