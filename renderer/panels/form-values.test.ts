import { expect, test } from 'vitest';
import { bool, choice, int, intList, number, pair, stages } from '../../src/schema/params.ts';
import { labelOf, parseText, showValue, stepOf, stepped, storedOf } from './form-values.ts';

const help = '';
const filters = int({ min: 1, max: 65536, default: 64, help });
const rate = number({ min: 0, max: 1, default: 0.5, help });
const kernel = pair({ max: 64, default: 3, help });
const shape = intList({ min: 1, minLength: 1, maxLength: 3, default: [96, 96, 1], help });
const plan = stages({ default: [[2, 64]], help });

const read = (...args: Parameters<typeof parseText>) => {
  const parsed = parseText(...args);
  return parsed.ok ? parsed.value : parsed.expected;
};

test('numbers', () => {
  expect(read(filters, ' 128 ')).toBe(128);
  expect(read(rate, '1e-3')).toBe(0.001);
  expect(read(rate, '.25')).toBe(0.25);
  for (const text of ['', 'x', '1.5', '0', '0x10', '65537', '-1', 'Infinity', '1 2'])
    expect(read(filters, text)).toBe('a whole number from 1 to 65536');
});

test('pairs, of one number or two', () => {
  expect(read(kernel, '3')).toEqual([3, 3]);
  expect(read(kernel, '3, 5')).toEqual([3, 5]);
  expect(read(kernel, '3×5')).toEqual([3, 5]);
  expect(read(kernel, '1,2,3')).toMatch(/whole number/);
});

test('lists, however their parts are set apart', () => {
  for (const text of [
    '24, 24, 64',
    '24 24 64',
    '24×24×64',
    '24x24x64',
    '[24,24,64]',
    '(24, 24, 64)',
    '24,24,64,',
  ])
    expect(read(shape, text)).toEqual([24, 24, 64]);
  for (const text of ['', '24,,64', '24, a', '1,2,3,4', '0']) expect(typeof read(shape, text)).toBe('string');
});

test('stages', () => {
  const value = [
    [2, 64],
    [2, 128],
  ];
  for (const text of ['(2, 64), (2, 128)', '((2,64),(2,128))', '[[2,64],[2,128]]', '(2,64) (2,128)'])
    expect(read(plan, text)).toEqual(value);
  for (const text of ['', '2, 64', '(2, 64', '(2, 64, 3)', '(2, x)'])
    expect(typeof read(plan, text)).toBe('string');
});

test('what is shown is read again as the same', () => {
  const cases = [
    [filters, 96],
    [rate, 1e-5],
    [kernel, [3, 3]],
    [kernel, [3, 5]],
    [shape, [24, 24, 64]],
    [plan, [[2, 64]]],
  ] as const;
  for (const [kind, value] of cases) expect(read(kind, showValue(kind, value))).toEqual(value);
});

test('what a field of several nodes shows', () => {
  expect(storedOf(filters, [undefined])).toMatchObject({ value: 64, text: '64', isDefault: true });
  expect(storedOf(filters, [64, undefined])).toMatchObject({ value: 64, differ: false });
  expect(storedOf(filters, [64, 128])).toMatchObject({ value: undefined, text: '', differ: true });
  expect(storedOf(kernel, [3, [3, 3]])).toMatchObject({ value: [3, 3], isDefault: true });
  expect(storedOf(filters, [64, 'many'])).toMatchObject({
    value: undefined,
    text: '"many"',
    expected: 'a whole number from 1 to 65536',
  });
  expect(storedOf(bool({ default: true, help }), [false])).toMatchObject({ value: false, isDefault: false });
  expect(storedOf(choice({ options: ['a', 'b'], default: 'a', help }), ['c']).value).toBeUndefined();
});

test('steps stay within what the kind takes', () => {
  expect(stepped(filters, 1, -1)).toBe(1);
  expect(stepped(filters, 65536, 10)).toBe(65536);
  expect(stepped(rate, 0.1, 0.2)).toBe(0.3);
  expect(stepped(rate, 1e-5, stepOf(rate, 1e-5))).toBe(1.1e-5);
  expect(stepped(rate, 0.9, stepOf(rate, 0.9))).toBe(0.91);
  expect(stepOf(filters, 512)).toBe(1);
});

test('labels', () => {
  expect(labelOf('kernelSize')).toBe('Kernel size');
  expect(labelOf('conv1-filters')).toBe('conv1-filters');
});
