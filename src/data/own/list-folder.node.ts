/** A folder with a folder for each class, divided into train, validation and test or not. */
import { stat } from 'node:fs/promises';
import { AppError } from '../../base/errors.ts';
import { LeftOutList, type Listed, type Listing, type Part, type Watch } from './report.ts';
import { type Child, Walk } from './walk.node.ts';

const partNames: Readonly<Record<string, Part>> = {
  train: 'train',
  training: 'train',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  test: 'test',
  testing: 'test',
};
const partOf = ({ name, kind }: Child): Part | undefined =>
  kind === 'folder' && Object.hasOwn(partNames, name.toLowerCase())
    ? partNames[name.toLowerCase()]
    : undefined;

const some = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;

/** One name for one class, however a file system writes its accents. */
export const classOf = (name: string) => name.normalize('NFC');

/** @throws AppError where there is no such folder, or a watcher cancels */
export async function listFolder(root: string, { signal, onProgress }: Watch = {}): Promise<Listing> {
  const about = await stat(root).catch((cause: NodeJS.ErrnoException) => {
    throw new AppError('data/folder', `${root} cannot be opened: ${cause.code ?? cause.message}.`, { cause });
  });
  if (!about.isDirectory()) throw new AppError('data/folder', `${root} is no folder.`);
  const leftOut = new LeftOutList();
  const walk = new Walk(root, leftOut, signal, (done) =>
    onProgress?.({ phase: 'listing', done, total: 0, broken: 0 }),
  );
  const files: Listed[] = [];
  const classes = new Set<string>();
  let loose = 0;

  async function readClasses(below: string, children: readonly Child[], part: Part | undefined) {
    for (const { name, kind } of children) {
      if (kind === 'picture') loose++;
      if (kind === 'other') walk.others++;
      if (kind !== 'folder') continue;
      const className = classOf(name);
      classes.add(className);
      for await (const found of walk.pictures(below ? `${below}/${name}` : name))
        files.push({ name: found, className, part });
    }
  }

  const top = await walk.children('');
  const divided = top.some((child) => partOf(child) === 'train');
  if (divided) {
    for (const child of top) {
      const part = partOf(child);
      if (part) await readClasses(child.name, await walk.children(child.name), part);
      else if (child.kind === 'folder')
        leftOut.add(child.name, 'it lies beside train and is none of its parts');
      else if (child.kind === 'picture') loose++;
      else walk.others++;
    }
  } else await readClasses('', top, undefined);

  const notes: string[] = [];
  if (loose > 0) notes.push(`${some(loose, 'picture')} in no class folder, left out.`);
  if (walk.others > 0) notes.push(`${some(walk.others, 'file')} passed over: no PNG, JPEG or WebP by name.`);
  return { root, files, classes: [...classes], leftOut, notes };
}
