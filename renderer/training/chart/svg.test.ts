import { expect, test } from 'vitest';
import { chartSvg, SVG_SIZE } from './svg.ts';
import { logTicks, ticksBy, ticksOf } from './ticks.ts';

const chart = {
  ...{ title: 'Loss <of "a" & b>', axis: 'step' as const, range: [0, 10] as const, log: false },
  lines: [
    { label: 'training', colour: '#123', width: 2 },
    { label: 'held out', colour: '#456', width: 2, sparse: true },
  ],
  drawn: [
    [0, 5, 10],
    [1, null, 3],
    [2, undefined, 1],
  ] as [number[], (number | null)[], (number | null | undefined)[]],
  show: (v: number) => `${v}`,
  colours: { ground: '#fff', ink: '#000', pale: '#777', grid: '#eee' },
};

test('a chart as a picture: every line, every name, the words escaped', () => {
  const svg = chartSvg(chart);
  expect(svg).toMatch(/^<svg .*<\/svg>$/s);
  expect(svg).toContain('Loss &lt;of &quot;a&quot; &amp; b&gt;');
  for (const word of ['training', 'held out', '>Step<', 'stroke="#123"', 'stroke="#456"'])
    expect(svg).toContain(word);
  // A hole parts the first line; of the second, both points are joined and dotted.
  const paths = [...svg.matchAll(/<path d="(M[^"]*)" stroke="#(?:123|456)" stroke-width="2"/g)].map(
    (m) => m[1],
  );
  expect(paths.map((p) => [...(p ?? '').matchAll(/[ML]/g)].join(''))).toEqual(['MM', 'ML']);
  expect([...svg.matchAll(/<circle/g)]).toHaveLength(2);
  const right = Number(
    /cx="([\d.]+)"[^>]*><circle|cx="([\d.]+)"[^<]*<\/g>/.exec(svg)?.[1] ?? SVG_SIZE.width - 16,
  );
  expect(right).toBeLessThanOrEqual(SVG_SIZE.width);
});

test('of nothing a picture without lines', () => {
  const svg = chartSvg({ ...chart, drawn: [[], [], []] });
  expect(svg).toContain('<title>');
  expect(svg).not.toContain('NaN');
});

test('ticks are round figures inside of the range', () => {
  expect(ticksOf(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(ticksOf(0.11, 0.38, 4)).toEqual([0.2, 0.3]);
  expect(ticksBy([1, 15, 60], 0, 130, 4)).toEqual([0, 60, 120]);
  expect(logTicks(0.03, 2)).toEqual([0.05, 0.1, 0.2, 0.5, 1, 2]);
});
