/** What is said of a person's own pictures. */
import type { AddProgress, OwnData } from '../../src/services/contract.ts';
import { exact } from '../ui/format.ts';

export const counted = (count: number, one: string) => `${exact(count)} ${one}${count === 1 ? '' : 's'}`;

/** 'Looking at picture 1,200 of 5,000 · 2 broken' */
export function progressWords({ phase, done, total, broken }: AddProgress): string {
  const how = {
    listing: done > 0 ? `Listing the files: ${counted(done, 'picture')} so far` : 'Listing the files',
    reading: `Looking at every picture: ${exact(done)} of ${exact(total)}`,
    measuring: `Measuring brightness and colours: ${exact(done)} of ${exact(total)}`,
  }[phase];
  return broken > 0 ? `${how} · ${exact(broken)} left out` : how;
}

/** Of the whole; undefined: not known. */
export const shareOf = ({ done, total }: AddProgress) => (total > 0 ? done / total : undefined);

const by: Readonly<Record<OwnData['divided'], string>> = {
  folders: 'as your folders say',
  column: 'as the column says',
  seed: 'chosen by a seed: a tenth of each class for each of the last two',
};

/** '80 to train, 10 for validation, 10 for the test, as your folders say.' */
export function dividedWords({ counts: { train, validation, test }, divided }: OwnData): string {
  const parts = [
    `${counted(train, 'picture')} to train`,
    validation > 0 && `${exact(validation)} for validation`,
  ];
  return `${[...parts, test > 0 && `${exact(test)} for the test`].filter(Boolean).join(', ')}, ${by[divided]}.`;
}
