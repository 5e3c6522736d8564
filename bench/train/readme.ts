/** The last table in README.md. */
import { AppError } from '../../src/base/errors.ts';

export const BEGIN = '<!-- bench:begin -->';
export const END = '<!-- bench:end -->';

/** @throws AppError where the two markers are not there, in this order */
export function withTable(readme: string, table: string): string {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin < 0 || end < begin)
    throw new AppError(
      'bench/readme',
      `README.md: expected the markers ${BEGIN} and ${END}, in this order.`,
      {
        hint: 'Put them where the table should stand.',
      },
    );
  return `${readme.slice(0, begin + BEGIN.length)}\n${table}\n${readme.slice(end)}`;
}
