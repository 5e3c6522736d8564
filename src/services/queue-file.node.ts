/** Trainings that wait, as they lie in the host's folder. */
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { diskFiles } from '../base/disk.node.ts';
import { writeFileSafely } from '../base/files.node.ts';
import { inTurn } from '../base/in-turn.ts';

const waiting = z.object({
  id: z.string().min(1),
  title: z.string(),
  /** ISO 8601. */
  addedAt: z.string(),
  document: z.string(),
  recipe: z.record(z.string(), z.union([z.number(), z.boolean(), z.string()])),
  engine: z.string().nullable(),
  from: z.object({ run: z.string().min(1), checkpoint: z.string().optional() }).optional(),
  /** Why it could not begin; null: it waits. */
  failed: z.string().nullable(),
});
export type Waiting = Readonly<z.infer<typeof waiting>>;

const file = z.object({ formatVersion: z.literal(1), waiting: z.array(z.unknown()) });

export class QueueFile {
  readonly #folder: string;
  readonly #file: string;
  readonly #inTurn = inTurn();

  constructor(stateHome: string) {
    this.#folder = stateHome;
    this.#file = join(stateHome, 'queue.json');
  }

  /** What is damaged is put aside; an entry that is none is left out. */
  read(): Waiting[] {
    if (!existsSync(this.#file)) return [];
    try {
      const stored = file.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
      return stored.waiting.flatMap((entry) => waiting.safeParse(entry).data ?? []);
    } catch {
      renameSync(this.#file, `${this.#file}.damaged`);
      return [];
    }
  }

  /** @throws AppError('file/write') */
  write(entries: readonly Waiting[]): Promise<void> {
    return this.#inTurn(async () => {
      await diskFiles.makeFolder(this.#folder, { recursive: true });
      await writeFileSafely(this.#file, `${JSON.stringify({ formatVersion: 1, waiting: entries })}\n`);
    });
  }
}
