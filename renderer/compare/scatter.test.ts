import { expect, test } from 'vitest';
import { figureKinds, noFigures } from '../../src/compare/figures.ts';
import { scatterOf } from './scatter.ts';
import { scatterSvg } from './scatter-svg.ts';
import { drawingPoint, type TradePoint } from './trade-points.ts';

const run = (label: string, testAccuracy: number | null, params: number | null): TradePoint => ({
  ...{ subject: `run:${label}`, kind: 'run', label, colour: '--accent', estimated: new Set() },
  figures: { ...noFigures, testAccuracy, params },
});
const template: TradePoint = drawingPoint(
  { subject: 'template:t', kind: 'template', label: '<T> & co', colour: '--ink-3' },
  { params: 5e6, macs: 1e9 } as Parameters<typeof drawingPoint>[1],
  { seconds: 60, memoryBytes: null },
);
const choice = { x: 'params', y: 'testAccuracy', logX: true, logY: false } as const;
const colours = {
  ...{ ground: '#fff', ink: '#000', pale: '#888', grid: '#ddd', front: '#0a0' },
  of: (property: string) => property,
};

test('better is up, and left of a cost; what nothing beats is on the front', () => {
  const points = [run('small', 0.8, 1e5), run('large', 0.9, 1e7), run('worse', 0.7, 1e7)];
  const { dots, front } = scatterOf(points, choice, 800, 600);
  const [small, large, worse] = dots;
  if (!small || !large || !worse) throw new Error('a dot is missing');
  expect(small.cx).toBeLessThan(large.cx);
  expect(large.cy).toBeLessThan(small.cy);
  expect(dots.map((d) => d.onFront)).toEqual([true, true, false]);
  expect(front).toEqual([
    [small.cx, small.cy],
    [large.cx, large.cy],
  ]);
});

test('what is not trained stands at the edge, and is on no front', () => {
  const { dots, edges, plot, left } = scatterOf(
    [run('a', 0.8, 1e5), template, run('none', null, null)],
    choice,
    800,
    600,
  );
  expect(edges).toEqual({ x: false, y: true });
  expect(left).toBe(1);
  const [a, t] = dots;
  expect([t?.edge, t?.onFront]).toEqual(['y', false]);
  expect(t?.cy).toBeGreaterThan(a?.cy as number);
  expect(t?.cy).toBeLessThan(plot.bottom);
});

test('a logarithmic axis takes what is above zero only', () => {
  const { dots } = scatterOf([run('a', 0.8, 0), run('b', 0.9, 10)], choice, 800, 600);
  expect(dots.map((d) => d.edge)).toEqual(['x', null]);
  expect(dots.every((d) => Number.isFinite(d.cx) && Number.isFinite(d.cy))).toBe(true);
});

test('labels do not lie on dots or on each other', () => {
  const crowd = Array.from({ length: 30 }, (_, i) =>
    run(`network number ${i}`, 0.8 + (i % 3) / 1e3, 1e6 + i),
  );
  const { dots } = scatterOf(crowd, choice, 800, 600);
  const named = dots.filter((d) => d.label);
  expect(named.length).toBeGreaterThan(0);
  expect(named.length).toBeLessThan(30);
});

test('the picture stands alone, and names are text', () => {
  const svg = scatterSvg(scatterOf([run('a', 0.8, 1e5), template], choice, 800, 600), colours, 'x < y');
  expect(svg).toContain('&lt;T&gt; &amp; co');
  expect(svg).toContain('>unknown<');
  expect(svg).not.toMatch(/NaN|undefined|var\(/);
  expect(scatterOf([], choice, 800, 600).dots).toEqual([]);
});

test('a time is told as clocks do', () => {
  const timed = (label: string, seconds: number): TradePoint => ({
    ...run(label, 0.9, 1),
    figures: { ...noFigures, testAccuracy: 0.9, seconds },
  });
  const { ticksX } = scatterOf([timed('a', 8), timed('b', 4000)], { ...choice, x: 'seconds' }, 800, 600);
  expect(ticksX.map((t) => t.text)).toContain('1 min');
  expect(ticksX.every((t) => /^\d+ (s|min|h)$/.test(t.text))).toBe(true);
});

test('ticks are short', () => {
  expect(figureKinds.params.tick(1e7)).toBe('10 M');
  expect(figureKinds.params.tick(2.5e6)).toBe('2.5 M');
  expect(figureKinds.testAccuracy.tick(0.925)).toBe('92.5 %');
  expect(figureKinds.seconds.tick(3600)).toBe('1 h');
});
