import { expect, test } from 'vitest';
import { diagnose, lower, networkOf, showSummary, summaryOf } from '../lower/index.ts';
import { findTemplate, templates } from './index.ts';
import { chainDocument } from './resnet.ts';
import { defaultOptions } from './template.ts';

const build = (id: string, options = {}) => findTemplate(id).build({ ...defaultOptions, ...options });

test("the seed's six lines", () => {
  const lines = showSummary(summaryOf(build('resnet18'))).split('\n');
  const seed = [
    '(1, 24, 24, 64)',
    '(1, 24, 24, 64)',
    '(1, 12, 12, 128)',
    '(1, 6, 6, 256)',
    '(1, 3, 3, 512)',
    '(1, 10)',
  ];
  seed.forEach((shape, i) => {
    expect(lines[i]?.startsWith(`Sequential output shape:     ${shape}`)).toBe(true);
  });
  expect(summaryOf(build('resnet18'))).toMatchObject({ params: 11_178_378, stats: 7_808, macs: 318_657_536 });
});

// torchvision 0.28, shared figures: parameters, and MACs of convolutions and dense layers, at 224² × 3, 1000 classes.
test.each([
  ['resnet18', 11_689_512, 1_814_073_344],
  ['resnet34', 21_797_672, 3_663_761_408],
  ['resnet50', 25_557_032, 4_089_184_256],
  ['resnet101', 44_549_160, 7_801_405_440],
  ['resnet152', 60_192_808, 11_513_626_624],
  ['resnext50_32x4d', 25_028_904, 4_230_479_872],
  ['resnext101_32x8d', 88_791_336, 16_414_015_488],
])('%s counts as torchvision counts', (id, params, macs) => {
  for (const detail of ['stages', 'blocks']) {
    const document = build(id, {
      input: [224, 224, 3],
      classes: 1000,
      flavour: 'torchvision',
      set: { detail },
    });
    expect(summaryOf(document)).toMatchObject({ params, macs });
    expect(networkOf(document)).toMatchObject({ params, macs });
  }
});

test("d2l's ResNeXtBlock(32, 16, 1) on (4, 96, 96, 32), with the savings of its groups", () => {
  const document = chainDocument('block', [
    { type: 'input', name: 'input', params: { shape: [96, 96, 32] } },
    { type: 'resnext', name: 'block', params: { filters: 32, groups: 16, bottleneckMultiplier: 1 } },
    { type: 'output', name: 'output', params: {} },
  ]);
  const summary = summaryOf(document);
  expect(summary.parts[0]).toMatchObject({ shape: [96, 96, 32], params: 2_912, macs: 24_182_784 });
  expect(summary.groupedSavings[0]).toMatchObject({ denseParams: 11_552, denseMacs: 103_809_024 });
});

test.each([
  [{ filters: 3 }, [6, 6, 3], 180],
  [{ filters: 6, strides: [2, 2] }, [3, 3, 6], 546],
  [{ filters: 6, strides: [2, 2], shortcut: 'projection' }, [3, 3, 6], 546],
])('d2l’s Residual %j on (4, 6, 6, 3)', (params, shape, count) => {
  const document = chainDocument('block', [
    { type: 'input', name: 'input', params: { shape: [6, 6, 3] } },
    { type: 'residual', name: 'block', params },
    { type: 'output', name: 'output', params: {} },
  ]);
  expect(summaryOf(document).parts[0]).toMatchObject({ shape, params: count });
});

test.each(templates.map((t) => t.id))('%s has no problem and lasting paths', (id) => {
  const document = build(id, { input: [64, 64, 3] });
  expect(diagnose(lower(document))).toEqual([]);
  const paths = networkOf(document).layers.map((l) => l.path);
  expect(new Set(paths).size).toBe(paths.length);
  const drawnByBlocks = networkOf(build(id, { input: [64, 64, 3], set: { detail: 'blocks' } }));
  expect(drawnByBlocks.layers.map((l) => l.path)).toEqual(paths);
});
