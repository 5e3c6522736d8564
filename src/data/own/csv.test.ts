import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findDataset } from '../index.node.ts';
import { loadDataset } from '../load.node.ts';
import { addPictures } from './add.node.ts';
import { readCsv } from './csv.ts';
import { columnsFrom, guessColumns } from './csv-columns.ts';

const rows = (text: string, separator?: ',' | ';') => [...readCsv(text, separator)].map(({ cells }) => cells);

test('RFC 4180: quotes, doubled quotes, line breaks in cells, CRLF, a mark at the beginning, no last break', () => {
  expect(rows('\uFEFFa,b\r\n"x, y","say ""no"""\r\n"two\nlines",\r\n\r\n,z')).toEqual([
    ['a', 'b'],
    ['x, y', 'say "no"'],
    ['two\nlines', ''],
    ['', 'z'],
  ]);
  expect([...readCsv('a\n"x\ny"\nb')].map(({ line }) => line)).toEqual([1, 2, 4]);
  expect(() => rows('a,b\nc,"d')).toThrow('Line 2: a quote is opened and never closed.');
  expect(() => rows('"a"b,c')).toThrow("Line 1: 'b' stands after a closing quote.");
  expect(rows('a;b')).toEqual([['a', 'b']]);
  expect(rows('a\tb,c\td')).toEqual([['a', 'b,c', 'd']]);
});

test('whatever is written as RFC 4180 has it is read back', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r\n', ' ', 'é', ';') });
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
      (table) => {
        const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const text = table.map((row) => row.map(quote).join(',')).join('\r\n');
        expect(rows(text, ',')).toEqual(table);
      },
    ),
    { seed: 1 },
  );
});

test('columns are guessed by their names and by what they hold', () => {
  expect(guessColumns('image,species,split\na/1.png,cat,train\nb.jpg,dog,test')).toMatchObject({
    ...{ header: true, path: 0, label: 1, part: 2, separator: ',' },
    names: ['image', 'species', 'split'],
    rows: [
      ['a/1.png', 'cat', 'train'],
      ['b.jpg', 'dog', 'test'],
    ],
  });
  expect(guessColumns('cat;x/1.JPG\ndog;x/2.jpeg')).toMatchObject({
    ...{ header: false, path: 1, label: 0, part: null, separator: ';' },
    names: ['Column 1', 'Column 2'],
  });
  expect(guessColumns('id,file,fold,label\n1,a.png,val,x\n2,b.png,train,y')).toMatchObject({
    path: 1,
    label: 3,
    part: 2,
  });
  expect(() => guessColumns('')).toThrow('The file is empty');
  expect(() => guessColumns('a,b\n1,2')).toThrow('No column holds paths of pictures.');
  expect(() => guessColumns('path\na.png')).toThrow('expected at least 2 columns, received 1');
});

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'stemma-csv-'));
  vi.stubEnv('STEMMA_HOME', join(home, 'stemma'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

async function picture(name: string): Promise<void> {
  mkdirSync(dirname(join(home, name)), { recursive: true });
  await sharp(new Uint8Array(300).fill(99), { raw: { width: 10, height: 10, channels: 3 } }).toFile(
    join(home, name),
  );
}

test('a CSV is a data set: parts by its column, paths from its folder, lines that cannot be used by their numbers', async () => {
  for (const name of ['p/1.png', 'p/zwei, drei.png', 'p/4.png', '5.png', 'p/6.png']) await picture(name);
  const file = join(home, 'list.csv');
  writeFileSync(
    file,
    [
      'path,label,split',
      'p/1.png,cat,train',
      '"p/zwei, drei.png",dog,train',
      'p\\4.png,cat,val',
      './5.png,"dog",test',
      'p/none.png,cat,train',
      '/etc/passwd.png,cat,train',
      '//server/share/x.png,cat,train',
      'http://elsewhere/x.png,cat,train',
      'p/1.png,dog,train',
      'p/6.png,,train',
      ',cat,train',
      'p/6.png,cat,later',
      'notes.txt,cat,train',
    ].join('\n'),
  );
  const { id, classes, counts, divided, leftOut, title } = await addPictures(file);
  expect({ id, classes, counts, divided, title }).toEqual({
    ...{ id: 'own:list', title: 'list', classes: ['cat', 'dog'], divided: 'column' },
    counts: { train: 2, validation: 1, test: 1 },
  });
  expect(leftOut.named.map(({ name, why }) => `${name} ${why}`)).toEqual([
    'line 10: p/1.png the same file stands in a line above',
    'line 11: p/6.png it has no label',
    'line 12 it names no file',
    "line 13: p/6.png its part is 'later': expected train, val or test",
    'line 14: notes.txt it is no PNG, JPEG or WebP by its name',
    "line 7: /etc/passwd.png its path is not relative to the CSV's folder",
    "line 8: //server/share/x.png its path is not relative to the CSV's folder",
    "line 9: http://elsewhere/x.png its path is not relative to the CSV's folder",
    'p/none.png there is no such file',
  ]);
  expect((await loadDataset(findDataset(id))).test.count).toBe(1);
});

test('what is no text, and other columns than guessed', async () => {
  for (const name of ['a.png', 'b.png', 'c.png', 'd.png', 'e.png', 'f.png']) await picture(name);
  const file = join(home, 'odd.csv');
  writeFileSync(file, Uint8Array.of(0x61, 0xff, 0xfe));
  await expect(addPictures(file)).rejects.toThrow(/odd\.csv cannot be read: it is no UTF-8 text/);
  writeFileSync(file, 'a.png,x,one\nb.png,x,two\nc.png,x,one\nd.png,x,two\ne.png,x,one\nf.png,x,two\n');
  await expect(addPictures(file)).rejects.toThrow("of one class only, 'x'");
  const columns = { separator: ',', header: false, path: 0, label: 2, part: null } as const;
  expect((await addPictures(file, { columns })).classes).toEqual(['one', 'two']);
});

test('columns by name and by number', () => {
  const guess = guessColumns('id,file,kind,set\n1,a.png,x,train');
  expect(columnsFrom(guess, 'file, kind ,set')).toMatchObject({ path: 1, label: 2, part: 3, header: true });
  expect(columnsFrom(guess, '2,1')).toMatchObject({ path: 1, label: 0, part: null });
  for (const odd of ['file', 'file,file', 'file,none', '0,1', '2,9', '1,2,3,4', ''])
    expect(() => columnsFrom(guess, odd)).toThrow('Expected two or three different columns');
});
