/** A process that wants to write a run, for lock.test.ts: told a folder it tries, told null it lets go. */
import { AppError } from '../base/errors.ts';
import { reopenRun } from './reopen.node.ts';
import type { RunWriter } from './writer.node.ts';

let held: RunWriter | undefined;

process.on('message', async (folder: string | null) => {
  try {
    if (folder === null) {
      await held?.close();
      held = undefined;
      process.send?.('released');
      return;
    }
    held = await reopenRun(folder);
    process.send?.('owner');
  } catch (error) {
    process.send?.(error instanceof AppError ? error.code : String(error));
  }
});
