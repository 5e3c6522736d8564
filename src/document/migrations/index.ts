import { AppError } from '../../base/errors.ts';
import { v1ToV2 } from './v1-to-v2.ts';

export type Raw = Record<string, unknown>;

/** Raw JSON of one version → the next. What it was given stays as it is. */
export type Migration = (old: Raw) => Raw;

/**
 * Index 0 leads from version 1 to 2, and so on. The rule: whoever changes what a file holds or means adds one file
 * `v1-to-v2.ts` and one line here, raises FORMAT_VERSION, and keeps a document of the old version as
 * `fixtures/v1.stemma` with a test of what it becomes. A migration that was released is never changed: a mistake in it
 * is mended by the next. It works on raw JSON, since the types of old versions are gone, and must not use code that
 * may change later.
 */
export const migrations: readonly Migration[] = [v1ToV2];

/**
 * Raw JSON of any version up to the newest → the newest.
 * @throws AppError where it is no Stemma document, its version is none or newer, or a step fails
 */
export function migrate(raw: Raw, file: string, steps: readonly Migration[] = migrations): Raw {
  const newest = steps.length + 1;
  const { format, version } = raw;
  if (format !== 'stemma')
    throw new AppError(
      'document/format',
      `${file} is not a Stemma document: expected "format": "stemma", received ${JSON.stringify(format) ?? 'nothing'}.`,
      { hint: 'Open a file that Stemma saved.' },
    );
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    throw new AppError(
      'document/version',
      `${file}: version: expected a whole number from 1 to ${newest}, received ${JSON.stringify(version) ?? 'nothing'}.`,
      { hint: 'The file is damaged or not a Stemma document.' },
    );
  if (version > newest)
    throw new AppError(
      'document/newer',
      `${file} was written by a newer Stemma (format ${version}; this one reads up to ${newest}).`,
      { hint: 'Update Stemma to open it.' },
    );
  return steps.slice(version - 1).reduce((current, step, i) => {
    const to = version + i + 1;
    try {
      return { ...step(current), version: to };
    } catch (cause) {
      throw new AppError(
        'document/migration',
        `${file} has format ${version} and could not be brought to format ${to}: it does not hold what that format has.`,
        { hint: 'The file is damaged; open an earlier copy.', cause },
      );
    }
  }, raw);
}
