import { expect, test } from 'vitest';
import { findTemplate } from '../templates/index.ts';
import { chainDocument } from '../templates/resnet.ts';
import { defaultOptions } from '../templates/template.ts';
import { summaryOf, summaryText } from './index.ts';

const resnet = summaryOf(findTemplate('resnet18').build(defaultOptions));
const grouped = summaryOf(
  chainDocument('t', [
    { type: 'input', name: 'input', params: { shape: [96, 96, 32] } },
    { type: 'resnext', name: 'block', params: { filters: 32, groups: 16, bottleneckMultiplier: 1 } },
    { type: 'output', name: 'output', params: {} },
  ]),
);

test('aligned text', () => {
  expect(summaryText(resnet, 'text')).toMatchInlineSnapshot(`
    "Name                Type            Output shape   Parameters         MACs  Counted
    ───────────────────────────────────────────────────────────────────────────────────
    stem                stem            [24, 24, 64]        3,328    7,225,344  yes
    stage1              residual-stage  [24, 24, 64]      148,224   84,934,656  yes
    stage2              residual-stage  [12, 12, 128]     525,952   75,497,472  yes
    stage3              residual-stage  [6, 6, 256]     2,100,480   75,497,472  yes
    stage4              residual-stage  [3, 3, 512]     8,395,264   75,497,472  yes
    head                head            [10]                5,130        5,120  yes
    ───────────────────────────────────────────────────────────────────────────────────
    Total                                              11,178,378  318,657,536
    Running statistics                                      7,808
    "
  `);
});

test('CSV, whose fields come back', () => {
  const lines = summaryText(resnet, 'csv').split('\r\n');
  expect(lines.at(-1)).toBe('');
  expect(lines[0]).toBe('Name,Type,Output shape,Parameters,MACs,Counted');
  expect(lines[1]).toMatch(/^stem,stem,"\[24, 24, 64\]",\d+,\d+,yes$/);
  expect(lines.at(-3)).toBe('Total,,,11178378,318657536,');
  expect(lines.at(-2)).toBe('Running statistics,,,7808,,');
  const odd = { ...resnet, parts: resnet.parts.map((p) => ({ ...p, name: 'a "b",\nc' })) };
  expect(summaryText(odd, 'csv')).toContain('\r\n"a ""b"",\nc",stem');
});

test('what groups save has columns of its own', () => {
  expect(summaryText(grouped, 'markdown')).toMatchInlineSnapshot(`
    "| Name | Type | Output shape | Parameters | MACs | Counted | Parameters without groups | MACs without groups |
    | --- | --- | --- | ---: | ---: | --- | ---: | ---: |
    | block | resnext | [96, 96, 32] | 2,912 | 24,182,784 | yes | 11,552 | 103,809,024 |
    | Total |  |  | 2,912 | 24,182,784 |  |  |  |
    | Running statistics |  |  | 192 |  |  |  |  |
    "
  `);
  const rows = summaryText(grouped, 'tsv')
    .split('\n')
    .map((line) => line.split('\t'));
  expect(new Set(rows.map((row) => row.length))).toEqual(new Set([8]));
  expect(rows[1]?.slice(-2)).toEqual(['11552', '103809024']);
});

test('a separator in a name breaks no line', () => {
  const odd = { ...resnet, parts: resnet.parts.map((p) => ({ ...p, name: 'a|b\tc' })) };
  expect(summaryText(odd, 'markdown')).toContain('| a\\|b\tc |');
  expect(summaryText(odd, 'tsv').split('\n')[1]?.split('\t')).toHaveLength(6);
});
