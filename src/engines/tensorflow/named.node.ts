/** The folder that the person named for TensorFlow's library. */
import { resolve } from 'node:path';
import { diskFiles } from '../../base/disk.node.ts';
import { AppError } from '../../base/errors.ts';
import { writeFileSafely } from '../../base/files.node.ts';
import { engineFolders, enginesHome } from '../home.node.ts';
import { libraryIn } from './library-folder.node.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws AppError('engine/folder') where it holds no library for this machine, AppError('file/write') */
export async function nameFolder(given: string, env: Environment = process.env): Promise<string> {
  const place = resolve(given);
  const found = libraryIn(place);
  if ('why' in found)
    throw new AppError('engine/folder', `${place} cannot be used. ${found.why}`, {
      hint: 'Name the folder that holds TensorFlow’s two libraries, as site-packages/tensorflow.',
    });
  const { folder, named } = engineFolders(enginesHome(env));
  await diskFiles.makeFolder(folder, { recursive: true });
  await writeFileSafely(named, `${JSON.stringify({ folder: place })}\n`);
  return found.folder;
}

/** It is looked for again. */
export const forgetNamed = (env: Environment = process.env): Promise<void> =>
  diskFiles.remove(engineFolders(enginesHome(env)).named);
