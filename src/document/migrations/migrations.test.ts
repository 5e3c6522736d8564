import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { diagnose, lower, networkOf } from '../../lower/index.ts';
import { isKnownType } from '../../services/documents.node.ts';
import { readDocument, writeDocument } from '../file.ts';
import { FORMAT_VERSION, type StemmaDocument } from '../model.ts';
import { type Migration, migrate, migrations } from './index.ts';

const fixture = (version: number) =>
  readFileSync(new URL(`../fixtures/v${version}.stemma`, import.meta.url), 'utf8');

test('there is a step to every version', () => {
  expect(FORMAT_VERSION).toBe(migrations.length + 1);
});

/** The drawing that every fixture holds. */
function meansWhatItMeant(document: StemmaDocument): void {
  expect(diagnose(lower(document))).toEqual([]);
  const network = networkOf(document);
  // By hand: stem 232, three copies 1200 + 2 · 2352, block 14560, side 544, head 330.
  expect(network.params).toBe(21570);
  expect(network.layers.filter((l) => l.op === 'conv2d').map((l) => l.path)).toMatchInlineSnapshot(`
    [
      "stem/conv",
      "Conv-norm-ReLU/0/conv",
      "Conv-norm-ReLU/1/conv",
      "Conv-norm-ReLU/2/conv",
      "stage2/0/conv1",
      "stage2/0/conv2",
      "stage2/0/shortcut/conv",
      "side",
    ]
  `);
}

test('version 1 is read, means what it meant, and is written as what version 2 would say', () => {
  const text = fixture(1);
  const document = readDocument(text, 'v1.stemma', isKnownType);
  const grown = text
    .replace('"version": 1', '"version": 2')
    .replace('  "blocks"', '  "notes": [],\n  "blocks"');
  expect(writeDocument(document)).toBe(grown);
  meansWhatItMeant(document);
});

test('version 2 is read, means what it meant, and is written back byte for byte', () => {
  const text = fixture(2);
  const document = readDocument(text, 'v2.stemma', isKnownType);
  expect(writeDocument(document)).toBe(text);
  expect(document.notes.map((n) => n.kind)).toEqual(['comment', 'frame']);
  meansWhatItMeant(document);
});

const renameTitle: Migration = ({ name, ...rest }) => ({ ...rest, title: `${name}` });
const addColour: Migration = (old) => {
  if (typeof old.title !== 'string') throw new TypeError('no title');
  return { ...old, colour: old.title.length };
};

test('steps follow one another from the version of the file, and leave what they were given', () => {
  const old = { format: 'stemma', version: 1, name: 'abc' };
  const steps = [renameTitle, addColour];
  expect(migrate(old, 'f', steps)).toEqual({ format: 'stemma', version: 3, title: 'abc', colour: 3 });
  expect(old).toEqual({ format: 'stemma', version: 1, name: 'abc' });
  const second = { format: 'stemma', version: 2, title: 'ab' };
  expect(migrate(second, 'f', steps)).toEqual({ ...second, version: 3, colour: 2 });
  const newest = { format: 'stemma', version: 3 };
  expect(migrate(newest, 'f', steps)).toBe(newest);
  expect(() => migrate({ format: 'stemma', version: 4 }, 'f', steps)).toThrow('this one reads up to 3');
  expect(() => migrate({ format: 'stemma', version: 2 }, 'f', steps)).toThrow(
    'f has format 2 and could not be brought to format 3',
  );
});
