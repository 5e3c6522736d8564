/** Calls that comparing runs needs beside those on one run. */
import { openRun } from '../runs/store.node.ts';
import type { Handlers } from './contract.ts';
import type { ServiceOptions } from './host.ts';

export function createCompareHandlers({
  runsHome,
}: Pick<ServiceOptions, 'runsHome'>): Pick<Handlers, 'runs.documents'> {
  return {
    'runs.documents': ({ runs }) =>
      Promise.all(
        runs.map(async (run) => {
          try {
            return await openRun(runsHome, run).document();
          } catch {
            // Opening the run tells why; here it is one of many.
            return null;
          }
        }),
      ),
  };
}
