import { expect, test } from 'vitest';
import { escaped } from '../../base/markup.ts';
import { documentOf, findKind } from '../kinds/index.ts';
import type { ExperimentResult } from '../results.ts';
import { storyOf } from '../story.ts';
import { csvOf, markdownOf, summaryTable } from '../table.ts';
import { figureOf } from './figure.ts';
import { linear, log, numeral } from './scales.ts';
import { figureThemes } from './style.ts';

const make = (kind: string, values: readonly number[]) =>
  documentOf(findKind(kind), {
    ...{ input: [8, 8, 1], classes: 10, data: 'mnist', values, seeds: [1, 2] },
  });

const result = (variant: string, seed: number, more: Partial<ExperimentResult>): ExperimentResult => ({
  ...{ variant, seed, run: null, engine: 'portable', failed: '', steps: 3, seconds: 1.5, work: 1 },
  ...{ finalTrainLoss: null, testLoss: null, testAccuracy: null, figures: {}, curve: [] },
  ...more,
});

const experiment = make('plain-vs-residual', [20, 56]);
const losses = {
  'plain-20': [0.6, 0.5],
  'residual-20': [0.2, 0.1],
  'plain-56': [2.2, 2.0],
  'residual-56': [0.3, 0.4],
};
const results = Object.entries(losses).flatMap(([variant, all]) =>
  all.map((loss, i) =>
    result(variant, i + 1, {
      ...{ finalTrainLoss: loss, testAccuracy: 1 - loss / 4, testLoss: loss },
      curve: [
        [1, 2.3],
        [2, loss + 0.5],
        [3, loss],
      ],
    }),
  ),
);

const count = (text: string, part: string | RegExp) => text.split(part).length - 1;

test('the figure: a line, a band and a bar for each network, plain ones dashed, a dot for each seed', () => {
  const { svg, width, height } = figureOf(experiment, results);
  expect(svg.startsWith('<svg ')).toBe(true);
  expect(svg).toContain(`viewBox="0 0 ${width} ${height}"`);
  expect(count(svg, '<polyline')).toBe(4);
  expect(count(svg, '<polygon')).toBe(4);
  expect(count(svg, /<polyline[^>]*dasharray/)).toBe(2);
  expect(count(svg, '<circle')).toBe(8);
  for (const { label } of experiment.variants) expect(svg).toContain(`>${label}<`);
  expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  const dark = figureOf(experiment, results, { theme: 'dark' }).svg;
  expect(dark).toContain(figureThemes.dark.ground);
  expect(dark).not.toContain(figureThemes.light.ground);
});

test('a figure grows: of nothing, of one seed, of what failed; what a person wrote cannot break out of it', () => {
  expect(figureOf(experiment, []).svg).toContain('No results yet.');
  const failed = [result('plain-20', 1, { failed: 'The loss became NaN.' }), ...results.slice(2, 3)];
  const titled = { ...experiment, title: '</svg><script>' };
  const { svg } = figureOf(titled, failed);
  expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  expect(svg).toContain('Plain, 20 layers (failed: 1)');
  expect(svg).toContain(escaped(titled.title));
  expect(svg).not.toContain('<script');
  for (const kind of ['identity', 'depth', 'cardinality', 'learning-rate-range']) {
    const other = make(kind, findKind(kind).axis?.defaults ?? []);
    const told = other.variants.map(({ id }) =>
      result(id, 1, {
        ...{ testAccuracy: 0.5, finalTrainLoss: 1, figures: { suggestedRate: 0.01 } },
        curve: [
          [0.001, 2],
          [0.01, 1],
          [0.1, 5],
        ],
      }),
    );
    expect(figureOf(other, told).svg).not.toMatch(/NaN|undefined|Infinity/);
  }
});

test('the story says what the results show, and not more', () => {
  const story = storyOf(experiment, results).join(' ');
  expect(story).toContain(
    'With 56 layers the plain network ends at a training loss of 2.1, the residual one at 0.35: 6 times as high (2 seeds; every seed of the plain one above every seed of the residual one).',
  );
  expect(story).toContain(
    'the plain network rises (0.55 → 2.1), that of the residual one rises (0.15 → 0.35)',
  );
  expect(story).toContain('no overfitting');
  const turned = results.map((r) => ({ ...r, finalTrainLoss: 2.5 - (r.finalTrainLoss ?? 0) }));
  expect(storyOf(experiment, turned).join(' ')).toContain('does not clearly fail');
  expect(storyOf(experiment, turned).join(' ')).not.toContain('no overfitting');
  expect(storyOf(experiment, results.slice(0, 2))).toEqual([]);
});

test('identity: unchanged is said only of a difference of 0', () => {
  const identity = make('identity', [8]);
  const [trained, zero, , plain] = identity.variants.map(({ id }) => id);
  const of = (largestDifference: number) => [
    result(trained ?? '', 1, { testAccuracy: 0.9 }),
    result(zero ?? '', 1, { testAccuracy: 0.9, figures: { largestDifference } }),
    result(plain ?? '', 1, { testAccuracy: 0.1, figures: { largestDifference: 3 } }),
  ];
  const told = storyOf(identity, of(0));
  expect(told[0]).toContain('not one answer changes');
  expect(told[1]).toContain('With a plain block the accuracy goes from 90.0 % to 10.0 %');
  expect(storyOf(identity, of(1e-7)).join(' ')).not.toContain('not one answer changes');
});

test('tables: means with their range; a row a result for programs; no cell becomes a formula', () => {
  const { columns, rows } = summaryTable(experiment, results);
  expect(columns).toEqual([
    ...['Network', 'Parameters', 'Multiply-adds', 'Training loss, last epoch', 'Test loss'],
    ...['Test accuracy', 'Time'],
  ]);
  expect(rows[2]?.slice(3, 4)).toEqual(['2.1 (2–2.2)']);
  expect(markdownOf(experiment, results).split('\n')[1]).toBe(`| --- |${' ---: |'.repeat(6)}`);
  const csv = csvOf(experiment, [result('plain-20', 1, { failed: '=1+1, "x"' })]);
  expect(csv).toContain('depth,shortcut,variant,seed,finalTrainLoss');
  expect(csv).toContain('20,none,plain-20,1,,');
  expect(csv).toContain(`"'=1+1, ""x"""`);
});

test('scales: round marks around what is shown', () => {
  expect(linear(0, 2.3).ticks).toEqual([0, 0.5, 1, 1.5, 2, 2.5]);
  expect(linear(3, 3).ticks.length).toBeGreaterThan(1);
  expect(log(1e-5, 10).ticks).toHaveLength(7);
  expect(log(0.1, 2.5).share(0.5)).toBeCloseTo(0.5);
  expect([0, 1e-5, 0.125, 12345].map(numeral)).toEqual(['0', '1e−5', '0.125', '12300']);
});
