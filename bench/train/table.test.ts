import { expect, test } from 'vitest';
import { BEGIN, END, withTable } from './readme.ts';
import type { Absent, Measured, ParticipantId, Results } from './results.ts';
import { isMet, rowsOf } from './rows.ts';
import { report, summaryTable } from './table.ts';
import { type Entry, entries } from './works.ts';

const entry = (id: string) => entries.find((e) => e.id === id) as Entry;

const one = (id: ParticipantId, ms: number, peakMb = 800): Measured => ({
  ...{ id, title: `the ${id}`, version: '1.2', losses: [2.3, 1.5], prepareMs: 1500 },
  ...{ rounds: [[ms], [ms], [ms * 1.1]], idleMb: 200, peakMb },
});

const results = (id: string, measured: (Measured | Absent)[], given: Partial<Results> = {}): Results => ({
  date: '2026-11-24T10:00:00.000Z',
  machine: { processor: 'A Processor', cores: 2, memoryGb: 16, system: 'Linux 6', node: 'v20' },
  ...{ engine: 'tensorflow', device: 'CPU', rounds: 3, durationS: 90 },
  entries: [{ entry: entry(id), measured, busy: [0.01, 0.02] }],
  ...given,
});

test('time and memory are compared with PyTorch by default, and with the best of all peers', () => {
  const measured = [
    one('stemma', 900, 740),
    one('torch', 1000, 800),
    one('keras', 950, 900),
    one('portable', 9000),
  ];
  const [speed, above, whole, portable] = rowsOf(results('resnet18-96-b64', measured));
  expect(speed).toMatchObject({
    own: { median: 900 },
    base: { median: 1000 },
    fastest: { title: 'the keras' },
  });
  expect(speed?.toBase).toMatchObject({ value: { median: 0.9 }, goal: 0.85 });
  expect(speed?.toBase && isMet(speed.toBase)).toBe(false);
  expect(speed?.toFastest?.value.median).toBeCloseTo(900 / 950);
  expect(above).toMatchObject({ unit: 'MB', own: { median: 540 }, base: { median: 600 } });
  expect(above?.toBase).toMatchObject({ value: { median: 0.9 }, goal: 1.1 });
  expect(above?.toBase && isMet(above.toBase)).toBe(true);
  // What a process takes before is told too, without a goal.
  expect(whole?.own.median).toBe(740);
  expect(whole?.toBase).toEqual({ value: expect.objectContaining({ median: 740 / 800 }) });
  expect(whole?.toBase && isMet(whole.toBase)).toBe(false);
  expect(portable?.toBase).toMatchObject({ value: { median: 9 }, goal: 10 });
});

test('the portable engine, where it was asked for, has its own goals', () => {
  const portable = rowsOf(
    results('resnet18-32-b32', [one('stemma', 700), one('torch', 100)], { engine: 'portable' }),
  );
  expect(portable.map((row) => row.toBase?.goal)).toEqual([8]);
});

test('real pictures stand beside the fixed batch; Stemma alone has no ratios; who fails has no row', () => {
  const [pictures] = rowsOf(results('resnet18-96-b64-pictures', [one('stemma', 900), one('pictures', 909)]));
  expect(pictures?.toBase?.value.median).toBeCloseTo(1.01);
  expect(pictures?.toBase?.goal).toBe(1.03);
  const [alone] = rowsOf(results('resnet18-96-b16', [one('stemma', 900)]));
  expect(alone).toEqual({ title: 'ResNet-18, 96², batch 16', unit: 'ms', own: expect.anything() });
  const failed: Absent = { id: 'stemma', title: 'Stemma', absent: 'no library' };
  expect(rowsOf(results('resnet18-96-b16', [failed, one('torch', 1000)]))).toEqual([]);
});

test('the table, to the letter', () => {
  const table = summaryTable(results('resnet18-96-b16', [one('stemma', 80), one('torch', 1000)]));
  expect(table).toBe(
    [
      'Milliseconds a step: median (smallest–largest) of 3 rounds, everyone in turn. 2026-11-24, A Processor, 2 cores, 16 GB, Linux 6, Node v20; engine tensorflow.',
      '',
      '|  | Stemma | PyTorch by default | ratio | best of all peers | ratio |',
      '| --- | --- | --- | --- | --- | --- |',
      '| ResNet-18, 96², batch 16 | 80.0 (80.0–88.0) | 1,000 (1,000–1,100) | 0.08; goal ≤ 0.85: met | the torch: 1,000 (1,000–1,100) | 0.08; goal ≤ 0.90: met |',
    ].join('\n'),
  );
});

test('a disturbed run says so; the report tells who was absent, and why', () => {
  const measured: (Measured | Absent)[] = [
    one('stemma', 80),
    { id: 'torch-compile', title: 'PyTorch, torch.compile', absent: 'no C++ | compiler' },
  ];
  const disturbed = results('resnet18-96-b64', measured);
  const noisy = { ...disturbed, entries: disturbed.entries.map((e) => ({ ...e, busy: [0, 0.5] })) };
  expect(summaryTable(disturbed)).not.toContain('not to be relied on');
  expect(summaryTable(noisy)).toContain('**Others used up to 50 % of the processor meanwhile');
  expect(report(noisy)).toContain('| PyTorch, torch.compile | no C++ / compiler |');
  expect(report(noisy)).toContain('| 600 (200 → 800) |');
  expect(report(noisy)).toContain('| 2.300, 1.500 |');
});

test('README keeps what stands around its markers', () => {
  const readme = `before\n${BEGIN}\nold\n${END}\nafter\n`;
  const next = withTable(readme, 'new');
  expect(next).toBe(`before\n${BEGIN}\nnew\n${END}\nafter\n`);
  expect(withTable(next, 'new')).toBe(next);
  expect(() => withTable('nothing', 'new')).toThrow('expected the markers');
  expect(() => withTable(`${END}${BEGIN}`, 'new')).toThrow('in this order');
});
