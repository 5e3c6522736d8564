/** The disk, but one call goes wrong; for faults.test.ts. */
import { appendFileSync, existsSync, statSync, truncateSync } from 'node:fs';
import { diskFiles } from '../base/disk.node.ts';
import type { Files } from '../base/files.ts';

/**
 * 'short': half is written, then an error. 'crash…': nothing that comes later happens. 'power': a crash, and what was
 * not flushed is gone.
 */
export const faults = ['error', 'short', 'crash before', 'crash after', 'crash short', 'power'] as const;
export type Fault = (typeof faults)[number];

interface Call {
  readonly name: string;
  readonly path: string;
}

const failure = (code: string) => Object.assign(new Error(`${code}: injected`), { code });

/** `at` counts calls from 0; beyond the last call nothing goes wrong. */
export function faultyFiles(at: number, fault: Fault) {
  const calls: Call[] = [];
  /** By path, how much of a file is on the disk itself. */
  const unsynced = new Map<string, number>();
  let crashed = false;

  const crash = () => {
    crashed = true;
    if (fault === 'power')
      for (const [path, length] of unsynced) if (existsSync(path)) truncateSync(path, length);
    return new Error('The process is gone.');
  };

  /** Whether the call shall be done, wholly or by half; afterwards `end` is called. */
  function begin(name: string, path: string): 'whole' | 'half' {
    if (crashed) throw new Error('The process is gone.');
    if (calls.push({ name, path }) - 1 !== at || fault === 'crash after') return 'whole';
    if (fault === 'error') throw failure('EIO');
    if (fault === 'crash before' || fault === 'power') throw crash();
    return 'half';
  }
  function end(done: 'whole' | 'half'): void {
    if (done === 'half') throw fault === 'short' ? failure('ENOSPC') : crash();
    if (fault === 'crash after' && calls.length - 1 === at) throw crash();
  }
  async function call(name: string, path: string, act: () => Promise<void>): Promise<void> {
    const whole = begin(name, path);
    if (whole === 'whole') await act();
    end(whole);
  }
  function callSync(name: string, path: string, act: (half: boolean) => void): void {
    const whole = begin(name, path);
    act(whole === 'half');
    end(whole);
  }
  const size = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

  const files: Files = {
    makeFolder: (path, options) => call('makeFolder', path, () => diskFiles.makeFolder(path, options)),
    async create(path) {
      const whole = begin('create', path);
      const file = await diskFiles.create(path);
      unsynced.set(path, 0);
      try {
        end(whole);
      } catch (error) {
        await file.close();
        throw error;
      }
      return {
        async write(bytes) {
          const done = begin('write', path);
          await file.write(done === 'half' ? bytes.subarray(0, bytes.length >> 1) : bytes);
          end(done);
        },
        sync: () =>
          call('sync', path, async () => {
            await file.sync();
            unsynced.delete(path);
          }),
        close: () => file.close(),
      };
    },
    rename: (from, to) =>
      call('rename', to, async () => {
        await diskFiles.rename(from, to);
        const length = unsynced.get(from);
        unsynced.delete(from);
        unsynced.delete(to);
        if (length !== undefined) unsynced.set(to, length);
      }),
    remove: (path) => call('remove', path, () => diskFiles.remove(path)),
    syncFolder: (path) => call('syncFolder', path, () => diskFiles.syncFolder(path)),
    syncFile: (path) =>
      call('syncFile', path, async () => {
        await diskFiles.syncFile(path);
        unsynced.delete(path);
      }),
    append: (path, text) =>
      callSync('append', path, (half) => {
        if (!unsynced.has(path)) unsynced.set(path, size(path));
        appendFileSync(path, half ? text.slice(0, text.length >> 1) : text);
      }),
    truncate: (path, length) =>
      callSync('truncate', path, (half) => {
        if (half) return;
        diskFiles.truncate(path, length);
        unsynced.set(path, Math.min(length, unsynced.get(path) ?? length));
      }),
    tail: diskFiles.tail,
  };
  return { files, calls: calls as readonly Call[], crashed: () => crashed };
}

/** What can be done by half. */
export const isPartial = ({ name }: Call) => name === 'write' || name === 'append';
