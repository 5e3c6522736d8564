import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { dataCommand } from './data.node.ts';

let home = '';
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'stemma-cli-data-'));
  vi.stubEnv('STEMMA_HOME', join(home, 'stemma'));
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  for (const name of ['cats', 'dogs']) {
    mkdirSync(join(home, 'pets', name), { recursive: true });
    for (let i = 0; i < 3; i++)
      await sharp(new Uint8Array(300).fill(9 * i), { raw: { width: 10, height: 10, channels: 3 } }).toFile(
        join(home, 'pets', name, `${i}.png`),
      );
  }
  writeFileSync(join(home, 'pets', 'cats', 'odd.png'), 'words');
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

test('added, listed and removed, each in words', async () => {
  const { text, json } = await dataCommand(['add', join(home, 'pets')], { name: 'My pets', fit: 'pad' });
  expect(text).toContain(
    "My pets is 'own:my-pets': 2 classes; 2 pictures to train, 2 for validation, 2 for the test",
  );
  expect(text).toContain('1 left out:\n  cats/odd.png: ');
  expect(json).toMatchObject({ id: 'own:my-pets', fit: 'pad' });
  const listed = await dataCommand([], {});
  expect(listed.text).toContain(`own:my-pets      ${join(home, 'pets')}`);
  expect((await dataCommand(['remove', 'own:my-pets'], {})).text).toContain(
    'its pictures lie where they were',
  );
  expect((await dataCommand([], {})).text).not.toContain('own:my-pets');
});

test('a CSV’s columns are told, and can be said', async () => {
  const rows = ['cats', 'dogs'].flatMap((name) => [0, 1, 2].map((i) => `${name}/${i}.png,x,${name}`));
  writeFileSync(join(home, 'pets', 'list.csv'), ['file,other,kind', ...rows].join('\n'));
  const place = join(home, 'pets', 'list.csv');
  await expect(dataCommand(['add', place], {})).rejects.toThrow("of one class only, 'x'");
  const said = vi.mocked(process.stderr.write).mock.calls.map(([line]) => String(line));
  expect(said.join('')).toContain("paths in 'file', labels in 'other', no column of parts.");
  expect((await dataCommand(['add', place], { columns: 'file,kind' })).json).toMatchObject({
    classes: ['cats', 'dogs'],
  });
});

test.each<[string[], Record<string, string>, string]>([
  [['add'], {}, "Expected 'stemma data add FOLDER|FILE.csv'."],
  [['add', '/none-such'], {}, '/none-such cannot be opened: there is nothing.'],
  [['add', '.'], { fit: 'squeeze' }, "--fit: expected crop or pad, received 'squeeze'."],
  [['add', '.'], { columns: 'a,b' }, '--columns is for a CSV; a folder has none.'],
  [['remove', 'mnist'], {}, "There is no set of your own 'mnist'."],
  [
    ['constructor', 'x'],
    {},
    "Expected 'stemma data' or 'stemma data get|add|remove …', received 'constructor'.",
  ],
])('%j %j is refused with a sentence', async (words, options, sentence) => {
  await expect(dataCommand(words, options)).rejects.toThrow(sentence);
});
