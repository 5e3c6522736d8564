/** Something that may end the process: a mark stands while it is done, and outlasts a process that died of it. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '../../base/process.node.ts';

/** `died`: the mark of a process that is gone; nothing was done. */
export async function withMark<T>(
  folder: string,
  name: string,
  use: () => Promise<T>,
): Promise<{ readonly value: T } | { readonly died: string }> {
  mkdirSync(folder, { recursive: true });
  // Named by their processes, so that two at once do not take each other for dead.
  const marks = readdirSync(folder).filter((file) => file.startsWith(`${name}-`));
  const dead = marks.find((file) => !isAlive(Number(file.slice(name.length + 1))));
  if (dead !== undefined) return { died: join(folder, dead) };
  const own = join(folder, `${name}-${process.pid}`);
  writeFileSync(own, '');
  try {
    return { value: await use() };
  } finally {
    rmSync(own, { force: true });
  }
}
