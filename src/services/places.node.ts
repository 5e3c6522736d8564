/** Which files a page may open and save: those that the person named to the host, and nothing else. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { diskFiles } from '../base/disk.node.ts';
import { AppError } from '../base/errors.ts';
import { writeFileSafely } from '../base/files.node.ts';
import { inTurn } from '../base/in-turn.ts';
import { realPlace } from '../base/real-path.node.ts';
import type { DocumentEntry } from './contract.ts';

const MAX_RECENT = 20;
const ENDING = '.stemma';
/** https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$/i;
/** Also half characters, which no file system keeps, and turns of direction, which show another name than there is. */
const forbidden = /[<>:"/\\|?*\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u;
/** Of 255 that file systems have; a temporary name beside it needs some. */
const MAX_NAME_BYTES = 200;

export class Places {
  readonly #documentsFolder: string;
  readonly #file: string;
  readonly #granted = new Set<string>();
  /** Chosen in the system's dialog, which has asked whether to replace what stands there. */
  readonly #replaceable = new Set<string>();
  #recent: string[];
  /** Of two at once the later list is what the file holds at the end. */
  readonly #inTurn = inTurn();

  constructor(documentsFolder: string, stateHome: string) {
    this.#documentsFolder = documentsFolder;
    this.#file = join(stateHome, 'recent.json');
    this.#recent = readRecent(this.#file);
  }

  grant(place: string): void {
    this.#granted.add(realPlace(place));
  }

  /** A place from a dialog that asked about replacing; good for one save. */
  grantReplacing(place: string): void {
    this.grant(place);
    this.#replaceable.add(realPlace(place));
  }

  /** True once after `grantReplacing`. */
  mayReplace(place: string): boolean {
    return this.#replaceable.delete(realPlace(place));
  }

  isGranted(place: string): boolean {
    if (!isAbsolute(place) || place.includes('\0')) return false;
    const real = realPlace(place);
    if (this.#granted.has(real) || this.#recent.some((recent) => realPlace(recent) === real)) return true;
    return dirname(real) === realPlace(this.#documentsFolder) && real.endsWith(ENDING);
  }

  /** @throws AppError('place/refused') */
  check(place: string): void {
    if (!this.isGranted(place))
      throw new AppError(
        'place/refused',
        `${place.slice(0, 200)} was not named by you in a dialog or a list.`,
        {
          hint: 'Choose it with Open or Save as.',
        },
      );
  }

  /** The place of a name in the folder of drawings. @throws AppError('place/name') */
  placeFor(name: string): string {
    const stem = name
      .normalize('NFC')
      .trim()
      .replace(/\.stemma$/i, '');
    if (stem === '' || /^\.|[. ]$/.test(stem) || forbidden.test(stem) || reserved.test(stem))
      throw new AppError('place/name', `'${name}' cannot be a file's name on every system.`, {
        hint: 'Use letters, digits, spaces, - and _, and no word that Windows keeps for itself.',
      });
    if (Buffer.byteLength(stem) > MAX_NAME_BYTES)
      throw new AppError('place/name', `'${name}' is too long for a file's name.`, { hint: 'Shorten it.' });
    return join(this.#documentsFolder, `${stem}${ENDING}`);
  }

  /** Newest first; those that are gone are left out. */
  recent(): DocumentEntry[] {
    return this.#recent.flatMap((place) => entryOf(place) ?? []);
  }

  /** @throws AppError('file/write') */
  async addRecent(place: string): Promise<void> {
    this.grant(place);
    this.#recent = [place, ...this.#recent.filter((p) => p !== place)].slice(0, MAX_RECENT);
    await this.#inTurn(async () => {
      await diskFiles.makeFolder(dirname(this.#file), { recursive: true });
      await writeFileSafely(this.#file, `${JSON.stringify(this.#recent, null, 2)}\n`);
    });
  }
}

/** Undefined where there is no such file. */
export function entryOf(place: string): DocumentEntry | undefined {
  const found = statSync(place, { throwIfNoEntry: false });
  if (!found?.isFile()) return undefined;
  return {
    ...{ place, name: basename(place) },
    ...{ modifiedAt: found.mtime.toISOString(), sizeBytes: found.size },
  };
}

/** A list that cannot be read begins anew: it is a convenience, nothing is lost with it. */
function readRecent(file: string): string[] {
  if (!existsSync(file)) return [];
  try {
    const list: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return Array.isArray(list) ? list.filter((p) => typeof p === 'string' && isAbsolute(p)) : [];
  } catch {
    return [];
  }
}
