/** A device that stands in for a GPU: what goes wrong on one is told in words. */
import { expect, test } from 'vitest';
import { type WatchedDevice, watchDevice } from './watch.ts';

class GPUOutOfMemoryError extends Error {}
class GPUValidationError extends Error {}

function device() {
  let fail = (_: { error: Error }) => {};
  let lose = (_: { reason: string; message: string }) => {};
  const made: number[] = [];
  const given: WatchedDevice = {
    limits: { maxBufferSize: 4096, maxStorageBufferBindingSize: 1024 },
    createBuffer: ({ size }) => made.push(size),
    lost: new Promise((resolve) => {
      lose = resolve;
    }),
    addEventListener(_, listener) {
      fail = listener as typeof fail;
    },
  };
  const watched = watchDevice(given, 'RX 7900', () => 3 * 2 ** 30);
  return {
    given,
    watched,
    made,
    fail: (error: Error) => fail({ error }),
    lose: (it: Parameters<typeof lose>[0]) => lose(it),
  };
}

test('memory that ran out while it computed is the error of that call, and of all that follow', async () => {
  const { watched, fail } = device();
  expect(await watched.guard(async () => 7)).toBe(7);
  const expected = {
    code: 'engine/out-of-memory',
    message: "The GPU 'RX 7900' has no memory left; 3072 MB are held for tensors (Device out of memory).",
    hint: expect.stringContaining('smaller batch'),
  };
  const step = watched.guard(async () => {
    fail(new GPUOutOfMemoryError('Device out of memory\n - While calling CreateBuffer'));
    fail(new GPUValidationError('[Invalid Buffer] is invalid.'));
    return Number.NaN;
  });
  await expect(step).rejects.toMatchObject(expected);
  await expect(watched.guard(async () => 7)).rejects.toMatchObject(expected);
  expect(() => watched.assertWell()).toThrow('no memory left');
});

test('what the device tells a moment after the read failed is the error all the same', async () => {
  const { watched, lose } = device();
  const step = watched.guard(async () => {
    setImmediate(() => lose({ reason: 'unknown', message: 'VK_ERROR_DEVICE_LOST\n - more' }));
    throw new Error('mapAsync: the operation was aborted');
  });
  await expect(step).rejects.toMatchObject({
    code: 'engine/device-lost',
    message: "The GPU 'RX 7900' was lost: VK_ERROR_DEVICE_LOST",
  });
});

test('an operation that it refuses; memory that was lost with the device; errors of ours', async () => {
  const refused = device();
  refused.fail(new GPUValidationError('Dispatch size is too large.'));
  await expect(refused.watched.guard(async () => 1)).rejects.toThrow(
    "The GPU 'RX 7900' refused an operation: Dispatch size is too large.",
  );
  const lost = device();
  lost.lose({ reason: 'unknown', message: 'VK_ERROR_OUT_OF_DEVICE_MEMORY' });
  await expect(lost.watched.guard(() => Promise.reject(new Error('aborted')))).rejects.toMatchObject({
    code: 'engine/out-of-memory',
  });
  const { watched, lose } = device();
  lose({ reason: 'destroyed', message: '' });
  await expect(watched.guard(() => Promise.reject(new TypeError('ours')))).rejects.toThrow(TypeError);
  await expect(
    watched.guard(() => Promise.reject(new RangeError('Array buffer allocation failed'))),
  ).rejects.toMatchObject({ code: 'engine/out-of-memory' });
});

test('buffers above the limits of the device are not asked for', () => {
  const { given, made } = device();
  given.createBuffer({ size: 1024, usage: 0x80 });
  given.createBuffer({ size: 4096, usage: 0x01 });
  expect(() => given.createBuffer({ size: 1028, usage: 0x84 })).toThrow("too large for the GPU 'RX 7900'");
  expect(() => given.createBuffer({ size: 5000, usage: 0x01 })).toThrow('too large');
  expect(made).toEqual([1024, 4096]);
});
