/** Settings of the page, kept by the host: a page's own storage would belong to a port that changes. */
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { diskFiles } from '../base/disk.node.ts';
import { writeFileSafely } from '../base/files.node.ts';
import { inTurn } from '../base/in-turn.ts';
import { callSchemas, type Settings } from './contract.ts';

export class SettingsFile {
  readonly #folder: string;
  readonly #file: string;
  /** Of two changes at once the later one is what the file holds at the end. */
  readonly #inTurn = inTurn();
  #settings: Settings;

  constructor(stateHome: string) {
    this.#folder = stateHome;
    this.#file = join(stateHome, 'settings.json');
    this.#settings = read(this.#file);
  }

  get(): Settings {
    return this.#settings;
  }

  /** What is not named stays; layouts are merged key by key. @throws AppError('file/write') */
  set(change: Settings): Promise<Settings> {
    return this.#inTurn(async () => {
      const layout = { ...this.#settings.layout, ...change.layout };
      const changed = { ...this.#settings, ...change, ...(Object.keys(layout).length > 0 && { layout }) };
      await diskFiles.makeFolder(this.#folder, { recursive: true });
      await writeFileSafely(this.#file, `${JSON.stringify(changed, null, 2)}\n`);
      this.#settings = changed;
      return changed;
    });
  }
}

/** What is damaged is put aside, and the defaults serve. Keys of another version are dropped. */
function read(file: string): Settings {
  if (!existsSync(file)) return {};
  try {
    const raw = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    const known = Object.fromEntries(
      Object.entries(raw).filter(([key]) => Object.hasOwn(callSchemas['settings.set'].shape, key)),
    );
    return callSchemas['settings.set'].parse(known);
  } catch {
    renameSync(file, `${file}.damaged`);
    return {};
  }
}
