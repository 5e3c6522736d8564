import { expect, test } from 'vitest';
import { writeDocument } from '../../src/document/file.ts';
import { findTemplate } from '../../src/templates/index.ts';
import { defaultOptions } from '../../src/templates/template.ts';
import { tokensOf } from './code-tokens.ts';

const kinds = (line: string) => tokensOf(line).filter((t) => t.kind !== 'other');

test('keys, strings, numbers, words', () => {
  expect(kinds('  "a": ["b", -1.5e-3, true, null],')).toEqual([
    { kind: 'key', text: '"a"' },
    { kind: 'string', text: '"b"' },
    { kind: 'number', text: '-1.5e-3' },
    { kind: 'word', text: 'true' },
    { kind: 'word', text: 'null' },
  ]);
});

test('what stands in a string is no token of its own', () => {
  expect(kinds(String.raw`{"x \" 3 true": "\\"}`).map((t) => t.text)).toEqual([
    String.raw`"x \" 3 true"`,
    String.raw`"\\"`,
  ]);
});

test('nothing of a document is lost', () => {
  for (const line of writeDocument(findTemplate('resnet18').build(defaultOptions)).split('\n'))
    expect(
      tokensOf(line)
        .map((t) => t.text)
        .join(''),
    ).toBe(line);
});
