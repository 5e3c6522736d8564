/** An export is written beside its place, read back and compared, and only then put there. */
import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { diskFiles } from '../base/disk.node.ts';
import { AppError } from '../base/errors.ts';
import { temporaryBeside } from '../base/files.ts';
import type { Network } from '../network/network.ts';
import type { Weights } from '../weights/tensors.ts';
import { type About, compare, type Format, type Samples, TOLERANCE, type Verification } from './format.ts';

export interface Exported {
  readonly verification: Verification;
  readonly notes: readonly string[];
}

/**
 * Replaces an older export of the same format, and nothing else.
 * @throws AppError where something else stands at `path`, or it cannot be written, or it answers differently; what
 * stood there before is then unchanged
 */
export async function exportVerified(
  format: Format,
  path: string,
  network: Network,
  weights: Weights,
  samples: Samples,
  about: About,
): Promise<Exported> {
  // A link stays one: what it leads to is replaced.
  const target = existsSync(path) ? realpathSync(path) : resolve(path);
  refuseOthers(format, path, target);
  const temporary = temporaryBeside(target);
  try {
    await diskFiles.makeFolder(dirname(target), { recursive: true });
    const notes = await format.write(temporary, network, weights, about);
    const verification = compare(
      await format.answer(temporary, network, samples),
      samples,
      format.verifiedBy,
    );
    if (!(verification.largestDifference <= TOLERANCE))
      throw new AppError(
        'export/differs',
        `What was written for ${path} answers differently: largest difference ${verification.largestDifference.toExponential(1)} of the largest output, at most ${TOLERANCE} is allowed.`,
        { hint: 'It was removed, and what stood there before is unchanged; please report this drawing.' },
      );
    await replace(temporary, target);
    return { verification, notes };
  } catch (error) {
    // What failed first is what the person must hear, whether or not the remains can be removed.
    await diskFiles.remove(temporary).catch(() => {});
    throw error;
  }
}

function refuseOthers(format: Format, path: string, target: string): void {
  const refuse = (why: string, hint: string): never => {
    throw new AppError('export/exists', `${path} ${why}.`, { hint });
  };
  if (!existsSync(target)) return;
  const isFolder = statSync(target).isDirectory();
  if (!format.files) {
    if (isFolder) refuse(`is a folder; ${format.title} is one file`, 'Name a file.');
    return;
  }
  if (!isFolder) refuse(`is a file; ${format.title} is a folder`, 'Name a new folder.');
  if (target === process.cwd()) refuse('is the folder that you are in', 'Name a new folder.');
  const others = readdirSync(target).filter((name) => !format.files?.includes(name));
  if (others.length > 0)
    refuse(`holds what is no part of an exported model: ${others.join(', ')}`, 'Name a new folder.');
}

/** A full folder cannot be replaced in one step: between two renames there is none, and the older one is beside it. */
async function replace(from: string, to: string): Promise<void> {
  try {
    if (existsSync(to) && statSync(to).isDirectory()) {
      const older = temporaryBeside(to);
      await diskFiles.rename(to, older);
      try {
        await diskFiles.rename(from, to);
      } catch (error) {
        await diskFiles.rename(older, to);
        throw error;
      }
      // The new one stands; an older one that cannot be removed is no reason to call it failed.
      await diskFiles.remove(older).catch(() => {});
    } else await diskFiles.rename(from, to);
    await diskFiles.syncFolder(dirname(to));
  } catch (cause) {
    throw new AppError('file/write', `${to} could not be put in its place: ${(cause as Error).message}.`, {
      hint: 'Check the folder and its rights.',
      cause,
    });
  }
}
