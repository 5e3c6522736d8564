/** The picture files below a folder, whatever else lies there. */
import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { AppError } from '../../base/errors.ts';
import { stopIfCancelled } from './cancel.ts';
import type { LeftOutList } from './report.ts';

const extensions: ReadonlySet<string> = new Set(['.png', '.jpg', '.jpeg', '.webp']);

export const isPictureName = (name: string): boolean => extensions.has(extname(name).toLowerCase());

/** As `.DS_Store`, `._photo.jpg`, `.git`. */
const isHidden = (name: string) => name.startsWith('.');

/** More are refused: names and labels of all lie in memory. */
export const MAX_PICTURES = 1_000_000;

const whyOf = (error: unknown) => {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM') return 'it may not be read';
  if (code === 'ELOOP') return 'it is a link that leads back to itself';
  if (code === 'ENOENT') return 'it is a link that leads nowhere';
  return code ?? String(error);
};

const byName = (a: { readonly name: string }, b: { readonly name: string }) =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : 0;

export interface Child {
  readonly name: string;
  readonly kind: 'folder' | 'picture' | 'other';
}

export class Walk {
  /** Files that are no pictures by their names. */
  others = 0;
  found = 0;
  /** Real paths of folders that were read, so that a link that leads back ends there. */
  readonly #seen = new Set<string>();

  readonly #root: string;
  readonly #leftOut: LeftOutList;
  readonly #signal: AbortSignal | undefined;
  readonly #onFound: ((found: number) => void) | undefined;

  constructor(root: string, leftOut: LeftOutList, signal?: AbortSignal, onFound?: (found: number) => void) {
    this.#root = root;
    this.#leftOut = leftOut;
    this.#signal = signal;
    this.#onFound = onFound;
  }

  /** What lies in one folder, sorted by name; nothing where it was read before or cannot be, which is noted. */
  async children(below: string): Promise<Child[]> {
    stopIfCancelled(this.#signal);
    const folder = join(this.#root, below);
    try {
      const real = await realpath(folder);
      if (this.#seen.has(real)) {
        this.#leftOut.add(below, 'it is a link to a folder that was read already');
        return [];
      }
      this.#seen.add(real);
      const entries = await readdir(folder, { withFileTypes: true });
      const kinds: Child[] = [];
      for (const entry of entries.sort(byName))
        if (!isHidden(entry.name)) {
          const kind = await this.#kindOf(below, entry);
          if (kind) kinds.push({ name: entry.name, kind });
        }
      return kinds;
    } catch (error) {
      if (error instanceof AppError) throw error;
      this.#leftOut.add(below || '.', whyOf(error));
      return [];
    }
  }

  /** Every picture below a folder, at any depth, in the order of names. */
  async *pictures(below: string): AsyncGenerator<string> {
    for (const { name, kind } of await this.children(below)) {
      const path = below ? `${below}/${name}` : name;
      if (kind === 'folder') yield* this.pictures(path);
      else if (kind === 'picture') {
        this.count();
        yield path;
      } else this.others++;
    }
  }

  count(): void {
    this.found++;
    if (this.found > MAX_PICTURES)
      throw new AppError(
        'data/too-many',
        `${this.#root} holds more than ${MAX_PICTURES.toLocaleString('en')} pictures.`,
        { hint: 'Add a folder with fewer of them.' },
      );
    if (this.found % 1000 === 0) this.#onFound?.(this.found);
  }

  async #kindOf(below: string, entry: Dirent): Promise<Child['kind'] | undefined> {
    const name = below ? `${below}/${entry.name}` : entry.name;
    let [isFolder, isFile] = [entry.isDirectory(), entry.isFile()];
    // Some file systems do not say what an entry is, and a link says nothing of where it leads.
    if (!isFolder && !isFile)
      try {
        const target = await stat(join(this.#root, name));
        [isFolder, isFile] = [target.isDirectory(), target.isFile()];
      } catch (error) {
        this.#leftOut.add(name, whyOf(error));
        return undefined;
      }
    if (isFolder) return 'folder';
    return isFile && isPictureName(entry.name) ? 'picture' : 'other';
  }
}
