import { totalmem } from 'node:os';
import type { MachineMemory } from './memory.ts';

/** Of this machine, now. */
export function machineMemory(): MachineMemory {
  const limit = process.constrainedMemory();
  const totalBytes = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  // macOS counts its caches as used and gives them up when memory is wanted.
  const availableBytes = process.platform === 'darwin' ? totalBytes : process.availableMemory();
  return { totalBytes, availableBytes: Math.min(totalBytes, availableBytes) };
}
