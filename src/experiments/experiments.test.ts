import { expect, test } from 'vitest';
import { expand, planVariants } from './expand.ts';
import { type ExperimentDocument, readExperiment, writeExperiment } from './experiment.ts';
import { documentOf, findKind, firstSeeds, type Kind, kinds } from './kinds/index.ts';

const open = (kind: Kind, values = kind.axis?.defaults ?? []): ExperimentDocument =>
  documentOf(kind, {
    ...{ input: [kind.size, kind.size, 1], classes: 10, data: 'mnist', values },
    seeds: firstSeeds(kind.seeds),
  });

test.each(kinds.map((kind) => [kind.id, kind] as const))(
  '%s: written and read back it is the same, and every network is whole',
  (_, kind) => {
    const experiment = open(kind);
    const text = writeExperiment(experiment);
    expect(readExperiment(text, 'it')).toEqual(experiment);
    expect(writeExperiment(readExperiment(text, 'it'))).toBe(text);
    for (const { network } of planVariants(experiment))
      expect(network.layers[network.output]?.shape).toEqual([10]);
    for (const value of kind.axis?.defaults ?? []) expect(kind.axis?.problem(value)).toBeUndefined();
  },
);

test('plain against residual: all variants of a seed, then the next; depths count layers with weights', () => {
  const planned = expand(open(findKind('plain-vs-residual'), [8, 20]));
  expect(planned.slice(0, 5).map(({ variant, seed }) => `${variant.id} ${seed}`)).toEqual([
    'plain-8 1',
    'residual-8 1',
    'plain-20 1',
    'residual-20 1',
    'plain-8 2',
  ]);
  expect(planned).toHaveLength(12);
  for (const { variant, network, recipe, seed } of planned) {
    const { depth, shortcut } = variant.facts;
    const main = network.layers.filter(
      ({ op, path }) => (op === 'conv2d' || op === 'dense') && !path.includes('shortcut'),
    );
    expect(main).toHaveLength(Number(depth));
    expect(network.layers.some(({ op }) => op === 'add')).toBe(shortcut !== 'none');
    expect(recipe).toMatchObject({ seed, size: 8, data: 'mnist' });
  }
});

test('cardinality: multiply-adds agree within 3 %, and groups divide their widths', () => {
  const planned = planVariants(open(findKind('cardinality')));
  const [{ network: first } = { network: { macs: 0 } }] = planned;
  for (const { variant, network } of planned) {
    expect(Math.abs(network.macs / first.macs - 1)).toBeLessThan(0.03);
    expect(Number(variant.facts.width) % Number(variant.facts.groups)).toBe(0);
  }
});

test('a variant changes the recipe of the experiment, and the seed goes before both', () => {
  const experiment = open(findKind('depth'), [18]);
  const [variant] = experiment.variants;
  if (!variant) throw new Error('one variant');
  const changed = { ...experiment, variants: [{ ...variant, recipe: { batch: 7, seed: 99 } }] };
  expect(expand(changed)[0]?.recipe).toMatchObject({ batch: 7, seed: 1, learningRate: 0.05 });
  const wrong = { ...experiment, variants: [{ ...variant, recipe: { batch: 0 } }] };
  expect(() => expand(wrong)).toThrow(
    "Variant 'resnet-18': Recipe: batch: expected a whole number from 1 to 4096, received 0.",
  );
});

test('what is no experiment is refused with the place', () => {
  const experiment = open(findKind('identity'));
  const change = (changes: object) => () =>
    readExperiment(JSON.stringify({ ...experiment, ...changes }), 'x');
  expect(change({ version: 2 })).toThrow(
    'x was written by a newer Stemma (format 2; this one reads up to 1).',
  );
  expect(change({ format: 'stemma' })).toThrow('x is no experiment');
  expect(change({ seeds: [] })).toThrow(/^x: seeds: /);
  expect(change({ seeds: [3, 3] })).toThrow('x: seeds: 3 stands there twice.');
  expect(change({ variants: [...experiment.variants].reverse() })).toThrow(
    "x: variant 'plain-random-20': expected a base that is trained before it, received 'trained-20'.",
  );
  expect(() => readExperiment('{"format":', 'x')).toThrow('JSON breaks at line 1, column 11');
});
