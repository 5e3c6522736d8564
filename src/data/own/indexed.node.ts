/** What lies at a place, looked at and divided. */
import { AppError, describeError } from '../../base/errors.ts';
import { MAX_CLASSES } from '../dataset.ts';
import { divide } from './divide.ts';
import { indexFile, type PictureIndex, readIndex, writeIndex } from './index-file.node.ts';
import { listCsv } from './list-csv.node.ts';
import { listFolder } from './list-folder.node.ts';
import { indexOf, type ReadPicture, readPictures, remembered } from './read-pictures.node.ts';
import type { Registration } from './registration.node.ts';
import { type LeftOutList, type Listing, type Part, parts, type Watch } from './report.ts';

const bare = (list: Listing) => (list.files.length === 0 ? list.leftOut.named[0] : undefined);

type Indexing = Pick<Registration, 'id' | 'place' | 'columns' | 'seed'>;

export interface Indexed {
  readonly index: PictureIndex;
  readonly root: string;
  readonly classes: readonly string[];
  readonly divided: Registration['divided'];
  readonly leftOut: LeftOutList;
  readonly notes: readonly string[];
}

/**
 * What lies at a place now, and the index of it in the cache.
 * @throws AppError: nothing there, one class only, cancelled
 */
export async function indexed({ id, place, columns, seed }: Indexing, watch: Watch): Promise<Indexed> {
  const listing = columns ? await listCsv(place, columns, watch) : await listFolder(place, watch);
  const { leftOut, root } = listing;
  const notes = [...listing.notes];
  if (listing.files.length === 0) {
    const why = bare(listing);
    throw new AppError(
      'data/no-pictures',
      `${place} has no pictures that can be used${why ? ` (${why.name}: ${why.why})` : ''}.`,
      {
        hint: 'Expected PNG, JPEG or WebP files in a folder for each class, as cats/1.jpg and dogs/2.jpg.',
      },
    );
  }
  const file = indexFile(id);
  const before = await readIndex(file);
  if (before.state === 'damaged')
    notes.push(`The index ${file} was damaged (${before.why}); every picture was looked at anew.`);
  const known = remembered(before.state === 'whole' ? before.index : undefined);
  const found: (ReadPicture | undefined)[] = listing.files.map(() => undefined);
  try {
    await readPictures(listing, known, found, leftOut, watch);
  } catch (error) {
    await remember(file, listing, found, known).catch(() => {}); // The next try looks at more files, and that is all.
    throw error;
  }
  const read = found.filter((picture) => picture !== undefined);
  const classes = usedClasses(read, listing, leftOut, place);
  const wanted = new Set(classes);
  const used = read
    .filter(({ className }) => wanted.has(className))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const divided = used.some(({ part }) => part !== undefined);
  const places = new Map(classes.map((name, i) => [name, i]));
  const bySeed = divided
    ? []
    : divide(
        used.map(({ className }) => places.get(className) as number),
        seed,
      );
  const index = withTest(
    place,
    indexOf(used, classes, (i) => (divided ? (used[i]?.part ?? 'train') : (bySeed[i] as Part))),
    notes,
  );
  try {
    await writeIndex(file, index);
  } catch (error) {
    notes.push(
      `The index could not be kept (${describeError(error)}): the pictures are looked at again at each training.`,
    );
  }
  return {
    index,
    root,
    classes,
    divided: divided ? (columns ? 'column' : 'folders') : 'seed',
    leftOut,
    notes,
  };
}

/** What was seen before it was cancelled, and what was known before. */
async function remember(
  file: string,
  { files }: Listing,
  found: readonly (ReadPicture | undefined)[],
  known: ReturnType<typeof remembered>,
): Promise<void> {
  const all = files.flatMap((listed, i) => {
    const seen = found[i]?.seen ?? known.get(listed.name);
    return seen ? [{ ...listed, seen }] : [];
  });
  await writeIndex(
    file,
    indexOf(all, [...new Set(files.map(({ className }) => className))], () => 'train'),
  );
}

/** Those with pictures to train on, sorted. */
function usedClasses(
  read: readonly ReadPicture[],
  { classes, files }: Listing,
  leftOut: LeftOutList,
  place: string,
): string[] {
  const trained = new Set(
    read.filter(({ part }) => part === undefined || part === 'train').map(({ className }) => className),
  );
  const all = new Set([...classes, ...files.map(({ className }) => className)]);
  const others = new Set(read.map(({ className }) => className));
  for (const name of all)
    if (!trained.has(name))
      leftOut.add(
        name,
        others.has(name)
          ? 'the class has no pictures to train on, so all of it is left out'
          : 'the class has no pictures',
      );
  const used = [...trained].sort();
  if (used.length < 2)
    throw new AppError(
      'data/one-class',
      used.length === 0
        ? `${place} has no picture to train on.`
        : `${place} has pictures of one class only, '${used[0]}': there is nothing to tell apart.`,
      { hint: 'Expected a folder for each class, at least two, with PNG, JPEG or WebP files in them.' },
    );
  if (used.length > MAX_CLASSES)
    throw new AppError(
      'data/classes',
      `${place} has ${used.length} classes; at most ${MAX_CLASSES} can be told apart.`,
    );
  return used;
}

/** Where nothing is set apart for the test, the pictures for validation are it; where neither, a tenth of all. */
function withTest(place: string, index: PictureIndex, notes: string[]): PictureIndex {
  const count = (part: Part) => index.parts.filter((p) => p === parts.indexOf(part)).length;
  if (count('test') > 0) return index;
  if (count('validation') > 0) {
    notes.push(
      'There are no test pictures: those for validation are the test too, so its result is a little too good.',
    );
    return index;
  }
  notes.push(
    'Nothing is set apart to be judged by: a tenth of each class is taken for validation and another for the test.',
  );
  const chosen = divide(index.labels, 1);
  if (chosen.every((part) => part === 'train'))
    throw new AppError(
      'data/too-few',
      `${place} has fewer than 3 pictures in every class: none can be set apart to judge by.`,
    );
  return { ...index, parts: Uint8Array.from(chosen, (part) => parts.indexOf(part)) };
}
