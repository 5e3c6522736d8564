/** What a person sees on standard error while an engine is installed. */
import type { InstallProgress } from '../../engines/install/progress.ts';

/** A line a phase and every tenth of it; one line that is rewritten where it is a terminal. */
export function installPrinter(stream = process.stderr): (progress: InstallProgress) => void {
  let last = '';
  let told = -1;
  return ({ message, done, total, phase }) => {
    const hasBytes = phase === 'fetching' || phase === 'verifying' || phase === 'unpacking';
    const tenth = total && hasBytes ? Math.floor((10 * done) / total) : 0;
    if (message === last && tenth === told) return;
    const share = total && hasBytes ? `  ${(done / 1e6).toFixed(0)} of ${(total / 1e6).toFixed(0)} MB` : '';
    const isNew = message !== last;
    if (stream.isTTY) stream.write(`${isNew && last ? '\n' : '\r'}${`${message}${share}`.padEnd(78)}`);
    else stream.write(`${message}${share}\n`);
    last = message;
    told = tenth;
  };
}
