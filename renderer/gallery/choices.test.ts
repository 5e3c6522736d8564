import { expect, test } from 'vitest';
import { isPlain } from '../../src/document/plain.ts';
import { diagnose, lower } from '../../src/lower/index.ts';
import { findTemplate, templates } from '../../src/templates/index.ts';
import { build, type Choice, families, figuresOf, offered, settings } from './choices.ts';

const [book, quick, imagenet] = settings.map((s) => s.choice) as [Choice, Choice, Choice];
const resnet18 = findTemplate('resnet18');

test('every template is in one family', () => {
  const inFamilies = families.slice(1).flatMap(({ id }) => offered(id, ''));
  expect(inFamilies).toHaveLength(templates.length);
  expect(new Set(inFamilies)).toEqual(new Set(templates));
});

test('search by name and by words', () => {
  expect(offered('all', 'resnet-50')[0]?.id).toBe('resnet50');
  expect(offered('all', 'bottleneck').map((t) => t.id)).toEqual(['resnet50', 'resnet101', 'resnet152']);
  expect(offered('cifar', 'resnext')).toEqual([]);
});

test("figures are the seed's and torchvision's", () => {
  expect(figuresOf(resnet18, book, false)).toMatchObject({ params: 11_178_378, macs: 318_657_536 });
  expect(figuresOf(resnet18, imagenet, false)).toMatchObject({ params: 11_689_512, macs: 1_814_073_344 });
});

test('plain has no skips, and fewer parameters, since projections go', () => {
  const document = build(resnet18, quick, true);
  expect(isPlain(document)).toBe(true);
  expect(document.title).toBe('ResNet-18, plain');
  expect(figuresOf(resnet18, quick, true).params).toBeLessThan(figuresOf(resnet18, quick, false).params);
});

test.each(templates.map((t) => t.id))('%s builds without problems in every setting', (id) => {
  for (const { choice } of settings)
    for (const detail of ['stages', 'blocks'] as const) {
      if (id === 'resnet1202-cifar' && detail === 'blocks') continue;
      expect(diagnose(lower(build(findTemplate(id), { ...choice, detail }, false)))).toEqual([]);
    }
});
