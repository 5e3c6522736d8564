/** What goes wrong on a GPU is told apart from the call that caused it, and later; here it becomes that call's error. */
import { AppError } from '../../base/errors.ts';

export interface Watched {
  /** @throws AppError where the device failed since; it then fails every time: a process of its own begins anew */
  assertWell(): void;
  /** Runs something that ends with a read, and throws what the device told meanwhile rather than what followed of it. */
  guard<T>(use: () => Promise<T>): Promise<T>;
}

/** The parts of a GPUDevice that are looked at; so that a test can stand in for it. */
export interface WatchedDevice {
  readonly limits: { readonly maxBufferSize: number; readonly maxStorageBufferBindingSize: number };
  createBuffer(descriptor: { readonly size: number; readonly usage: number }): unknown;
  readonly lost: Promise<{ readonly reason: string; readonly message: string }>;
  addEventListener(type: 'uncapturederror', listener: (event: { error: { message: string } }) => void): void;
}

const SMALLER = 'Use a smaller batch, smaller pictures or a smaller network.';
const megabytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MB`;
const firstLine = (text: string) => text.trim().split('\n')[0] ?? '';

export function watchDevice(device: WatchedDevice, name: string, heldBytes: () => number): Watched {
  let failure: AppError | undefined;
  const outOfMemory = (message: string) =>
    new AppError(
      'engine/out-of-memory',
      `The GPU '${name}' has no memory left; ${megabytes(heldBytes())} are held for tensors (${firstLine(message)}).`,
      { hint: SMALLER },
    );
  limitBuffers(device, name);
  device.addEventListener('uncapturederror', ({ error }) => {
    failure ??= isOutOfMemory(error)
      ? outOfMemory(error.message)
      : new AppError('engine/webgpu', `The GPU '${name}' refused an operation: ${firstLine(error.message)}`, {
          hint: 'Use another engine: --engine portable.',
        });
  });
  void device.lost.then(({ reason, message }) => {
    if (reason === 'destroyed') return;
    failure ??= /memory/i.test(message)
      ? outOfMemory(message)
      : new AppError(
          'engine/device-lost',
          `The GPU '${name}' was lost: ${firstLine(message) || 'no reason was given.'}`,
          {
            hint: 'Its driver was reset, or the GPU was taken away. Train again, with a smaller batch where it happens again.',
          },
        );
  });
  const assertWell = () => {
    if (failure) throw failure;
  };
  return {
    assertWell,
    async guard(use) {
      assertWell();
      try {
        const result = await use();
        assertWell();
        return result;
      } catch (error) {
        // What the device tells arrives between turns.
        await new Promise((resolve) => setImmediate(resolve));
        if (error instanceof AppError) throw error;
        throw failure ?? (isOutOfMemory(error) ? outOfMemory((error as Error).message) : error);
      }
    },
  };
}

/** GPUBufferUsage.STORAGE: what tensors are. */
const STORAGE = 0x80;

/** One that is too large would be told later, when everything that follows of it has failed too. */
function limitBuffers(device: WatchedDevice, name: string): void {
  const createBuffer = device.createBuffer.bind(device);
  const { maxBufferSize, maxStorageBufferBindingSize } = device.limits;
  device.createBuffer = (descriptor) => {
    const { size, usage } = descriptor;
    const most = usage & STORAGE ? Math.min(maxBufferSize, maxStorageBufferBindingSize) : maxBufferSize;
    if (size > most)
      throw new AppError(
        'engine/out-of-memory',
        `A tensor of ${megabytes(size)} is too large for the GPU '${name}': it takes at most ${megabytes(most)} in one piece.`,
        { hint: SMALLER },
      );
    return createBuffer(descriptor);
  };
}

/** Dawn throws where memory that the host writes to cannot be had, and tells where it is the GPU's own. */
function isOutOfMemory(error: unknown): boolean {
  if (!(error instanceof Error) && !(typeof error === 'object' && error !== null)) return false;
  const { message = '' } = error as { message?: string };
  return (
    error.constructor.name === 'GPUOutOfMemoryError' || /out.?of.?memory|allocation.* failed/i.test(message)
  );
}
