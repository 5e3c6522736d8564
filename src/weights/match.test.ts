import { expect, test } from 'vitest';
import { chainOf } from '../engines/testing-chains.ts';
import { initialise } from './initialise.ts';
import { beginWith, headOf, matchWeights, shapesOf } from './match.ts';

const before = chainOf(['conv2d', { filters: 6 }], ['batchNorm'], ['activation']);
const given = initialise(before, 1);

test('the same network takes everything, running statistics too', () => {
  const match = matchWeights(before, shapesOf(given));
  expect(match).toEqual({ taken: [...given.keys()], misfits: [], missing: [], replaced: [], unused: [] });
  expect(match.taken).toContain('batchNorm2/movingMean');
  expect(beginWith(before, 9, given, match)).toEqual(given);
});

test('what is of another shape, new, or gone is told and begins fresh', () => {
  const after = chainOf(['conv2d', { filters: 6, kernelSize: [5, 5] }], ['layerNorm'], ['activation']);
  const match = matchWeights(after, shapesOf(given));
  expect(match).toEqual({
    taken: ['conv2d1/bias', 'head4/fc/kernel', 'head4/fc/bias'],
    misfits: [{ path: 'conv2d1/kernel', expected: [5, 5, 4, 6], received: [3, 3, 4, 6] }],
    missing: ['layerNorm2/gamma', 'layerNorm2/beta'],
    replaced: [],
    unused: ['gamma', 'beta', 'movingMean', 'movingVariance'].map((name) => `batchNorm2/${name}`),
  });
  const weights = beginWith(after, 9, given, match);
  const fresh = initialise(after, 9);
  expect([...weights.keys()]).toEqual([...fresh.keys()]);
  for (const [path, tensor] of weights)
    expect(tensor, path).toEqual((match.taken.includes(path) ? given : fresh).get(path));
});

test('other classes: the head begins fresh although it would fit', () => {
  expect(headOf(before).map(({ path }) => path)).toEqual(['head4/fc/kernel', 'head4/fc/bias']);
  const match = matchWeights(before, shapesOf(given), { otherClasses: true });
  expect(match.replaced).toEqual(['head4/fc/kernel', 'head4/fc/bias']);
  expect(beginWith(before, 9, given, match).get('head4/fc/kernel')).toEqual(
    initialise(before, 9).get('head4/fc/kernel'),
  );
});
