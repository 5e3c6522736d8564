import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '../../scripts/property.ts';
import { jsonBreaksAt, parseJson } from './json.ts';

test.each([
  ['[1,]', 3],
  ['{"a" 1}', 5],
  ['{"a":1,}', 7],
  ['{"a":NaN}', 5],
  ['[01]', 2],
  ['[1 2]', 3],
  ['"a\nb"', 2],
  ['"\\x"', 1],
  ['{"a":1', 6],
  ['"abc', 4],
  ['1 1', 2],
  ['[}', 1],
  ['', 0],
])('%s breaks at %i', (text, at) => {
  expect(() => JSON.parse(text)).toThrow();
  expect(jsonBreaksAt(text)).toBe(at);
});

test('it breaks where V8 says, wherever V8 says so, and within the text only where it is no JSON', () => {
  const whole = JSON.stringify({ a: [1, -2.5e3, true, null, 'q"\\\u0001'], b: { c: {}, d: [] } }, null, 1);
  const damaged = fc
    .tuple(fc.nat(whole.length), fc.nat(2), fc.constantFrom('', '"', ',', '}', ']', ':', 'N', '1', '\\', ' '))
    .map(([at, cut, more]) => whole.slice(0, at) + more + whole.slice(at + cut));
  fc.assert(
    fc.property(damaged, (text) => {
      try {
        JSON.parse(text);
        expect(jsonBreaksAt(text)).toBe(text.length);
      } catch (error) {
        // V8 points into a broken word, number or escape; we point to its beginning.
        const said = /at position (\d+)/.exec((error as Error).message)?.[1];
        const ours = jsonBreaksAt(text);
        if (said !== undefined) expect(text.slice(ours, Number(said))).toMatch(/^[-+.\w\\]*$/);
        expect(() => parseJson(text, 'f')).toThrow(/breaks at line \d+, column \d+/);
      }
    }),
    { numRuns: runs(3000) },
  );
});

test('a text of many megabytes is searched without deep recursion', () => {
  const text = `["${'x'.repeat(5e6)}", NaN]`;
  expect(jsonBreaksAt(text)).toBe(text.length - 4);
});
