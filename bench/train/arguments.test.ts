import { expect, test } from 'vitest';
import { readTrainOptions, usage } from './arguments.ts';
import { entries } from './works.ts';

test('nothing given: Stemma alone, five rounds, everything, the best engine', () => {
  expect(readTrainOptions([])).toEqual({
    ...{ peers: false, rounds: 5, entries, engine: undefined, readme: false },
  });
});

test('every option', () => {
  const words = '--peers --rounds 7 --only resnet18-32-b32,resnet18-96-b16 --engine portable --readme';
  const options = readTrainOptions(words.split(' '));
  expect(options).toMatchObject({ peers: true, rounds: 7, engine: 'portable', readme: true });
  // In the order of the table, not of the words.
  expect(options?.entries.map((e) => e.id)).toEqual(['resnet18-96-b16', 'resnet18-32-b32']);
  expect(readTrainOptions(['--help'])).toBeUndefined();
  for (const { id } of entries) expect(usage).toContain(id);
});

test.each([
  [['--rounds', '0'], "--rounds: expected a whole number from 1 to 1000, received '0'."],
  [['--rounds', 'many'], "--rounds: expected a whole number from 1 to 1000, received 'many'."],
  [['--only', 'resnet19'], "--only: there is no work 'resnet19'."],
  [['--only', ','], "--only: there is no work ''."],
  [['--peer'], "Unknown option '--peer'."],
  [['fast'], "Unexpected argument 'fast'."],
])('%j is refused', (words, message) => {
  expect(() => readTrainOptions(words)).toThrow(message);
});
