import { expect, test } from 'vitest';
import { mapClasses } from './classes.ts';

test.each([
  ['the same', ['a', 'b'], ['a', 'b'], { by: 'name', to: [0, 1] }],
  [
    'another order, other spelling',
    ['T-shirt', 'ankle boot'],
    ['Ankle_Boot', 't shirt'],
    { by: 'name', to: [1, 0] },
  ],
  ['fewer than the network knows', ['a', 'b', 'c'], ['c'], { by: 'name', to: [2] }],
  ['some that it does not know', ['a', 'b'], ['b', 'z'], { by: 'name', to: [1, null] }],
  ['no name, as many', ['0', '1'], ['cat', 'dog'], { by: 'place', to: [0, 1] }],
  ['no name, another number', ['0', '1'], ['cat', 'dog', 'cow'], null],
])('%s', (_, network, data, mapping) => {
  expect(mapClasses(network, data)).toEqual(mapping);
});
