import { expect, test } from 'vitest';
import { bytes, duration, exact, percent, shape, short } from './format.ts';

test('counts', () => {
  expect([0, 999, 1000, 11_689_512, 4_089_184_256].map(short)).toEqual([
    '0',
    '999',
    '1.00 k',
    '11.7 M',
    '4.09 G',
  ]);
  // 999,999 must not read '1.00e+3 k'.
  expect(short(999_999)).toBe('1.00 M');
  expect(exact(11_689_512)).toBe('11,689,512');
});

test('sizes, times, shares, shapes', () => {
  expect([512, 2048, 1.5e9].map(bytes)).toEqual(['512 B', '2.05 kB', '1.50 GB']);
  expect([0.25, 59, 60, 3599, 3600, 27_000, 200_000].map(duration)).toEqual([
    '250 ms',
    '59 s',
    '1 min',
    '59 min 59 s',
    '1 h',
    '7 h 30 min',
    '2 d 8 h',
  ]);
  expect(duration(Number.NaN)).toBe('unknown');
  expect(percent(0.8531)).toBe('85.3 %');
  expect([shape([24, 24, 64]), shape(null)]).toEqual(['24×24×64', '?']);
});
