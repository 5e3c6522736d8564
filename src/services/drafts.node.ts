/** Drafts: unsaved drawings on disk, a file each, so that a crash of anything loses half a second at most. */
import { existsSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { diskFiles } from '../base/disk.node.ts';
import { AppError } from '../base/errors.ts';
import { writeFileSafely } from '../base/files.node.ts';
import { inTurn } from '../base/in-turn.ts';
import { isAlive, thisProcess } from '../base/process.node.ts';
import type { CallArgument, Caller, Draft, DraftEntry } from './contract.ts';

const stored = z.object({
  id: z.string(),
  title: z.string(),
  place: z.string().nullable(),
  tag: z.string().nullable(),
  savedAt: z.iso.datetime(),
  text: z.string(),
  writer: z.object({ pid: z.int().positive(), started: z.string().nullable() }),
});
type Stored = z.infer<typeof stored>;

export class Drafts {
  readonly #folder: string;
  /** Id of the draft → whose page holds it; another object each time, so that one can be told from the next. */
  readonly #claims = new Map<string, { readonly caller: string }>();
  /** Once: where `ps` must be asked, that takes longer than writing the draft. */
  readonly #writer = thisProcess();
  /** One write after the other: a draft that was dropped does not come back. */
  readonly #inTurn = inTurn();

  constructor(stateHome: string) {
    this.#folder = join(stateHome, 'drafts');
  }

  #file(id: string): string {
    return join(this.#folder, `${id}.json`);
  }

  /** @throws AppError('file/write'); the draft before is then still there */
  put(draft: CallArgument<'drafts.put'>, caller: Caller): Promise<void> {
    // At once, and only here: a page that goes while its last draft waits for its turn must not hold it for ever.
    this.#claims.set(draft.id, { caller: caller.id });
    const whole = { ...draft, savedAt: new Date().toISOString(), writer: this.#writer };
    return this.#inTurn(async () => {
      await diskFiles.makeFolder(this.#folder, { recursive: true });
      await writeFileSafely(this.#file(draft.id), JSON.stringify(whole));
    });
  }

  /** Of nobody who lives: no page of this host, no other host. Newest first. */
  list(): DraftEntry[] {
    if (!existsSync(this.#folder)) return [];
    return readdirSync(this.#folder)
      .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
      .flatMap((name) => this.#read(name.slice(0, -'.json'.length)) ?? [])
      .filter(({ id, writer }) => !this.#claims.has(id) && (writer.pid === process.pid || !isAlive(writer)))
      .map(({ id, title, place, savedAt }) => ({ id, title, place, savedAt }))
      .sort((a, b) => (a.savedAt < b.savedAt ? 1 : -1));
  }

  /** The page that reads it holds it from now on. @throws AppError('draft/unknown') */
  open(id: string, caller: Caller): Draft {
    const found = this.#read(id);
    if (!found)
      throw new AppError('draft/unknown', 'This draft is not there any more.', {
        hint: 'It was restored or thrown away elsewhere.',
      });
    this.#claims.set(id, { caller: caller.id });
    const { writer: _, ...draft } = found;
    return draft;
  }

  drop(id: string): Promise<void> {
    const claim = this.#claims.get(id);
    return this.#inTurn(async () => {
      await diskFiles.remove(this.#file(id));
      // Not before: what is about to go must not be offered. And not one that was put since.
      if (this.#claims.get(id) === claim) this.#claims.delete(id);
    });
  }

  /** When all that was asked until now is on disk, or has failed. */
  settled(): Promise<void> {
    return this.#inTurn(async () => {});
  }

  /** The page is gone; its drafts may be offered to others, or go where the person threw them away. */
  release(caller: Caller, thrownAway: boolean): void {
    for (const [id, owner] of this.#claims) {
      if (owner.caller !== caller.id) continue;
      // Its page is gone, so nobody hears that it could not be removed; it is then offered, which loses nothing.
      if (thrownAway) void this.drop(id).catch(() => this.#claims.delete(id));
      else this.#claims.delete(id);
    }
  }

  /** One that cannot be read is put aside, not lost: it may be mended by hand. */
  #read(id: string): Stored | undefined {
    const file = this.#file(id);
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch {
      // Gone meanwhile, or the system is out of something: it is not damaged, and the others can be offered.
      return undefined;
    }
    try {
      return stored.parse(JSON.parse(text));
    } catch {
      renameSync(file, `${file}.damaged`);
      return undefined;
    }
  }
}
