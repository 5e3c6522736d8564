import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyDocument } from '../document/model.ts';
import { loadDocument, saveDocument } from './documents.node.ts';

test('a document that could not be opened again is never written', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stemma-'));
  try {
    const file = join(folder, 'a.stemma');
    await saveDocument(file, emptyDocument());
    expect(await loadDocument(file)).toEqual(emptyDocument());
    const before = await readFile(file, 'utf8');
    await expect(saveDocument(file, { ...emptyDocument(), recipe: { rate: Number.NaN } })).rejects.toThrow(
      /a\.stemma was not saved: .*recipe\.rate/,
    );
    expect(await readFile(file, 'utf8')).toBe(before);
  } finally {
    await rm(folder, { recursive: true });
  }
});
