import { expect, test } from 'vitest';
import type { EngineInfo } from '../../src/services/contract.ts';
import { chooseFor, nvidiaOf, optionsOf } from './choice.ts';

const engine = (id: string, devices: EngineInfo['devices'], memoryLimitBytes: number | null = null) => ({
  ...{ id, title: id.toUpperCase(), available: true, device: '', reason: '', version: '1' },
  ...{ devices, memoryLimitBytes, chosen: false, why: '' },
});
const processor = { id: 'cpu', kind: 'cpu', name: 'CPU', freeBytes: 9e9, totalBytes: 16e9 } as const;
const on = (device: EngineInfo['devices'][number]['device'], rank: number, available = true) => ({
  ...(device && { device }),
  ...{ rank, available, reason: `because ${rank}`, version: '1' },
});
const rtx = { id: 'cuda:0', kind: 'gpu', name: 'RTX', freeBytes: 11e9, totalBytes: 12e9 } as const;
const tensorflow = engine('tensorflow', [on(rtx, 4), on(processor, 3)]);
const portable = engine('portable', [on({ ...processor, freeBytes: 4.3e9 }, 1)], 4.3e9);
const plain = engine('cpu', [on(processor, 0)]);
const all = [tensorflow, portable, plain];

test('the fastest, or what was wished for, with its place and its room', () => {
  expect(chooseFor(all, '')).toMatchObject({ place: 'tensorflow@cuda:0', where: 'RTX', roomBytes: 11e9 });
  expect(chooseFor(all, 'portable')).toMatchObject({ place: 'portable@cpu', why: 'asked for' });
  expect(chooseFor(all, '', 20e9)).toMatchObject({ why: expect.stringContaining('although it needs') });
});

test('a processor has what the machine has free now, but not more than its engine can hold', () => {
  const memory = { totalBytes: 16e9, availableBytes: 6e9 };
  expect(chooseFor(all, 'tensorflow@cpu', 0, memory)).toMatchObject({ roomBytes: 6e9 });
  expect(chooseFor(all, 'portable', 0, memory)).toMatchObject({ roomBytes: 4.3e9 });
  expect(chooseFor(all, 'portable', 0, { ...memory, availableBytes: 1e9 })).toMatchObject({ roomBytes: 1e9 });
  expect(chooseFor(all, '', 0, memory)).toMatchObject({ roomBytes: 11e9 });
});

test('a wish that cannot be met is no other engine, but a reason', () => {
  const gone = engine('tensorflow', [on(undefined, 3, false)]);
  expect(chooseFor([gone, portable], 'tensorflow')).toEqual({
    engine: undefined,
    why: 'Engine tensorflow cannot run here: because 3',
  });
  expect(chooseFor([gone, portable], '')).toMatchObject({ place: 'portable@cpu' });
});

test('options: each engine on each device; the device is named where there are several', () => {
  const gone = engine('webgpu', [on(undefined, 2, false)]);
  expect(optionsOf([gone, ...all]).map((o) => [o.wish, o.available])).toEqual([
    ['tensorflow@cuda:0', true],
    ['tensorflow@cpu', true],
    ['portable', true],
    ['cpu', true],
    ['webgpu', false],
  ]);
});

test('an NVIDIA GPU is told whether or not it can be used', () => {
  expect(nvidiaOf(all)).toBe('RTX');
  expect(nvidiaOf([engine('tensorflow', [on(rtx, 4, false)])])).toBe('RTX');
  expect(nvidiaOf([portable])).toBeUndefined();
  expect(nvidiaOf(null)).toBeUndefined();
});
