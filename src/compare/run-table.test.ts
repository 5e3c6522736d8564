import { expect, test } from 'vitest';
import { findTemplate } from '../templates/index.ts';
import { defaultOptions } from '../templates/template.ts';
import type { Metric } from '../training/metric.ts';
import { curveOf } from './curve.ts';
import { bestOf, noFigures } from './figures.ts';
import { networkIfWhole, summaryFigures, withCurve } from './run-figures.ts';
import { type ComparedRun, runTable } from './run-table.ts';
import { csvText, tableCsv, tableMarkdown, tableText } from './table-text.ts';

const resnet = (set = {}) => findTemplate('resnet18').build({ ...defaultOptions, set });
const run = (
  id: string,
  given: Partial<ComparedRun['record']>,
  rest: Partial<ComparedRun> = {},
): ComparedRun => ({
  record: { id, title: id, createdAt: '2026-11-28T10:00:00Z', recipe: {}, environment: {}, ...given },
  document: resnet(),
  figures: noFigures,
  ...rest,
});

test('only what differs is in the table, and the best of each result is marked', () => {
  const table = runTable([
    run(
      'a',
      { recipe: { batch: 32, data: 'mnist' } },
      { figures: { ...noFigures, testAccuracy: 0.9, trainLoss: 0.2 } },
    ),
    run(
      'b',
      { recipe: { batch: 64, data: 'mnist' } },
      { figures: { ...noFigures, testAccuracy: 0.95, trainLoss: 0.2 } },
    ),
  ]);
  expect(table.results.map(({ title, texts, best }) => [title, texts, best])).toEqual([
    ['Test accuracy', ['90.00 %', '95.00 %'], [false, true]],
    ['Training loss', ['0.2000', '0.2000'], [false, false]],
  ]);
  expect(table.recipe.map((r) => [r.key, r.values])).toEqual([['batch', [32, 64]]]);
  expect(table.drawing).toEqual([]);
  expect(table.environment).toEqual([]);
});

test('drawings differ by the parameters of nodes that all have', () => {
  const table = runTable([
    run('a', {}),
    run(
      'b',
      {},
      {
        document: resnet({
          stages: [
            [2, 64],
            [3, 128],
            [2, 256],
            [2, 512],
          ],
        }),
      },
    ),
    run('c', {}, { document: null }),
    run('d', {}),
  ]);
  expect(table.drawing.map((r) => [r.title, r.texts])).toEqual([
    ['Changes from the first', ['the first', '1 change', '–', 'the same']],
    ['stage2: count', ['2', '3', '–', '2']],
  ]);
});

test('runs of one title are told apart', () => {
  const { names } = runTable([
    run('x-1111', { title: 'R' }),
    run('x-2222', { title: 'R' }),
    run('y', { title: 'S' }),
  ]);
  expect(names).toEqual(['R (1111)', 'R (2222)', 'S']);
});

test('environments field by field, reasons left out', () => {
  const versions = (tfjs: string) => ({
    environment: { engine: 'portable', why: tfjs, versions: { tfjs, node: '20' } },
  });
  const table = runTable([run('a', versions('4.1')), run('b', versions('4.2'))]);
  expect(table.environment.map((r) => [r.title, r.texts])).toEqual([['Versions: tfjs', ['4.1', '4.2']]]);
});

test('figures of a summary and of metrics', () => {
  const network = networkIfWhole(resnet());
  const known = summaryFigures(
    { steps: 10, trainLoss: 0.5, testAccuracy: null, stepMs: { median: 200 }, peakRssMB: 100 },
    network,
  );
  expect(known).toMatchObject({
    seconds: 2,
    stepsPerSecond: 5,
    memoryBytes: 100 * 2 ** 20,
    testAccuracy: null,
  });
  expect(known.params).toBe(network?.params);
  const step = (i: number): Metric => ({
    ...{
      kind: 'step',
      step: i,
      epoch: 0,
      loss: 1 / (i + 1),
      accuracy: 0.5,
      learningRate: 0.1,
      durationMs: 500,
    },
  });
  const metrics: Metric[] = [
    ...[0, 1, 1, 2].map(step),
    { kind: 'validation', step: 1, epoch: 0, loss: 0.7, accuracy: 0.6 },
    {
      kind: 'epoch',
      step: 2,
      epoch: 0,
      loss: 0.5,
      accuracy: 0.5,
      validationLoss: 0.6,
      validationAccuracy: 0.7,
    },
  ];
  expect(withCurve(noFigures, curveOf(metrics))).toMatchObject({
    ...{ seconds: 1.5, steps: 3, stepsPerSecond: 2, validationLoss: 0.6, validationAccuracy: 0.7 },
  });
  expect(withCurve(noFigures, curveOf(metrics)).trainLoss).toBeCloseTo(1 / 3);
  expect(withCurve(known, curveOf([]))).toBe(known);
});

test('a drawing with errors has no network', () => {
  const { nodes, ...rest } = resnet();
  expect(networkIfWhole({ ...rest, nodes: nodes.filter((n) => n.name !== 'stage2') })).toBeNull();
});

test('the best of nothing, of one, of equals is none', () => {
  expect(bestOf([null, 3], 'more')).toEqual([false, false]);
  expect(bestOf([3, 3], 'less')).toEqual([false, false]);
  expect(bestOf([3, null, 1, 1], 'less')).toEqual([false, false, true, true]);
  expect(bestOf([3, 4], null)).toEqual([false, false]);
});

test('as text, Markdown and CSV', () => {
  const table = runTable([
    run('a', { title: '=A|1', recipe: { data: 'mnist' } }, { figures: { ...noFigures, testLoss: 0.25 } }),
    run('b', { title: 'B', recipe: { data: 'fashion-mnist' } }, { figures: { ...noFigures, testLoss: 0.5 } }),
  ]);
  expect(tableText(table)).toBe(
    [
      '               =A|1              B',
      '',
      'Results',
      'Test loss  0.2500 *         0.5000',
      '',
      'Recipe',
      'Data set      mnist  fashion-mnist',
    ].join('\n'),
  );
  expect(tableMarkdown(table)).toBe(
    [
      '|  | =A\\|1 | B |',
      '| --- | ---: | ---: |',
      '| **Results** |  |  |',
      '| Test loss | **0.2500** | 0.5000 |',
      '| **Recipe** |  |  |',
      '| Data set | mnist | fashion-mnist |',
      '',
    ].join('\n'),
  );
  expect(tableCsv(table, ['a', 'b'])).toBe(
    "run,title,testLoss,data\r\na,'=A|1,0.25,mnist\r\nb,B,0.5,fashion-mnist\r\n",
  );
  expect(csvText([['a"b', 'x,y', -1, null, [1, 2]]])).toBe('"a""b","x,y",-1,,"[1,2]"\r\n');
});
