/** Whether a process that left its mark still lives. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Once it was the pid alone. */
export type ProcessId = number | { readonly pid: number; readonly started: string | null };

/**
 * When a process began, as a text that no other process of this pid has; null where the system does not say.
 * Linux: this boot's id and the clock ticks since then (field 22 of proc_pid_stat(5)). macOS: ps. Windows: null.
 */
export function processStart(pid: number): string | null {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      // Field 2 is the program's name in brackets and may hold anything; field 3 follows the last bracket.
      const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
      return `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()} ${ticks}`;
    }
    if (process.platform === 'darwin')
      return (
        execFileSync('ps', ['-o', 'lstart=', '-p', `${pid}`], {
          encoding: 'latin1',
          env: { LC_ALL: 'C', TZ: 'UTC' },
          stdio: ['ignore', 'pipe', 'ignore'],
        }).trim() || null
      );
  } catch {
    // Gone, or not told: the pid alone decides.
  }
  return null;
}

export const thisProcess = (): { readonly pid: number; readonly started: string | null } => ({
  pid: process.pid,
  started: processStart(process.pid),
});

export function isAlive(writer: ProcessId): boolean {
  const { pid, started } = typeof writer === 'number' ? { pid: writer, started: null } : writer;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, as another user's.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = started === null ? null : processStart(pid);
  return now === null || now === started;
}
